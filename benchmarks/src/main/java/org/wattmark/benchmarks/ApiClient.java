package org.wattmark.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.wattmark.server.security.Members;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who is signed in at the server, and stays so.
final class ApiClient {

    private static final Duration RENEWAL = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final Members.Credentials machine;
    private String token = "";
    private long renewed;

    ApiClient(URI url, Members.Credentials machine) {
        this.url = url;
        this.machine = machine;
    }

    private synchronized String token() throws IOException, InterruptedException {
        if (token.isEmpty() || System.nanoTime() - renewed > RENEWAL.toNanos()) {
            var words = form(machine.clientId()) + ":" + form(machine.secret());
            var basic = Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
            var request =
                    HttpRequest.newBuilder(url.resolve("/oauth2/token"))
                            .header("Authorization", "Basic " + basic)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(
                                    BodyPublishers.ofString(
                                            "grant_type=client_credentials&scope=read+write"));
            var answer = http.send(request.build(), BodyHandlers.ofString());
            token = JSON.readTree(answer.body()).get("access_token").asString();
            renewed = System.nanoTime();
        }
        return token;
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + token());
    }

    HttpResponse<byte[]> post(String path, byte[] body) throws IOException, InterruptedException {
        return http.send(posting(path, body), BodyHandlers.ofByteArray());
    }

    CompletableFuture<HttpResponse<byte[]>> postLater(String path, byte[] body)
            throws IOException, InterruptedException {
        return http.sendAsync(posting(path, body), BodyHandlers.ofByteArray());
    }

    private HttpRequest posting(String path, byte[] body) throws IOException, InterruptedException {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    /// What was created.
    JsonNode create(String path, Object body) throws IOException, InterruptedException {
        var answer = post(path, JSON.writeValueAsBytes(body));
        var text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() != 201) {
            throw new IOException(path + ": " + answer.statusCode() + " " + text);
        }
        return JSON.readTree(text);
    }

    byte[] get(String path) throws IOException, InterruptedException {
        var answer = http.send(request(path).GET().build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        return answer.body();
    }

    /// The lines of a stream of events, as they come.
    Stream<String> events(String path) throws IOException, InterruptedException {
        var request = request(path).header("Accept", "text/event-stream").GET().build();
        return http.send(request, BodyHandlers.ofLines()).body();
    }
}
