package org.wattmark.server.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// Operators, owners of panels, and programmes in parts of Germany that no other test has.
abstract class RewardTest extends ServerTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired Sequencer sequencer;
    @Autowired RewardAccrual accrual;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    RewardTest() {}

    /// Two people at the operator's desk.
    record Desk(String one, String other) {}

    record Owner(UUID organisation, String token) {}

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

    Owner owner() {
        var organisation = newOrganisation(Role.PROPONENT);
        return new Owner(
                organisation,
                tokenOf(members.addMachine(organisation, "desk", Set.of(Role.PROPONENT))));
    }

    /// A part of Germany that no other test has.
    static String region() {
        var text = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        return "DE-" + text.substring(0, 3);
    }

    UUID givenProgramme(Desk desk, String region) {
        var id = UUID.randomUUID();
        givenApproved(desk, "/api/v1/tariffs", tariffBody(UUID.randomUUID(), region));
        givenApproved(desk, "/api/v1/reward-programmes", programmeBody(id, region));
        return id;
    }

    void givenApproved(Desk desk, String path, String body) {
        var proposed = post(path, desk.one(), body);
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        var proposal = bodyOf(proposed).get("proposal").asString();
        var approved =
                post("/api/v1/reward-proposals/" + proposal + "/approvals", desk.other(), id());
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(201);
    }

    Sunlit givenJoined(UUID programme, Owner owner) {
        return givenJoined(programme, owner, AssuranceTier.T2);
    }

    Sunlit givenJoined(UUID programme, Owner owner, AssuranceTier tier) {
        var panel = new Sunlit(sequencer, owner.organisation(), tier);
        var path = "/api/v1/reward-programmes/" + programme + "/devices";
        var joined = post(path, owner.token(), deviceBody(panel.id()));
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(201);
        return panel;
    }

    void givenFunded(Desk desk, UUID programme, long cents) {
        var sponsor = owner();
        var deposit = UUID.randomUUID();
        var asked =
                post(
                        "/api/v1/deposits",
                        desk.one(),
                        """
                        {"id": "%s", "organisation": "%s", "external_reference": "bank %s",
                         "amount": {"minor_units": %d, "currency": "EUR"}}
                        """
                                .formatted(deposit, sponsor.organisation(), deposit, cents));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        post("/api/v1/deposits/" + deposit + "/approvals", desk.other(), id());
        var funded =
                post(
                        "/api/v1/reward-programmes/" + programme + "/fundings",
                        sponsor.token(),
                        amount(UUID.randomUUID(), cents));
        assertThat(funded.statusCode()).as(funded.body()).isEqualTo(201);
    }

    static String amount(UUID id, long cents) {
        return """
        {"id": "%s", "amount": {"minor_units": %d, "currency": "EUR"}}
        """
                .formatted(id, cents);
    }

    static String tariffBody(UUID id, String region) {
        return """
        {"id": "%s", "region": "%s", "currency": "EUR", "per_kilowatt_hour": "0.3943",
         "from": "2026-01-01", "source": "Eurostat nrg_pc_204, 2024-S2, band DC, all taxes"}
        """
                .formatted(id, region);
    }

    /// The first device earns 20 %, and a payout takes 50 cents.
    static String programmeBody(UUID id, String region) {
        return """
        {"id": "%s", "name": "Sun", "region": "%s", "currency": "EUR", "test": false,
         "genesis": "2026-01-01", "halving_days": 36525,
         "terms": {"from": "2026-01-01", "daily_cap_watt_hours": 9000, "base_basis_points": 2000,
          "early_devices": 0, "early_basis_points": 10000, "reference_device": 1,
          "payout_threshold_micro_units": 500000, "lowest_tier": "T1"}}
        """
                .formatted(id, region);
    }

    static String deviceBody(UUID device) {
        return """
        {"id": "%s", "device": "%s"}
        """
                .formatted(UUID.randomUUID(), device);
    }

    static String payout(UUID programme) {
        return """
        {"id": "%s", "programme": "%s"}
        """
                .formatted(UUID.randomUUID(), programme);
    }

    static String stakeBody(UUID programme, long microUnits) {
        return stakeBody(UUID.randomUUID(), programme, microUnits);
    }

    static String stakeBody(UUID id, UUID programme, long microUnits) {
        return stakeBody(id, programme, microUnits, 90);
    }

    static String stakeBody(UUID programme, long microUnits, int days) {
        return stakeBody(UUID.randomUUID(), programme, microUnits, days);
    }

    static String stakeBody(UUID id, UUID programme, long microUnits, int days) {
        return """
        {"id": "%s", "programme": "%s", "micro_units": %d, "days": %d}
        """
                .formatted(id, programme, microUnits, days);
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

    /// What the owner has in its only programme.
    JsonNode balance(Owner owner) {
        var balances = get("/api/v1/rewards", owner.token()).get("data");
        assertThat(balances).hasSize(1);
        return balances.get(0);
    }

    long money(Owner owner) {
        return get("/api/v1/holdings", owner.token()).at("/money/0/available/minor_units").asLong();
    }

    void thenTheBooksAgree(Desk desk) {
        for (var mirror : get("/api/v1/bank-mirror", desk.one()).get("data")) {
            assertThat(mirror.get("difference").asLong()).as(mirror.toString()).isZero();
            assertThat(mirror.get("unexplained").asLong()).as(mirror.toString()).isZero();
        }
    }

    static void thenRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(bodyOf(answer).get("code").asString()).as(answer.body()).isEqualTo(code);
    }
}
