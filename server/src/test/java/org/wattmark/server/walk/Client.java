package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One who acts over HTTP with a token of its own.
///
/// @param organisation for which it acts
record Client(int port, UUID organisation, String token) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    HttpResponse<String> post(String path, Map<String, ?> body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    /// Posts what must succeed.
    JsonNode created(String path, Map<String, ?> body) {
        var answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    /// Gets what must be there.
    JsonNode found(String path) {
        var answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /// Posts what must be refused, and says with which status and code: `409 already_claimed`.
    String refused(String path, Map<String, ?> body) {
        return problem(post(path, body));
    }

    static String problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.body())
                .contains("application/problem+json");
        return answer.statusCode() + " " + JSON.readTree(answer.body()).path("code").asString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
