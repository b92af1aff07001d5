package org.wattmark.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wattmark.tlog.Witness;
import org.wattmark.tlog.Witness.Answer;

/// A witness over HTTP, as C2SP `tlog-witness` has it. Who may ask is decided by signatures alone,
/// so it needs neither tokens nor TLS of its own.
public final class WitnessServer implements AutoCloseable {

    /// A checkpoint with a hundred signatures is larger, and is nobody's.
    private static final int MOST_BYTES = 262_144;

    private static final String TEXT = "text/plain; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);

    private final Witness witness;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WitnessServer(Witness witness, HttpServer http) {
        this.witness = witness;
        this.http = http;
    }

    /// Listens at `address`, whose port may be 0 for any free one.
    public static WitnessServer start(Witness witness, InetSocketAddress address)
            throws IOException {
        // A client that sends slowly must not hold its connection for ever; seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        var server = new WitnessServer(witness, HttpServer.create(address, 0));
        server.http.setExecutor(server.threads);
        server.http.createContext("/", server::handle);
        server.http.start();
        return server;
    }

    /// The submission prefix, as this machine reaches it.
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/key") && exchange.getRequestMethod().equals("GET")) {
                send(exchange, 200, TEXT, witness.verifierKey() + "\n");
            } else if (!path.equals("/add-checkpoint")) {
                send(exchange, 404, TEXT, "POST /add-checkpoint, or GET /key\n");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                send(exchange, 405, TEXT, "POST a checkpoint\n");
            } else {
                addCheckpoint(exchange);
            }
        }
    }

    private void addCheckpoint(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            send(exchange, 413, TEXT, "at most " + MOST_BYTES + " bytes\n");
            return;
        }
        Answer answer;
        try {
            answer = witness.addCheckpoint(body);
        } catch (RuntimeException e) {
            LOG.error("the witness cannot remember, and so cosigns nothing", e);
            send(exchange, 500, TEXT, "the witness has failed\n");
            return;
        }
        answer(exchange, answer);
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Cosigned cosigned -> send(exchange, 200, TEXT, cosigned.lines());
            case Answer.Malformed(var why) -> send(exchange, 400, TEXT, why + "\n");
            case Answer.NotSigned(var origin) ->
                    send(exchange, 403, TEXT, "not signed by a known key of " + origin + "\n");
            case Answer.UnknownOrigin(var origin) ->
                    send(exchange, 404, TEXT, "no known log: " + origin + "\n");
            case Answer.Conflicting(var seen) ->
                    send(exchange, 409, "text/x.tlog.size", seen + "\n");
            case Answer.Unproven(var seen, var submitted) -> {
                // It may be evidence against the log, so it is kept where an operator looks.
                LOG.warn("not proven to extend {}: {}", seen, submitted);
                send(exchange, 422, TEXT, "not proven to extend what was seen\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0); // who asked and got no answer asks again
        threads.shutdownNow();
    }
}
