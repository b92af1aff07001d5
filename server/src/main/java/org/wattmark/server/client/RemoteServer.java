package org.wattmark.server.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.units.Bytes;
import tools.jackson.databind.json.JsonMapper;

/// A server that may be busy, or away for a while. What it asks to be sent again later (429 and 503
/// with `Retry-After`) and what got no answer is sent again, byte for byte: every write is safe to
/// send again. It may be used by many threads.
public final class RemoteServer implements AutoCloseable {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);

    /// No server is believed that asks to be left alone for longer.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /// Between attempts that got no answer: the first pause, doubled up to the last.
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = StrictJson.mapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();
    private final URI url;
    private final Tokens tokens;
    private final Stop stop;
    private final AtomicLong waits = new AtomicLong();
    private @Nullable String token;

    /// @param stop ends the waiting for a server that is busy or away
    public RemoteServer(URI url, Tokens tokens, Stop stop) {
        if (url.getHost() == null
                || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + url);
        }
        this.url = url;
        this.tokens = tokens;
        this.stop = stop;
    }

    static URI resolve(URI server, String path) {
        return URI.create(server.toString().replaceAll("/+$", "") + path);
    }

    public URI url() {
        return url;
    }

    /// How often it had to wait for the server: a 429, a 503, or no answer at all.
    public long waits() {
        return waits.get();
    }

    public Answer get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    public Answer post(String path, Object body) throws InterruptedException {
        return post(path, JSON.writeValueAsBytes(body));
    }

    public Answer post(String path, byte[] json) throws InterruptedException {
        return send(posting(path, json));
    }

    /// Without saying who asks.
    public Answer postAsNobody(String path, byte[] json) throws InterruptedException {
        return answered(posting(path, json));
    }

    private HttpRequest.Builder posting(String path, byte[] json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(resolve(url, path)).timeout(TO_ANSWER);
    }

    private Answer send(HttpRequest.Builder request) throws InterruptedException {
        var used = token(null);
        var answer = answered(request.setHeader("Authorization", "Bearer " + used));
        if (answer.status() != 401) {
            return answer;
        }
        if (!tokens.canRenew()) {
            throw new CommandFailed(
                    "the access token is not taken ("
                            + answer.summary()
                            + "); tokens live for minutes: sign in with --client-id or --email");
        }
        return answered(request.setHeader("Authorization", "Bearer " + token(used)));
    }

    /// The token in use; another one where it is the one that was refused.
    private synchronized String token(@Nullable String refused) {
        var current = token;
        if (current == null || current.equals(refused)) {
            current = tokens.next();
            token = current;
        }
        return current;
    }

    private Answer answered(HttpRequest.Builder request) throws InterruptedException {
        var pause = FIRST_PAUSE;
        while (true) {
            var answer = attempt(request.build());
            if (answer != null && !isToComeAgain(answer)) {
                return answer;
            }
            waits.incrementAndGet();
            if (stop.after(answer == null ? pause : retryAfter(answer))) {
                throw new InterruptedException("told to end while the server is busy or away");
            }
            pause = min(pause.multipliedBy(2), LAST_PAUSE);
        }
    }

    private static boolean isToComeAgain(Answer answer) {
        return answer.status() == 429 || answer.status() == 503;
    }

    private @Nullable Answer attempt(HttpRequest request) throws InterruptedException {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers(), Bytes.of(answer.body()));
        } catch (IOException e) {
            return null;
        }
    }

    /// As RFC 9110 (10.2.3) has it, in seconds; a date, and anything else, is a second.
    static Duration retryAfter(Answer answer) {
        try {
            var seconds = Long.parseLong(answer.headers().firstValue("Retry-After").orElse("1"));
            return min(Duration.ofSeconds(Math.max(0, seconds)), LONGEST_WAIT);
        } catch (NumberFormatException e) {
            return Duration.ofSeconds(1);
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Fails at once where nobody is there, so that a misspelt URL is not waited for.
    public RemoteServer requireReachable() throws InterruptedException {
        if (attempt(request("/api/v1/me").GET().build()) == null) {
            throw new CommandFailed("cannot reach " + url);
        }
        return this;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
