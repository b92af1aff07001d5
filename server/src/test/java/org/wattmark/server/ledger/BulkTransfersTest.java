package org.wattmark.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// The bulk endpoint over real HTTP. Accounts of operators, with an asset that nobody else has.
class BulkTransfersTest extends ServerTest {

    private static final String PATH = "/api/v1/transfers";

    private final String world = "load:" + UUID.randomUUID();
    private final String source = world + ":source";
    private final String alice = world + ":alice";
    private final String bob = world + ":bob";
    private String operator = "";

    @Autowired private DataSource dataSource;

    @BeforeEach
    void accounts() {
        operator = tokenFor(Role.OPERATOR);
        var opened =
                send(
                        json(
                                request("/api/v1/accounts", operator),
                                "POST",
                                """
                                {"accounts": [{"id": "%s", "kind": "SOURCE"},
                                    {"id": "%s", "kind": "HOLDER"}, {"id": "%s", "kind": "HOLDER"}]}
                                """
                                        .formatted(source, alice, bob)));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    }

    @Test
    void eachItemHasAnOutcomeOfItsOwnInTheOrderOfTheRequest() {
        var outcomes =
                outcomes(
                        post(
                                plain(source, alice, 100),
                                plain(alice, bob, 101),
                                "{\"id\": \"x\"}",
                                plain(alice, bob, 60)));

        assertThat(statuses(outcomes))
                .containsExactly("posted", "exceeds_balance", "invalid_value", "posted");
        var receipt = outcomes.get(3).at("/receipts/0");
        assertThat(receipt.get("sequence").asLong())
                .isGreaterThan(outcomes.get(0).at("/receipts/0/sequence").asLong());
        assertThat(receipt.get("leaf_hash").asString()).hasSize(64);
        assertThat(outcomes.get(2).get("pointer").asString()).isEqualTo("/transfers/2/id");
    }

    @Test
    void sentAgainItIsAnsweredTheSameAndDoneOnce() {
        var items =
                new String[] {plain(source, alice, 5), plain(alice, bob, 9), plain(alice, bob, 2)};

        var first = post(items);
        var again = post(items);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(statuses(outcomes(post(plain(alice, bob, 4)))))
                .containsExactly("exceeds_balance");
    }

    @Test
    void anIdStandsForOneContentWithinARequestToo() {
        var id = UUID.randomUUID();

        var outcomes =
                outcomes(
                        post(
                                plain(id, source, alice, 5),
                                plain(id, source, alice, 5),
                                plain(id, source, alice, 6)));

        assertThat(statuses(outcomes)).containsExactly("posted", "posted", "id_stands_for_another");
        assertThat(outcomes.get(1)).isEqualTo(outcomes.get(0));
    }

    @Test
    void whatIsReservedIsPostedOrVoidedInTheSameRequest() {
        var kept = UUID.randomUUID();
        var gone = UUID.randomUUID();

        var outcomes =
                outcomes(
                        post(
                                plain(source, alice, 10),
                                item(kept, alice, bob, 7, "\"kind\": \"PENDING\""),
                                step("POST_PENDING", kept, ", \"amount\": 4"),
                                item(gone, alice, bob, 6, "\"kind\": \"PENDING\""),
                                step("VOID_PENDING", gone, ""),
                                step("POST_PENDING", gone, ""),
                                item(
                                        UUID.randomUUID(),
                                        alice,
                                        bob,
                                        99,
                                        "\"balancing\": \"DEBIT\"")));

        assertThat(statuses(outcomes))
                .containsExactly(
                        "posted", "posted", "posted", "posted", "posted", "hold_unknown", "posted");
        assertThat(outcomes.get(2).get("amounts").toString()).isEqualTo("[4,3]");
        assertThat(outcomes.get(6).get("amounts").toString()).isEqualTo("[6]");
    }

    @Test
    void whatIsLinkedHappensTogetherOrNotAtAll() {
        var good =
                "{\"id\": \"%s\", \"linked\": [%s, %s]}"
                        .formatted(UUID.randomUUID(), leg(source, alice, 3), leg(alice, bob, 3));
        var bad =
                "{\"id\": \"%s\", \"linked\": [%s, %s]}"
                        .formatted(UUID.randomUUID(), leg(source, alice, 3), leg(alice, bob, 4));

        var outcomes = outcomes(post(good, bad, plain(alice, bob, 1)));

        assertThat(statuses(outcomes))
                .containsExactly("posted", "exceeds_balance", "exceeds_balance");
        assertThat(outcomes.get(0).get("receipts")).hasSize(2);
        assertThat(outcomes.get(1).get("leg").asInt()).isEqualTo(1);
    }

