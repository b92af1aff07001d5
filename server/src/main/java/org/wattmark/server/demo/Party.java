package org.wattmark.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.SignIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One who takes part in the demo: a person or a machine of an organisation, who speaks to the
/// server over HTTP with a token of its own, as any client does.
final class Party {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI server;
    private final UUID organisation;
    private final String token;

    private Party(URI server, UUID organisation, String token) {
        this.server = server;
        this.organisation = organisation;
        this.token = token;
    }

    /// Signs in with client credentials, as RFC 6749 (4.4) says.
    static Party signIn(URI server, UUID organisation, Members.Credentials machine) {
        var basic = machine.clientId() + ":" + machine.secret();
        var request =
                HttpRequest.newBuilder(server.resolve("/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        basic.getBytes(StandardCharsets.UTF_8)))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "grant_type=client_credentials&scope=read%20write"))
                        .build();
        var token = JSON.readTree(sent(request).body()).path("access_token").asString();
        return new Party(server, organisation, token);
    }

    /// Signs a person in, as their browser would.
    static Party signIn(URI server, UUID organisation, String email, String password) {
        return new Party(server, organisation, new SignIn(server).accessToken(email, password));
    }

    UUID organisation() {
        return organisation;
    }

    /// Sends a body and returns the answer; anything but success ends the demo with the reason.
    JsonNode post(String path, Map<String, ?> body) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build();
        return JSON.readTree(sent(request).body());
    }

    JsonNode get(String path) {
        return JSON.readTree(bytes(path));
    }

    byte[] bytes(String path) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return sent(request).body();
    }

    private static HttpResponse<byte[]> sent(HttpRequest request) {
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new DemoFailed(
                        request.method()
                                + " "
                                + request.uri().getPath()
                                + " was answered "
                                + answer.statusCode()
                                + ": "
                                + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }
}
