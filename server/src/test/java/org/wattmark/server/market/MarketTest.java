package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.CreditBlock;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// Sellers with credits, buyers with money, and operators who bring it in.
abstract class MarketTest extends ServerTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired private Sequencer sequencer;
    @Autowired private GridFactors factors;
    @Autowired private Organisations organisations;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    MarketTest() {}

    /// An organisation, and a token to act for it.
    record Party(UUID organisation, String token) {}

    /// A seller, and the block that it holds the credited part of.
    record Seller(Party party, CreditBlock block) {

        String token() {
            return party.token();
        }
    }

    /// Two people at the registry's desk.
    record Desk(String one, String other) {}

    Party party(Role role, UnitClass unitClass) {
        var organisation = newOrganisation(role);
        if (unitClass == UnitClass.TEST) {
            organisations.markAsTest(organisation);
        }
        return new Party(
                organisation, tokenOf(members.addMachine(organisation, "desk", Set.of(role))));
    }

    Seller seller(UnitClass unitClass) {
        var party = party(Role.PROPONENT, unitClass);
        var credits = new IssuedCredits(sequencer, factors);
        return new Seller(party, credits.to(party.organisation(), unitClass));
    }

    Desk desk() {
        return new Desk(operator(), operator());
    }

    String operator() {
        var email = "o" + UUID.randomUUID() + "@example.org";
        var added =
                members.addPerson(
                        newOrganisation(Role.OPERATOR),
                        email,
                        "An Operator",
                        PASSWORD,
                        Set.of(Role.OPERATOR));
        assertThat(added).isInstanceOf(Members.PersonAdded.Added.class);
        return tokenOf(email, PASSWORD);
    }

    Party buyerWith(long cents, Desk desk, UnitClass unitClass) {
        var buyer = party(Role.BUYER, unitClass);
        givenMoney(buyer, cents, desk);
        return buyer;
    }

    void givenMoney(Party party, long cents, Desk desk) {
        var deposit = UUID.randomUUID();
        var asked = post("/api/v1/deposits", desk.one(), depositBody(deposit, party, cents, "EUR"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        var approved = post("/api/v1/deposits/" + deposit + "/approvals", desk.other(), id());
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(201);
    }

    static String depositBody(UUID id, Party party, long cents, String currency) {
        return depositBody(id, party, cents, currency, "bank " + id);
    }

    static String depositBody(UUID id, Party party, long cents, String currency, String reference) {
        return """
        {"id": "%s", "organisation": "%s", "external_reference": "%s",
         "amount": {"minor_units": %d, "currency": "%s"}}
        """
                .formatted(id, party.organisation(), reference, cents, currency);
    }

    /// Offers grams at a price in cents for a tonne.
    UUID listed(Seller seller, long grams, long price) {
        var id = UUID.randomUUID();
        var answer =
                post("/api/v1/listings", seller.token(), listingBody(id, seller, grams, price));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return id;
    }

    static String listingBody(UUID id, Seller seller, long grams, long price) {
        return """
        {"id": "%s", "block": "%s", "quantity": {"grams": %d},
         "price": {"per_tonne": {"minor_units": %d, "currency": "EUR"}}}
        """
                .formatted(id, seller.block().id(), grams, price);
    }

    HttpResponse<String> buy(UUID id, Party buyer, UUID listing, long grams) {
        return post(
                "/api/v1/purchases",
                buyer.token(),
                """
                {"id": "%s", "listing": "%s", "quantity": {"grams": %d}}
                """
                        .formatted(id, listing, grams));
    }

    HttpResponse<String> post(String path, String token, String body) {
        return send(json(request(path, token), "POST", body));
    }

    JsonNode get(String path, String token) {
        var answer = send(request(path, token).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return bodyOf(answer);
    }

    static String id() {
        return "{\"id\": \"" + UUID.randomUUID() + "\"}";
    }

    static void thenRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(bodyOf(answer).get("code").asString()).as(answer.body()).isEqualTo(code);
    }

    /// What the party has of the block: available, then reserved.
    long[] credits(Party party, CreditBlock block) {
        for (var holding : get("/api/v1/holdings", party.token()).get("credits")) {
            if (holding.get("block").asString().equals(block.id().toString())) {
                return new long[] {
                    holding.at("/available/grams").asLong(), holding.at("/reserved/grams").asLong()
                };
            }
        }
        return new long[] {0, 0};
    }

    /// What the party has in cents: EUR, available.
    long money(Party party) {
        for (var cash : get("/api/v1/holdings", party.token()).get("money")) {
            if (cash.at("/available/currency").asString().equals("EUR")) {
                return cash.at("/available/minor_units").asLong();
            }
        }
        return 0;
    }
}
