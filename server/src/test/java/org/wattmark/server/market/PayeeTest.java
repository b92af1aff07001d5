package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.server.security.TransferLimits;
import org.wattmark.verification.UnitClass;

/// Credits go to trusted payees alone, after a cool-off: whoever stole a session or a key moves
/// nothing to an account of their own.
class PayeeTest extends MarketTest {

    private static final String PAYEES = "/api/v1/organisation/payees";

    @SuppressWarnings("NullAway.Init")
    PayeeTest() {}

    /// A person of the seller's, who has just signed in.
    private String person(Party party) {
        var email = "p" + UUID.randomUUID() + "@example.org";
        var added =
                members.addPerson(
                        party.organisation(),
                        email,
                        "A Person",
                        "correct horse battery",
                        Set.of(Role.PROPONENT));
        assertThat(added).isInstanceOf(Members.PersonAdded.Added.class);
        return tokenOf(email, "correct horse battery");
    }

    private static String account(Party party) {
        return "holder:" + party.organisation();
    }

    private static String trusting(Party payee) {
        return """
        {"id": "%s", "account": "%s", "name": "A friend"}
        """
                .formatted(UUID.randomUUID(), account(payee));
    }

    private HttpResponse<String> transfer(UUID id, Seller seller, Party to, long grams) {
        return post(
                "/api/v1/transfers",
                seller.token(),
                """
                {"transfers": [{"id": "%s", "debit": "%s", "credit": "%s", "asset": "%s",
                    "amount": %d}]}
                """
                        .formatted(
                                id,
                                account(seller.party()),
                                account(to),
                                seller.block().asset().code(),
                                grams));
    }

    private static String outcome(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        var outcome = bodyOf(answer).at("/outcomes/0");
        return outcome.get(outcome.has("code") ? "code" : "status").asString();
    }

    private void givenADayLater(Party party) {
        jdbc.sql(
                        """
                        update trusted_payee set since = since - interval '24 hours'
                        where organisation_id = ?
                        """)
                .param(party.organisation())
                .update();
    }

    @Test
    void aStolenSessionMovesNothingToANewPayeeWithinTheCoolOff() {
        var seller = seller(UnitClass.LIVE);
        var thief = buyerWith(100, desk(), UnitClass.LIVE);
        var session = person(seller.party());

        assertThat(outcome(transfer(UUID.randomUUID(), seller, thief, 5)))
                .isEqualTo("payee_unknown");
        InterventionTest.thenCreated(post(PAYEES, session, trusting(thief)));
        assertThat(outcome(transfer(UUID.randomUUID(), seller, thief, 5)))
                .isEqualTo("payee_too_new");

        var linked =
                """
                {"transfers": [{"id": "%s", "linked": [{"debit": "%s", "credit": "%s",
                    "asset": "%s", "amount": 5}]}]}
                """
                        .formatted(
                                UUID.randomUUID(),
                                account(seller.party()),
                                account(thief),
                                seller.block().asset().code());
        assertThat(outcome(post("/api/v1/transfers", seller.token(), linked)))
                .isEqualTo("payee_too_new");
        var pending =
                """
                {"transfers": [{"id": "%s", "kind": "PENDING", "debit": "%s", "credit": "%s",
                    "asset": "%s", "amount": 5}]}
                """
                        .formatted(
                                UUID.randomUUID(),
                                account(seller.party()),
                                account(thief),
                                seller.block().asset().code());
        assertThat(outcome(post("/api/v1/transfers", seller.token(), pending)))
                .isEqualTo("payee_too_new");
        assertThat(credits(thief, seller.block())).containsExactly(0, 0);
        assertThat(credits(seller.party(), seller.block())[1]).isZero();
    }

    @Test
    void aTrustedPayeeReceivesAfterTheCoolOffAndBothSeeIt() {
        var seller = seller(UnitClass.LIVE);
        var payee = buyerWith(100, desk(), UnitClass.LIVE);
        InterventionTest.thenCreated(post(PAYEES, person(seller.party()), trusting(payee)));
        givenADayLater(seller.party());
        var id = UUID.randomUUID();

        var moved = transfer(id, seller, payee, 5);
        InterventionTest.thenCreated(
                post(PAYEES + "/" + account(payee) + "/removals", seller.token(), id()));
        var again = transfer(id, seller, payee, 5);
        var other = transfer(UUID.randomUUID(), seller, payee, 5);

        assertThat(outcome(moved)).isEqualTo("posted");
        assertThat(again.body()).isEqualTo(moved.body());
        assertThat(outcome(other)).isEqualTo("payee_unknown");
        assertThat(credits(payee, seller.block())).containsExactly(5, 0);
        for (var token : new String[] {seller.token(), payee.token()}) {
            assertThat(get("/api/v1/transfers", token).get("data").toString())
                    .contains(id.toString());
        }
        assertThat(get(PAYEES, seller.token()).get("data")).isEmpty();
        thenRefused(
                post(PAYEES + "/" + account(payee) + "/removals", seller.token(), id()),
                404,
                "payee_unknown");
    }

    @Test
    void withinADayNoMoreIsTransferredThanTheLimit() {
        var seller = seller(UnitClass.LIVE);
        var payee = buyerWith(100, desk(), UnitClass.LIVE);
        InterventionTest.thenCreated(post(PAYEES, person(seller.party()), trusting(payee)));
        givenADayLater(seller.party());
        jdbc.sql(
                        """
                        insert into transfer_allowance (id, organisation_id, at, grams, minor_units)
                        values (?, ?, now(), ?, 0)
                        """)
                .param(UUID.randomUUID())
                .param(seller.party().organisation())
                .param(TransferLimits.STANDARD_DAILY_GRAMS - 10)
                .update();

        assertThat(outcome(transfer(UUID.randomUUID(), seller, payee, 11)))
                .isEqualTo("daily_limit");
        assertThat(outcome(transfer(UUID.randomUUID(), seller, payee, 10))).isEqualTo("posted");
        assertThat(outcome(transfer(UUID.randomUUID(), seller, payee, 1))).isEqualTo("daily_limit");
        jdbc.sql("update transfer_allowance set at = at - interval '25 hours'").update();
        assertThat(outcome(transfer(UUID.randomUUID(), seller, payee, 1))).isEqualTo("posted");
    }

    @Test
    void aPersonTrustsAndNoMachine() {
        var seller = seller(UnitClass.LIVE);
        var payee = party(Role.BUYER, UnitClass.LIVE);

        thenRefused(post(PAYEES, seller.token(), trusting(payee)), 403, "person_needed");
        var session = person(seller.party());
        InterventionTest.thenCreated(post(PAYEES, session, trusting(payee)));
        thenRefused(post(PAYEES, session, trusting(payee)), 409, "already_so");
        thenRefused(
                post(
                        PAYEES,
                        session,
                        "{\"id\": \"%s\", \"account\": \"system:retired\", \"name\": \"x\"}"
                                .formatted(UUID.randomUUID())),
                400,
                "invalid_value");
    }
}
