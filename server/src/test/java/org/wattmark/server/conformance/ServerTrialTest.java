package org.wattmark.server.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.client.Stop;
import org.wattmark.server.client.Tokens;
import org.wattmark.server.conformance.Verdict.Outcome;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;
import tools.jackson.databind.json.JsonMapper;

class ServerTrialTest extends ServerTest {

    private static List<Verdict> verdicts(URI url, String token) throws InterruptedException {
        try (var remote = new RemoteServer(url, Tokens.fixed(token), new Stop())) {
            return new ServerTrial(remote, InstantSource.system()).run();
        }
    }

    @Test
    void thisServerAnswersEachRuleAsItIsDocumented() throws InterruptedException {
        var url = URI.create("http://localhost:" + port);

        var verdicts = verdicts(url, tokenFor(Role.PROPONENT, Role.DEVICE_MAKER));

        assertThat(verdicts).extracting(Verdict::rule).containsExactly(ServerRule.values());
        assertThat(verdicts).allMatch(each -> each.outcome() == Outcome.PASS);
    }

    @Test
    void packetsAreNotTriedByWhoMayDepositNoDevice() throws InterruptedException {
        var url = URI.create("http://localhost:" + port);

        var verdicts = verdicts(url, tokenFor(Role.PROPONENT));

        assertThat(verdicts)
                .filteredOn(each -> each.outcome() != Outcome.PASS)
                .extracting(Verdict::rule)
                .containsExactlyElementsOf(
                        Arrays.stream(ServerRule.values())
                                .filter(ServerRule::isOfPackets)
                                .toList());
        assertThat(verdicts)
                .filteredOn(each -> each.outcome() == Outcome.NOT_TRIED)
                .allMatch(each -> each.reason().startsWith("who signs in is no device maker"));
    }

    /// So a rule that passes says something: a server that takes whatever comes fails them all, but
    /// for the bonds that the others need.
    @Test
    void aServerThatTakesEverythingFailsEveryRule() throws Exception {
        var http = lenient(200);
        try {

            var verdicts = verdicts(url(http), "t");

            var passed =
                    verdicts.stream()
                            .filter(each -> each.outcome() != Outcome.FAIL)
                            .collect(Collectors.toMap(Verdict::rule, Verdict::outcome));
            assertThat(passed)
                    .containsOnly(
                            Map.entry(ServerRule.BOND_ACCEPTED, Outcome.PASS),
                            Map.entry(ServerRule.PACKET_DEPOSITED, Outcome.PASS),
                            Map.entry(ServerRule.PACKET_BONDED, Outcome.PASS));
        } finally {
            http.stop(0);
        }
    }

    @Test
    void aServerThatBondsNothingFailsTheBondAndTheRestIsNotTried() throws Exception {
        var http = lenient(500);
        try {

            var verdicts = verdicts(url(http), "t");

            assertThat(verdicts)
                    .filteredOn(each -> each.outcome() == Outcome.FAIL)
                    .extracting(Verdict::rule)
                    .containsExactly(ServerRule.BOND_SIGNATURE, ServerRule.BOND_ACCEPTED);
            assertThat(verdicts).noneMatch(each -> each.outcome() == Outcome.PASS);
        } finally {
            http.stop(0);
        }
    }

    private static URI url(HttpServer http) {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /// @param bonding the status of answers to challenges
    private static HttpServer lenient(int bonding) throws IOException {
        var last = new String[] {""};
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> answer(exchange, 201, "{}"));
        http.createContext(
                "/api/v1/bond-challenges",
                exchange -> {
                    last[0] = UUID.randomUUID().toString();
                    answer(exchange, bonding, challenge(last[0]));
                });
        http.createContext(
                "/api/v1/devices",
                exchange -> {
                    boolean isBond = exchange.getRequestURI().getPath().endsWith("/devices");
                    answer(exchange, 201, isBond ? "{\"device_id\": \"" + last[0] + "\"}" : "{}");
                });
        http.createContext(
                "/api/v1/maker-devices",
                exchange -> answer(exchange, 201, "{\"secrets\": [{\"text\": \"WATTMARK1:\"}]}"));
        http.createContext(
                "/api/v1/packet-devices",
                exchange -> answer(exchange, 201, "{\"device_id\": \"d\"}"));
        http.start();
        return http;
    }

    private static String challenge(String device) {
        return JsonMapper.shared()
                .writeValueAsString(
                        Map.of(
                                "nonce", "0".repeat(64),
                                "device_id", device,
                                "owner_id", UUID.randomUUID(),
                                "expires_at",
                                        Instant.parse("2030-01-01T00:00:00Z")
                                                .plus(Duration.ofMinutes(1))
                                                .toString()));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }
}
