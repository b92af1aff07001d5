package org.wattmark.server.carboncred.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.CreditBlock;
import org.wattmark.server.market.IssuedCredits;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// Speaks to CarbonCred's paths as an existing client does: it knows an address, a password, and
/// JSON. What it needs to begin with (organisations, credits on offer, money) is given here.
abstract class CarbonCredClient extends ServerTest {

    static final String PASSWORD = "correct horse battery";

    @Autowired Sequencer sequencer;
    @Autowired GridFactors factors;
    @Autowired Organisations organisations;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    CarbonCredClient() {}

    /// A person who can sign in.
    record User(UUID id, UUID organisation, String email) {}

    final User user(Role kind, UnitClass unitClass, Role... roles) {
        return user(
                organisation(kind, unitClass), roles.length == 0 ? Set.of(kind) : Set.of(roles));
    }

    final UUID organisation(Role kind, UnitClass unitClass) {
        var organisation = newOrganisation(kind);
        if (unitClass == UnitClass.TEST) {
            organisations.markAsTest(organisation);
        }
        return organisation;
    }

    final User user(UUID organisation, Set<Role> roles) {
        var email = "c" + UUID.randomUUID() + "@example.org";
        var added = members.addPerson(organisation, email, "A Client", PASSWORD, roles);
        var person = ((Members.PersonAdded.Added) added).person();
        return new User(person.id(), organisation, email);
    }

    final HttpResponse<String> post(String path, String body) {
        return send(json(request(path), "POST", body));
    }

    final HttpResponse<String> post(String path, String token, String body) {
        return send(json(request(path, token), "POST", body));
    }

    final JsonNode get(String path, String token) {
        var answer = send(request(path, token).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return bodyOf(answer);
    }

    final HttpResponse<String> signIn(String email, String password) {
        return post(
                "/api/token/",
                "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    final JsonNode tokens(User user) {
        return thenStatus(200, signIn(user.email(), PASSWORD));
    }

    final String token(User user) {
        return tokens(user).get("access").asString();
    }

    final HttpResponse<String> buy(String token, String credit) {
        return post("/api/buy/", token, "{\"credit_id\": \"" + credit + "\"}");
    }

    final HttpResponse<String> retire(String token, String credit) {
        return post("/api/retire/", token, "{\"credit_id\": \"" + credit + "\"}");
    }

    static JsonNode thenStatus(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return bodyOf(answer);
    }

    /// What is not of one field says why in `detail`.
    static JsonNode thenDetail(int status, String code, HttpResponse<String> answer) {
        var body = thenStatus(status, answer);
        assertThat(body.get("detail").asString()).isNotBlank();
        assertThat(body.get("code").asString()).as(answer.body()).isEqualTo(code);
        return body;
    }

    /// What is of a field says so under its name, and says nothing else.
    static void thenInvalid(HttpResponse<String> answer, String... fields) {
        var body = thenStatus(400, answer);
        assertThat(body.propertyNames()).as(answer.body()).containsExactlyInAnyOrder(fields);
        body.properties().forEach(field -> assertThat(field.getValue().get(0).isString()).isTrue());
    }

    /// A seller with credits of a block, on offer by the gram.
    record Offer(UUID listing, CreditBlock block, User seller, String sellersToken) {}

    /// Offers grams at a price in cents for a tonne.
    final Offer offered(UnitClass unitClass, long grams, long cents) {
        var seller = user(Role.PROPONENT, unitClass);
        var block = new IssuedCredits(sequencer, factors).to(seller.organisation(), unitClass);
        return new Offer(offer(seller, block, grams, cents), block, seller, token(seller));
    }

    final UUID offer(User seller, CreditBlock block, long grams, long cents) {
        var id = UUID.randomUUID();
        var machine =
                tokenOf(members.addMachine(seller.organisation(), "desk", Set.of(Role.PROPONENT)));
        var body =
                """
                {"id": "%s", "block": "%s", "quantity": {"grams": %d},
                 "price": {"per_tonne": {"minor_units": %d, "currency": "EUR"}}}
                """
                        .formatted(id, block.id(), grams, cents);
        thenStatus(201, post("/api/v1/listings", machine, body));
        return id;
    }

    /// As many as there are, page by page; asked for by the project, as there are other offers.
    final List<String> creditsOf(UUID listing, String token) {
        var credits = new java.util.ArrayList<String>();
        long project =
                jdbc.sql(
                                """
                                select project.number from listing
                                join credit_block on credit_block.id = block_id
                                join project on project.id = project_id where listing.id = :id
                                """)
                        .param("id", listing)
                        .query(Long.class)
                        .single();
        var next = "";
        do {
            var page = get("/api/marketplace/?project_id=" + project + next, token);
            for (var credit : page.get("available_credits")) {
                if (credit.get("listing").asString().equals(listing.toString())) {
                    credits.add(credit.get("credit_id").asString());
                }
            }
            next = page.has("next_cursor") ? "&cursor=" + page.get("next_cursor").asString() : "";
        } while (!next.isEmpty());
        return credits;
    }

    /// Money that the bank has received, entered by one operator and approved by another.
    final void givenMoney(User user, long cents) {
        var deposit = UUID.randomUUID();
        var body =
                """
                {"id": "%s", "organisation": "%s", "external_reference": "bank %s",
                 "amount": {"minor_units": %d, "currency": "EUR"}}
                """
                        .formatted(deposit, user.organisation(), deposit, cents);
        thenStatus(201, post("/api/v1/deposits", operator(), body));
        thenStatus(
                201,
                post(
                        "/api/v1/deposits/" + deposit + "/approvals",
                        operator(),
                        "{\"id\": \"" + UUID.randomUUID() + "\"}"));
    }

    private String operator() {
        var desk = user(newOrganisation(Role.OPERATOR), Set.of(Role.OPERATOR));
        return tokenOf(desk.email(), PASSWORD);
    }

    final long cents(String token) {
        for (var cash : get("/api/v1/holdings", token).get("money")) {
            return cash.at("/available/minor_units").asLong();
        }
        return 0;
    }

    final void thenWallet(String token, String owned, String retired, String balance) {
        var answer = send(request("/api/dashboard/", token).GET());
        assertThat(answer.body())
                .isEqualTo(
                        "{\"owned_credits\":%s,\"retired_credits\":%s,\"wallet_balance\":%s}"
                                .formatted(owned, retired, balance));
    }
}
