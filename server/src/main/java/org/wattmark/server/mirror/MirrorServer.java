package org.wattmark.server.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.TilePath;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.units.Bytes;

/// A mirrored log over HTTP, at the paths at which a Wattmark server has its own: whoever reads one
/// reads the other.
final class MirrorServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    /// What is published never changes; a year is how HTTP says "for ever" (RFC 9111, RFC 8246).
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /// It does not change either, but nobody asks for it once it has grown.
    private static final String A_MINUTE = "public, max-age=60";

    private static final String ALWAYS_ASK = "no-cache";

    private static final String PROOFS = "/api/v1/log/proofs";

    private static final Pattern INDEX = Pattern.compile(PROOFS + "/([0-9]{1,18})");
    private static final Pattern LEAF_HASH = Pattern.compile("leaf_hash=([0-9a-f]{64})");

    private static final Logger LOG = LoggerFactory.getLogger(MirrorServer.class);

    private final MirroredLog log;
    private final List<VerifierKey> keys;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MirrorServer(MirroredLog log, List<VerifierKey> keys, HttpServer http) {
        this.log = log;
        this.keys = List.copyOf(keys);
        this.http = http;
    }

    /// Listens at `address`, whose port may be 0 for any free one.
    static MirrorServer start(MirroredLog log, List<VerifierKey> keys, InetSocketAddress address)
            throws IOException {
        // A client that sends slowly must not hold its connection for ever; seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        var server = new MirrorServer(log, keys, HttpServer.create(address, 0));
        server.http.setExecutor(server.threads);
        server.http.createContext("/", server::handle);
        server.http.start();
        return server;
    }

    /// As this machine reaches it.
    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private record Answer(Bytes body, String type, String cache) {

        static Answer text(String text) {
            return new Answer(Bytes.of(text.getBytes(UTF_8)), TEXT, ALWAYS_ASK);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, Answer.text("a mirror is only read\n"));
                return;
            }
            Optional<Answer> answer;
            try {
                answer = answer(exchange.getRequestURI());
            } catch (RuntimeException e) {
                LOG.error("cannot answer {}", exchange.getRequestURI(), e);
                send(exchange, 500, Answer.text("the mirror has failed\n"));
                return;
            }
            if (answer.isPresent()) {
                send(exchange, 200, answer.get());
            } else {
                send(exchange, 404, Answer.text("the mirror has no such thing\n"));
            }
        }
    }

    private Optional<Answer> answer(URI uri) {
        var path = uri.getPath();
        return switch (path) {
            case "/livez" -> Optional.of(Answer.text("following\n"));
            case "/log/checkpoint" -> log.latest().map(it -> Answer.text(it.format()));
            case "/log/key" ->
                    Optional.of(
                            Answer.text(
                                    keys.stream()
                                            .map(it -> it + "\n")
                                            .collect(Collectors.joining())));
            case PROOFS -> proofOfHash(String.valueOf(uri.getQuery()));
            default -> path.startsWith("/log/tile/") ? tile(path.substring(5)) : proof(path);
        };
    }

    private Optional<Answer> tile(String path) {
        TilePath wanted;
        try {
            wanted = TilePath.parse(path);
        } catch (MalformedException e) {
            return Optional.empty();
        }
        return log.tile(wanted)
                .map(it -> new Answer(Bytes.of(it), BYTES, wanted.isFull() ? FOR_EVER : A_MINUTE));
    }

    private Optional<Answer> proof(String path) {
        var index = INDEX.matcher(path);
        return index.matches() ? proof(Long.parseLong(index.group(1))) : Optional.empty();
    }

    private Optional<Answer> proof(long index) {
        return log.proof(index).map(it -> Answer.text(it.format()));
    }

    private Optional<Answer> proofOfHash(String query) {
        var hash = LEAF_HASH.matcher(query);
        if (!hash.matches()) {
            return Optional.empty();
        }
        var index = log.indexOf(Hash.ofHex(hash.group(1)));
        return index.isPresent() ? proof(index.getAsLong()) : Optional.empty();
    }

    private static void send(HttpExchange exchange, int status, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", answer.cache());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : answer.body().length());
        if (!head) {
            exchange.getResponseBody().write(answer.body().toByteArray());
        }
    }

    @Override
    public void close() {
        http.stop(0); // who asked and got no answer asks again
        threads.shutdownNow();
    }
}