    /// The journal stands still as long as somebody else has the leader's row: one batch is on its
    /// way, one is decided, four requests wait, and there is no room for more.
    @Test
    void whoSendsMoreThanMayWaitHearsThatNothingOfItWasDone() throws Exception {
        var requests = IntStream.range(0, 8).mapToObj(_ -> many(source, alice)).toList();
        var answers = new ArrayList<HttpResponse<String>>();

        try (var standstill = dataSource.getConnection();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            standstill.setAutoCommit(false);
            standstill.createStatement().execute("select from leader for update");
            var waiting = new ExecutorCompletionService<HttpResponse<String>>(clients);
            requests.forEach(each -> waiting.submit(() -> post(each)));
            answers.add(waiting.take().get());
            standstill.rollback();
            while (answers.size() < requests.size()) {
                answers.add(waiting.take().get());
            }
        }

        thenRefused(answers.getFirst(), 503, "too_busy");
        assertThat(answers.getFirst().headers().firstValue("Retry-After")).contains("1");
        long done = answers.stream().filter(each -> each.statusCode() == 207).count();
        assertThat(done).isBetween(4L, 7L);
        long moved = done * TransferEndpoints.MAX_TRANSFERS;
        assertThat(statuses(outcomes(post(plain(alice, bob, moved + 1), plain(alice, bob, moved)))))
                .containsExactly("exceeds_balance", "posted");
    }

    private String[] many(String debit, String credit) {
        return IntStream.range(0, TransferEndpoints.MAX_TRANSFERS)
                .mapToObj(_ -> plain(debit, credit, 1))
                .toArray(String[]::new);
    }

    @Test
    void aFullRequestIsPostedWhole() {
        var outcomes = outcomes(post(many(source, alice)));

        assertThat(statuses(outcomes)).hasSize(8_000).containsOnly("posted");
    }

    @Test
    void whatIsWrongAsAWholeIsRefusedAsAWhole() {
        var tooMany = new ArrayList<String>();
        for (int i = 0; i <= TransferEndpoints.MAX_TRANSFERS; i++) {
            tooMany.add("1");
        }

        assertThat(send(json(request(PATH, operator), "POST", "{\"transfers\": [")))
                .satisfies(answer -> thenRefused(answer, 400, "malformed_json"));
        assertThat(post(tooMany.toArray(String[]::new)))
                .satisfies(answer -> thenRefused(answer, 400, "invalid_value"));
        assertThat(send(json(request(PATH), "POST", "{}")).statusCode()).isEqualTo(401);
        var account = "{\"accounts\": [{\"id\": \"load:q\", \"kind\": \"SOURCE\"}]}";
        assertThat(
                        send(json(
                                        request("/api/v1/accounts", tokenFor(Role.BUYER)),
                                        "POST",
                                        account))
                                .statusCode())
                .isEqualTo(403);
        assertThat(
                        send(json(
                                        request("/api/v1/accounts", operator),
                                        "POST",
                                        "{\"accounts\": [{\"id\": \"system:q\","
                                                + " \"kind\": \"SOURCE\"}]}"))
                                .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> post(String... items) {
        var body = "{\"transfers\": [" + String.join(",", items) + "]}";
        return send(json(request(PATH, operator), "POST", body));
    }

    private static void thenRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(bodyOf(answer).get("code").asString()).isEqualTo(code);
    }

    private static List<JsonNode> outcomes(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        return StreamSupport.stream(bodyOf(answer).get("outcomes").spliterator(), false).toList();
    }

    private static List<String> statuses(List<JsonNode> outcomes) {
        return outcomes.stream()
                .map(each -> each.get(each.has("code") ? "code" : "status").asString())
                .toList();
    }

    private String plain(String debit, String credit, long amount) {
        return plain(UUID.randomUUID(), debit, credit, amount);
    }

    private String plain(UUID id, String debit, String credit, long amount) {
        return item(id, debit, credit, amount, "\"kind\": \"PLAIN\"");
    }

    private String item(UUID id, String debit, String credit, long amount, String more) {
        return "{\"id\": \"%s\", %s, %s"
                .formatted(id, more, leg(debit, credit, amount).substring(1));
    }

    private String leg(String debit, String credit, long amount) {
        return """
        {"debit": "%s", "credit": "%s", "asset": "load:%s", "amount": %d}
        """
                .formatted(debit, credit, world.substring(5), amount)
                .strip();
    }

    private static String step(String kind, UUID pending, String more) {
        return "{\"id\": \"%s\", \"kind\": \"%s\", \"pending\": \"%s\"%s}"
                .formatted(UUID.randomUUID(), kind, pending, more);
    }
}
