package org.wattmark.server.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.wattmark.tlog.EntryBundle;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Log;
import org.wattmark.tlog.MemoryCheckpoints;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.VerifierKey;

/// A log over HTTP that does what it is told, lying included.
final class PlantedLog implements AutoCloseable {

    static final String ORIGIN = "planted.example/log";

    private final HttpServer http;
    private final Map<String, byte[]> lies = new HashMap<>();
    private final AtomicInteger failAfter = new AtomicInteger(Integer.MAX_VALUE);
    private History history;

    /// Leaves, and the log over them.
    static final class History implements AutoCloseable {

        private final List<byte[]> leaves = new ArrayList<>();
        private final FileTiles tiles;
        private final Signer signer;
        private final Log log;

        private History(Path folder, Path keyFile) {
            tiles = new FileTiles(folder.resolve("tiles"));
            signer = Signer.open(keyFile);
            log = Log.open(tiles, new MemoryCheckpoints(), signer, _ -> List.of());
        }

        /// A log with a key of its own, and a second one that has stolen the key.
        static List<History> twoWithOneKey(Path folder) {
            var keys = List.of(folder.resolve("one/log.key"), folder.resolve("two/log.key"));
            try {
                Files.createDirectories(folder.resolve("one"));
                KeyFile.create(keys.getFirst(), ORIGIN);
                Files.createDirectories(folder.resolve("two"));
                for (var name : List.of("log.key", "log.key.signed")) {
                    Files.copy(folder.resolve("one/" + name), folder.resolve("two/" + name));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.of(
                    new History(folder.resolve("one"), keys.get(0)),
                    new History(folder.resolve("two"), keys.get(1)));
        }

        VerifierKey key() {
            return signer.verifierKeys().getLast();
        }

        void grow(int count, String text) {
            var fresh = new ArrayList<byte[]>();
            for (int i = 0; i < count; i++) {
                fresh.add((text + " " + (leaves.size() + i)).getBytes(UTF_8));
            }
            log.append(leaves.size(), fresh.stream().map(Merkle::leafHash).toList());
            leaves.addAll(fresh);
        }

        SignedCheckpoint latest() {
            return log.latest();
        }

        byte[] leaf(long index) {
            return leaves.get((int) index);
        }

        Optional<byte[]> tile(TilePath path) {
            if (path.level() != TilePath.ENTRIES) {
                return tiles.read(path);
            }
            int from = (int) path.index() * TilePath.FULL;
            int to = from + path.width();
            return to > leaves.size()
                    ? Optional.empty()
                    : Optional.of(EntryBundle.encode(leaves.subList(from, to)));
        }

        @Override
        public void close() {
            signer.close();
        }
    }

    PlantedLog(History history) throws IOException {
        this.history = history;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    synchronized void show(History other) {
        history = other;
    }

    /// From now on this path is answered so.
    synchronized void lie(String path, byte[] answer) {
        lies.put(path, answer);
    }

    synchronized void stopLying() {
        lies.clear();
    }

    /// After so many more answers it fails.
    void failAfter(int answers) {
        failAfter.set(answers);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (failAfter.getAndDecrement() <= 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var answer = answer(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(
                    answer.isPresent() ? 200 : 404, answer.map(it -> (long) it.length).orElse(-1L));
            if (answer.isPresent()) {
                exchange.getResponseBody().write(answer.get());
            }
        }
    }

    private synchronized Optional<byte[]> answer(String path) {
        if (lies.containsKey(path)) {
            return Optional.ofNullable(lies.get(path));
        }
        return switch (path) {
            case "/log/checkpoint" -> Optional.of(history.latest().format().getBytes(UTF_8));
            case "/log/key" -> Optional.of((history.key() + "\n").getBytes(UTF_8));
            default -> history.tile(TilePath.parse(path.substring("/log/".length())));
        };
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
