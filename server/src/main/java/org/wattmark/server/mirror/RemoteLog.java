package org.wattmark.server.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.TilePath;

/// A log over HTTP, in the layout of C2SP `tlog-tiles` below `/log`. Nothing that it answers is
/// believed.
final class RemoteLog implements AutoCloseable {

    /// A bundle of 256 leaves of 4 KiB is a mebibyte and the lengths; nothing else is larger.
    private static final int MOST_BYTES = 2 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String server;

    RemoteLog(URI server) {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + server);
        }
        this.server = server.toString().replaceAll("/+$", "");
    }

    /// The latest signed note; empty if nothing is published.
    Optional<String> checkpoint() {
        return get("/log/checkpoint").map(it -> new String(it, UTF_8));
    }

    /// The keys that the log says are its own, a line each.
    Optional<String> keys() {
        return get("/log/key").map(it -> new String(it, UTF_8));
    }

    Optional<byte[]> tile(TilePath path) {
        return get("/log/" + path.path());
    }

    /// Empty if there is no such thing. Throws [UncheckedIOException] when it cannot be reached, or
    /// is not well.
    private Optional<byte[]> get(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(server + path)).timeout(PATIENCE).GET().build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return switch (answer.statusCode()) {
                    case 200 -> Optional.of(whole(body.readNBytes(MOST_BYTES + 1), path));
                    case 404 -> Optional.empty();
                    default -> throw new IOException(path + " answers " + answer.statusCode());
                };
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + server + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; the next start goes on from here");
        }
    }

    private static byte[] whole(byte[] body, String path) throws IOException {
        if (body.length > MOST_BYTES) {
            throw new IOException(path + " is larger than anything of a log");
        }
        return body;
    }

    @Override
    public void close() {
        http.close();
    }
}
