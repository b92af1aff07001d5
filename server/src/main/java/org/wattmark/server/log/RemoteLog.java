package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.TileSource;
import org.wattmark.tlog.VerifierKey;

/// A log that is read over HTTP, in the layout of C2SP `tlog-tiles` below `/log`. What does not
/// come is asked for again a few times. Nothing that it answers is believed here.
public final class RemoteLog implements TileSource, AutoCloseable {

    /// A full bundle of the largest entries.
    private static final int MOST_BYTES =
            TilePath.FULL * (EntryBundle.MAX_ENTRY_BYTES + Short.BYTES);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final URI prefix;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /// @param server with or without a path of its own, to which `/log` is added
    public RemoteLog(URI server) {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + server);
        }
        prefix = URI.create(server.toString().replaceAll("/+$", "") + "/log/");
    }

    /// The log could not be read: nothing is known of it then.
    public static final class Unreachable extends UncheckedIOException {

        private static final long serialVersionUID = 1L;

        Unreachable(String message, IOException cause) {
            super(message, cause);
        }
    }

    /// The latest signed note; empty if nothing is published.
    public Optional<String> checkpoint() {
        return get("checkpoint").map(it -> new String(it, StandardCharsets.UTF_8));
    }

    /// The keys that the log says are its own: one, or two while one succeeds the other, the oldest
    /// first.
    ///
    /// @throws CommandFailed when what it answers are no such keys
    public List<VerifierKey> keys() {
        var answer = get("key").map(it -> new String(it, StandardCharsets.UTF_8)).orElse("");
        try {
            var keys = answer.strip().lines().map(VerifierKey::parse).toList();
            if (!keys.isEmpty()
                    && keys.stream().noneMatch(it -> it.type().isCosignature())
                    && keys.stream().map(VerifierKey::name).distinct().count() == 1) {
                return keys;
            }
        } catch (MalformedException e) {
            // said below: what came is not repeated, it may be anything
        }
        throw new CommandFailed("what " + prefix + "key answers is not the key of a log");
    }

    /// Empty if there is no such tile. A partial one may have filled up since the checkpoint: the
    /// full one begins with it.
    @Override
    public Optional<byte[]> read(TilePath path) {
        return get(path.path());
    }

    private Optional<byte[]> get(String path) {
        var source = prefix.resolve(path);
        for (int attempt = 1; ; attempt++) {
            try {
                return ask(source);
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw new Unreachable("cannot reach " + source + ": " + e, e);
                }
                LockSupport.parkNanos(FIRST_PAUSE.toNanos() << (attempt - 1));
            }
        }
    }

    /// @throws IOException for what may pass
    private Optional<byte[]> ask(URI source) throws IOException {
        // Redirects are not followed: the log is that of the server which was named.
        var request = HttpRequest.newBuilder(source).timeout(PATIENCE).GET().build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                int status = response.statusCode();
                if (status == 200) {
                    return Optional.of(whole(body.readNBytes(MOST_BYTES + 1), source));
                }
                if (status == 404) {
                    return Optional.empty();
                }
                var refused = new IOException("it answers " + status);
                if (status < 500 && status != 429) {
                    throw new Unreachable(
                            "cannot read " + source + ": it answers " + status, refused);
                }
                throw refused;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private static byte[] whole(byte[] body, URI source) {
        if (body.length > MOST_BYTES) {
            throw new Unreachable(
                    source + " answers more than a tile can have",
                    new IOException(body.length + " bytes and more"));
        }
        return body;
    }

    @Override
    public void close() {
        http.close();
    }
}
