package org.wattmark.server.carboncred;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.wattmark.server.CommandFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The history of a running server, as its API takes it.
final class RemoteHistory implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A page is one commit, of some thousand rows.
    private static final Duration LONGEST_PAGE = Duration.ofMinutes(1);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI server;
    private final String token;

    RemoteHistory(URI server, String token) {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + server);
        }
        this.server = server;
        this.token = token;
    }

    /// Returns the sequence of the entry that the page is.
    long send(HistoryImported page) {
        var body =
                HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(HistoryBody.of(page)));
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        server.toString().replaceAll("/+$", "")
                                                + "/api/v1/history/carboncred"))
                        .timeout(LONGEST_PAGE)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(body)
                        .build();
        var answer = answer(request);
        var json = json(answer);
        if (answer.statusCode() != 201) {
            throw new CommandFailed(
                    "%s (%s)"
                            .formatted(
                                    json.path("detail").asString(""),
                                    json.path("code").asString("")));
        }
        return json.at("/receipt/sequence").asLong();
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailed("cannot reach " + server + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; run it again, nothing is recorded twice");
        }
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new CommandFailed(server + " answers " + answer.statusCode() + ", not JSON");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
