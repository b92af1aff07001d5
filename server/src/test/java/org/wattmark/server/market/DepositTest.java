package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.wattmark.ledger.Staging;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// Money comes in by two persons, once for each payment at the bank.
class DepositTest extends MarketTest {

    @Autowired private Staging staging;
    @Autowired private JdbcJournal journal;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    DepositTest() {}

    @Test
    void aDepositTakesTwoPersons() {
        var desk = desk();
        var buyer = party(Role.BUYER, UnitClass.LIVE);
        var deposit = UUID.randomUUID();
        var approvals = "/api/v1/deposits/" + deposit + "/approvals";

        var asked = post("/api/v1/deposits", desk.one(), depositBody(deposit, buyer, 7_00, "EUR"));
        var before = money(buyer);
        var self = post(approvals, desk.one(), id());
        var machine = post(approvals, party(Role.OPERATOR, UnitClass.LIVE).token(), id());
        var other = post(approvals, desk.other(), id());
        var again = post(approvals, desk.other(), id());

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        assertThat(before).isZero();
        thenRefused(self, 403, "requester_decides");
        thenRefused(machine, 403, "person_needed");
        assertThat(other.statusCode()).as(other.body()).isEqualTo(201);
        assertThat(bodyOf(other).at("/deposit/state").asString()).isEqualTo("POSTED");
        thenRefused(again, 409, "already_decided");
        assertThat(money(buyer)).isEqualTo(7_00);
    }

    @Test
    void theSameDepositAgainIsTheSameAnswer() {
        var desk = desk();
        var body = depositBody(UUID.randomUUID(), party(Role.BUYER, UnitClass.LIVE), 7_00, "EUR");

        var first = post("/api/v1/deposits", desk.one(), body);
        var again = post("/api/v1/deposits", desk.one(), body);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void aPaymentIsDepositedOnceUnlessItWasRejected() {
        var desk = desk();
        var buyer = party(Role.BUYER, UnitClass.LIVE);
        var player = party(Role.BUYER, UnitClass.TEST);
        var reference = "INV " + UUID.randomUUID();
        var deposit = UUID.randomUUID();
        var entered = enter(deposit, desk, buyer, "EUR", reference);

        var twice = enter(UUID.randomUUID(), desk, buyer, "EUR", reference);
        var otherBank = enter(UUID.randomUUID(), desk, buyer, "GBP", reference);
        var testBank = enter(UUID.randomUUID(), desk, player, "EUR", reference);
        var rejected = reject(deposit, desk);
        var afterwards = enter(UUID.randomUUID(), desk, buyer, "EUR", reference);

        assertThat(entered).isEqualTo(201);
        assertThat(twice).isEqualTo(409);
        assertThat(otherBank).isEqualTo(201);
        assertThat(testBank).isEqualTo(201);
        assertThat(rejected).isEqualTo(201);
        assertThat(afterwards).isEqualTo(201);
        assertThat(money(buyer)).isZero();
    }

    private int reject(UUID deposit, Desk desk) {
        return post("/api/v1/deposits/" + deposit + "/rejections", desk.one(), id()).statusCode();
    }

    private int enter(UUID id, Desk desk, Party party, String currency, String reference) {
        var body = depositBody(id, party, 5_00, currency, reference);
        return post("/api/v1/deposits", desk.one(), body).statusCode();
    }

    @Test
    void operatorsAloneSeeAndMakeDeposits() {
        var buyer = party(Role.BUYER, UnitClass.LIVE);
        var deposit = UUID.randomUUID();
        var operator = operator();
        post("/api/v1/deposits", operator, depositBody(deposit, buyer, 7_00, "EUR"));

        var body = depositBody(UUID.randomUUID(), buyer, 7_00, "EUR");
        var own = post("/api/v1/deposits", buyer.token(), body);
        var approved = post("/api/v1/deposits/" + deposit + "/approvals", buyer.token(), id());
        var seen = send(request("/api/v1/deposits", buyer.token()).GET());
        var mirror = send(request("/api/v1/bank-mirror", buyer.token()).GET());

        for (var each : List.of(own, approved, seen, mirror)) {
            thenRefused(each, 403, "role_missing");
        }
        assertThat(pending(operator)).contains(deposit.toString());
    }

    private Set<String> pending(String operator) {
        var ids = new HashSet<String>();
        var path = "/api/v1/deposits?state=REQUESTED&limit=3";
        for (var page = get(path, operator); ; ) {
            page.get("data").forEach(each -> ids.add(each.get("id").asString()));
            if (!page.get("has_more").asBoolean()) {
                return ids;
            }
            page = get(path + "&cursor=" + page.get("next_cursor").asString(), operator);
        }
    }

    @Test
    void aWrongDepositIsRefusedByItsField() {
        var operator = operator();
        var buyer = party(Role.BUYER, UnitClass.LIVE);
        var nobody = new Party(UUID.randomUUID(), "");
        var id = UUID.randomUUID();

        var unknown = post("/api/v1/deposits", operator, depositBody(id, nobody, 1, "EUR"));
        var control = depositBody(id, buyer, 1, "EUR", "a\\u0000b");
        var tooLong = depositBody(id, buyer, 1, "EUR", "x".repeat(141));
        var empty = depositBody(id, buyer, 1, "EUR", " ");
        var zero = depositBody(id, buyer, 0, "EUR");

        thenRefused(unknown, 404, "organisation_unknown");
        for (var body : List.of(control, tooLong, empty)) {
            assertThat(pointerOf(operator, body)).isEqualTo("/external_reference");
        }
        assertThat(pointerOf(operator, zero)).isEqualTo("/amount/minor_units");
    }

    private String pointerOf(String operator, String body) {
        var answer = post("/api/v1/deposits", operator, body);
        thenRefused(answer, 400, "invalid_value");
        return bodyOf(answer).at("/errors/0/pointer").asString();
    }

    @Test
    void theBankMirrorAddsUpToZeroForEachCurrencyAndClass() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        long before = given(mirrors(desk));
        var buyer = buyerWith(50_00, desk, UnitClass.LIVE);
        buyerWith(3_00, desk, UnitClass.TEST);
        buy(UUID.randomUUID(), buyer, listed(seller, 1_000_000, 10_00), 1_000_000);

        var mirrors = mirrors(desk);

        assertThat(given(mirrors) - before).isEqualTo(50_00);
        assertThat(mirrors).hasSizeGreaterThanOrEqualTo(2);
        for (var each : mirrors) {
            assertThat(each.get("difference").asLong()).as(each.toString()).isZero();
            assertThat(each.get("unexplained").asLong()).as(each.toString()).isZero();
            assertThat(each.get("given").asLong())
                    .isEqualTo(
                            each.get("held").asLong()
                                    + each.get("fees").asLong()
                                    + each.get("rewards").asLong());
        }
    }

