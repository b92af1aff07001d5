package org.wattmark.server.log;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.VerifierKey;

/// The key that a log elsewhere says is its own.
final class RemoteKey {

    /// A key is a name and 55 characters, two of them twice that; whoever sends more sends
    /// something else.
    private static final int MOST_BYTES = 1_024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RemoteKey() {}

    /// One key, or two while one succeeds the other, the oldest first.
    ///
    /// @param server with or without a path of its own, to which `/log/key` is added
    static List<VerifierKey> fetch(URI server) {
        var source = source(server);
        try {
            var keys = read(source).strip().lines().map(VerifierKey::parse).toList();
            if (!keys.isEmpty()
                    && keys.stream().noneMatch(it -> it.type().isCosignature())
                    && keys.stream().map(VerifierKey::name).distinct().count() == 1) {
                return keys;
            }
        } catch (MalformedException e) {
            // said below: what came is not repeated, it may be anything
        }
        throw new CommandFailed("what " + source + " answers is not the key of a log");
    }

    private static URI source(URI server) {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + server);
        }
        return URI.create(server.toString().replaceAll("/+$", "") + "/log/key");
    }

    private static String read(URI source) {
        // Redirects are not followed: the key is that of the server which was named.
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(source).timeout(PATIENCE).GET().build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new CommandFailed(source + " answers " + response.statusCode());
                }
                return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new CommandFailed("cannot reach " + source + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }
}
