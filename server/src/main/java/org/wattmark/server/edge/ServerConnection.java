package org.wattmark.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Wattmark server, spoken to over HTTP as a machine of the owner's organisation. It also tells
/// what the time is. Unlike [org.wattmark.server.client.RemoteServer] it never waits for a server
/// that is away: the agent has counters to read meanwhile.
final class ServerConnection implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;

    /// A stream begins at once with what is known.
    private static final Duration FIRST_EVENT = Duration.ofSeconds(3);

    private final URI server;
    private final Credentials credentials;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private @Nullable String token;
    private @Nullable Instant serverTime;
    private long serverTimeNanos;

    /// What a machine signs in with, as `wattmark add` prints it.
    record Credentials(String client, String secret) {

        @Override
        public String toString() {
            return client + ":***";
        }
    }

    /// What came of a request.
    sealed interface Answer {

        record Done(JsonNode body) implements Answer {}

        /// @param retryAfter when the same request may succeed, if the server says so
        record Refused(int status, String code, String detail, Optional<Duration> retryAfter)
                implements Answer {}

        record Unreachable(String why) implements Answer {}
    }

    ServerConnection(URI server, Credentials credentials, InstantSource clock) {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("--server is not the URL of a server: " + server);
        }
        this.server = URI.create(server.toString().replaceAll("/+$", ""));
        this.credentials = credentials;
        this.clock = clock;
    }

    /// How far the server's clock is ahead of ours: what it said last, and what has passed since by
    /// a clock that nobody sets. Empty before it has answered.
    Optional<Duration> ahead() {
        var said = serverTime;
        return said == null
                ? Optional.empty()
                : Optional.of(
                        Duration.between(
                                clock.instant(),
                                said.plusNanos(System.nanoTime() - serverTimeNanos)));
    }

    Answer get(String path) {
        return authorized(request(path).GET());
    }

    Answer post(String path, Object body) {
        return authorized(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(PATIENCE);
    }

    /// Tokens live some minutes: one that is not taken any more is asked for anew, once.
    private Answer authorized(HttpRequest.Builder request) {
        var answer = token == null ? signIn() : null;
        if (answer instanceof Answer.Refused || answer instanceof Answer.Unreachable) {
            return answer;
        }
        var first = sent(request.copy().header("Authorization", "Bearer " + token));
        if (!(first instanceof Answer.Refused(int status, _, _, _)) || status != UNAUTHORIZED) {
            return first;
        }
        return signIn() instanceof Answer.Done
                ? sent(request.header("Authorization", "Bearer " + token))
                : first;
    }

    /// RFC 6749 (4.4): client credentials.
    private Answer signIn() {
        var pair = credentials.client() + ":" + credentials.secret();
        var answer =
                sent(
                        request("/oauth2/token")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(pair.getBytes(UTF_8)))
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "grant_type=client_credentials"
                                                        + "&scope=read%20write")));
        if (answer instanceof Answer.Done(var body)) {
            token = body.path("access_token").asString();
        }
        return answer;
    }

    private Answer sent(HttpRequest.Builder request) {
        try {
            // Redirects are not followed: the server is the one that was named.
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            compareClocks(answer);
            return answer(answer);
        } catch (IOException e) {
            return new Answer.Unreachable("cannot reach " + server + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable("interrupted");
        }
    }

    private void compareClocks(HttpResponse<?> answer) {
        var date = answer.headers().firstValue("Date");
        if (date.isPresent()) {
            try {
                var theirs = ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME);
                serverTime = theirs.toInstant();
                serverTimeNanos = System.nanoTime();
            } catch (DateTimeParseException e) {
                serverTime = null; // some proxy writes what it likes
            }
        }
    }

    private Answer answer(HttpResponse<String> answer) {
        var body = json(answer.body());
        if (answer.statusCode() / 100 == 2) {
            return body.isEmpty()
                    ? new Answer.Unreachable(server + " answers something else than JSON")
                    : new Answer.Done(body.get());
        }
        return new Answer.Refused(
                answer.statusCode(),
                body.map(it -> it.path("code").asString("")).orElse(""),
                body.map(it -> it.path("detail").asString("")).orElse("no explanation"),
                retryAfter(answer));
    }

    private static Optional<JsonNode> json(String body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(it -> it.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /// The first event of a stream, which tells what is known; empty if nothing is, for then the
    /// stream is silent.
    Optional<JsonNode> firstEvent(String path) {
        var request = request(path).header("Authorization", "Bearer " + token).GET().build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                var first = new CompletableFuture<Optional<JsonNode>>();
                if (answer.statusCode() == 200) {
                    Thread.startVirtualThread(() -> first.complete(firstData(body)));
                } else {
                    first.complete(Optional.empty());
                }
                return first.get(FIRST_EVENT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> firstData(InputStream body) {
        try (var lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    return json(line.substring("data:".length()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it was closed, because nothing came
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