    private JsonNode mirrors(Desk desk) {
        return get("/api/v1/bank-mirror", desk.one()).get("data");
    }

    private static long given(JsonNode mirrors) {
        for (var each : mirrors) {
            if (each.get("currency").asString().equals("EUR")
                    && each.get("unit_class").asString().equals("LIVE")) {
                return each.get("given").asLong();
            }
        }
        return 0;
    }

    @Test
    void aRestartFindsTheMarketAsItStands() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);
        buy(UUID.randomUUID(), buyerWith(50_00, desk, UnitClass.LIVE), listing, 400_000);
        var rejected = UUID.randomUUID();
        enter(rejected, desk, seller.party(), "EUR", "wrong " + rejected);
        reject(rejected, desk);

        var loaded = journal.load().maps();

        var stands = staging.contents();
        for (var map : List.of("listing", "deposit", "deposit_reference", "hold", "balance")) {
            assertThat(loaded.get(map)).as(map).isNotEmpty().isEqualTo(stands.get(map));
        }
    }

    @Test
    void theDatabaseRefusesWhatTheRulesForgot() {
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000, 10_00);
        buyerWith(5_00, desk(), UnitClass.LIVE);

        for (var wrong :
                List.of(
                        "update listing set left_grams = 1001 where id = '" + listing + "'",
                        "update listing set state = 'SOLD' where id = '" + listing + "'",
                        "update deposit set decided_by = requested_by where state = 'POSTED'",
                        "insert into deposit select gen_random_uuid(), account, currency, 1,"
                                + " reference, 'REQUESTED', requested_by, null from deposit"
                                + " where state = 'POSTED' limit 1")) {
            assertThatThrownBy(() -> jdbc.sql(wrong).update())
                    .as(wrong)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }
}
