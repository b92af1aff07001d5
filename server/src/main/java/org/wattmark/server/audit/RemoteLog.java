package org.wattmark.server.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.Tiles;

/// A log that is read over HTTP, in the layout of C2SP `tlog-tiles`. What does not come is asked
/// for again a few times; what should be there and is not is empty.
final class RemoteLog implements Tiles, AutoCloseable {

    /// A full bundle of the largest entries, and a little more.
    private static final int MOST_BYTES =
            TilePath.FULL * (EntryBundle.MAX_ENTRY_BYTES + Short.BYTES) + 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final URI prefix;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /// @param server with or without a path of its own, to which `/log` is added
    RemoteLog(URI server) {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + server);
        }
        prefix = URI.create(server.toString().replaceAll("/+$", "") + "/log/");
    }

    /// Says that the log could not be read: nothing is known of it then.
    static final class Unreachable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    String checkpoint() {
        var bytes =
                get("checkpoint")
                        .orElseThrow(() -> new Unreachable(prefix + "checkpoint is not there"));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// A partial tile may have filled up since the checkpoint: the full one begins with it.
    @Override
    public Optional<byte[]> read(TilePath path) {
        return get(path.path());
    }

    @Override
    public void write(Map<TilePath, byte[]> tiles) {
        throw new UnsupportedOperationException("the log belongs to somebody else");
    }

    private Optional<byte[]> get(String path) {
        var source = prefix.resolve(path);
        var trouble = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            pause(attempt);
            try {
                // Redirects are not followed: the log is that of the server which was named.
                var request = HttpRequest.newBuilder(source).timeout(PATIENCE).GET().build();
                var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (var body = response.body()) {
                    if (response.statusCode() == 200) {
                        return Optional.of(whole(body.readNBytes(MOST_BYTES), source));
                    }
                }
                if (response.statusCode() == 404) {
                    return Optional.empty();
                }
                trouble = "answers " + response.statusCode();
                if (response.statusCode() < 500 && response.statusCode() != 429) {
                    break;
                }
            } catch (IOException e) {
                trouble = String.valueOf(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unreachable("interrupted");
            }
        }
        throw new Unreachable(source + ": " + trouble);
    }

    private static byte[] whole(byte[] body, URI source) {
        if (body.length == MOST_BYTES) {
            throw new Unreachable(source + " answers more than a tile can have");
        }
        return body;
    }

    /// The longer, the oftener it was asked.
    private static void pause(int attempt) {
        if (attempt > 0) {
            LockSupport.parkNanos(FIRST_PAUSE.toNanos() << (attempt - 1));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
