package org.wattmark.server.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.server.CommandFailed;

/// A server whose answers are lined up beforehand: `503 Retry-After 0`, then `201`.
class RemoteServerTest {

    private final ConcurrentLinkedDeque<String> answers = new ConcurrentLinkedDeque<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> bearers = new ArrayList<>();
    private final Stop stop = new Stop();
    private HttpServer http;

    @SuppressWarnings("NullAway.Init") // JUnit calls `open` before each test
    RemoteServerTest() {}

    @BeforeEach
    void open() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    @AfterEach
    void close() {
        http.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        bearers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var words = answers.removeFirst().split(" ");
        if (words.length == 3) {
            exchange.getResponseHeaders().set(words[1], words[2]);
        }
        exchange.sendResponseHeaders(Integer.parseInt(words[0]), -1);
        exchange.close();
    }

    private RemoteServer server(Tokens tokens) {
        var url = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        return new RemoteServer(url, tokens, stop);
    }

    @Test
    void whatIsToComeAgainComesAgainWithTheSameBytes() throws InterruptedException {
        answers.addAll(List.of("503 Retry-After 0", "429 Retry-After 0", "201"));
        try (var server = server(Tokens.fixed("t"))) {

            var answer = server.post("/batch", Map.of("sequence", 1));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(bodies).hasSize(3).containsOnly("{\"sequence\":1}");
            assertThat(server.waits()).isEqualTo(2);
        }
    }

    @Test
    void whatIsRefusedIsNotSentAgain() throws InterruptedException {
        answers.addAll(List.of("409", "201"));
        try (var server = server(Tokens.fixed("t"))) {

            var answer = server.post("/batch", Map.of());

            assertThat(answer.status()).isEqualTo(409);
            assertThat(bodies).hasSize(1);
        }
    }

    @Test
    void aTokenThatHasExpiredIsRenewedOnce() throws InterruptedException {
        answers.addAll(List.of("401", "200"));
        var fresh = new ArrayList<>(List.of("old", "new"));
        try (var server = server(fresh::removeFirst)) {

            var answer = server.get("/me");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(bearers).containsExactly("Bearer old", "Bearer new");
        }
    }

    @Test
    void aTokenThatCannotBeRenewedEndsTheCommandWithAWayOut() {
        answers.add("401");
        try (var server = server(Tokens.fixed("old"))) {

            assertThatThrownBy(() -> server.get("/me"))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("--client-id");
        }
    }

    @Test
    void whoWaitsForABusyServerEndsAtOnceWhenTold() {
        answers.add("503 Retry-After 300");
        stop.now();
        try (var server = server(Tokens.fixed("t"))) {

            assertThatThrownBy(() -> server.get("/me")).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void anAddressThatIsNoServersIsNamed() {
        for (var url : List.of("ftp://example.com", "localhost:8080", "/path")) {
            assertThatThrownBy(() -> new RemoteServer(URI.create(url), Tokens.fixed("t"), stop))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining(url);
        }
    }
}
