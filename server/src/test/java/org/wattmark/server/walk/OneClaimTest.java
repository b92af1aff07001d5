package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.security.Role;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;

/// One watt-hour, one claim; one gram, one use; and nobody acts for somebody else.
class OneClaimTest extends WalkTest {

    @Test
    void energyThatBacksAClaimBacksNoOther() {
        var household = householdWithReadings();
        var first = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(first, days(0, 10)));

        var second =
                household.client.post(
                        "/api/v1/claims", household.claim(UUID.randomUUID(), days(9, 5)));

        assertThat(Client.problem(second)).isEqualTo("409 already_claimed");
        assertThat(second.body()).contains(first.toString());
    }

    @Test
    void anybodyMayAskWhatEnergyBacks() {
        var household = householdWithReadings();
        var claim = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(claim, days(0, 10)));
        var path = "/api/v1/public/devices/" + household.deviceId() + "/backing?at=";

        var backing = bodyOf(send(request(path + days(5, 1).start()).GET()));
        var nothing = bodyOf(send(request(path + days(15, 1).start()).GET()));

        assertThat(backing.at("/claims/0/claim").asString()).isEqualTo(claim.toString());
        assertThat(backing.at("/claims/0/status").asString()).isEqualTo("PENDING");
        assertThat(nothing.path("claims").size()).isZero();
    }

    @Test
    void of64ClaimsOnTheSameEnergyAtOnceOneWins() throws Exception {
        var household = householdWithReadings();

        var answers =
                atOnce(
                        64,
                        () ->
                                household
                                        .client
                                        .post(
                                                "/api/v1/claims",
                                                household.claim(UUID.randomUUID(), days(0, 10)))
                                        .statusCode());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(63);
    }

    @Test
    void theSameClaimSentAgainGetsTheSameAnswer() {
        var household = householdWithReadings();
        var claim = household.claim(UUID.randomUUID(), days(0, 10));

        var first = household.client.post("/api/v1/claims", claim);
        var again = household.client.post("/api/v1/claims", claim);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void nobodyApprovesItsOwnClaim() {
        var organisation = newOrganisation(Role.PROPONENT);
        var household = new Household(clientOf(organisation, Role.PROPONENT), BRISTOL, ROOF, false);
        household.send(household.simulatedReadings(days(0, 10)));
        var claim = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(claim, days(0, 10)));
        var taking =
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "conflict_of_interest",
                        false,
                        "declaration",
                        "None.");
        var reviews = "/api/v1/claims/" + claim + "/reviews";
        var both = person(newOrganisation(Role.VERIFIER), Role.VERIFIER);
        jdbc.sql(
                        """
                        insert into membership (person_id, organisation_id, roles)
                        select id, :organisation, '{AUDITOR}' from person
                        where organisation_id = :verifiers
                        """)
                .param("organisation", organisation)
                .param("verifiers", both.organisation())
                .update();

        var colleague = both.refused(reviews, taking);
        var withoutRole = household.client.refused(reviews, taking);

        assertThat(colleague).isEqualTo("403 not_independent");
        assertThat(withoutRole).isEqualTo("403 role_missing");
    }

    @Test
    void aGramIsRetiredOnceHoweverOftenItIsAsked() {
        var household = householdWithReadings();
        var block = issued(household);
        long credited = block.path("credited").path("grams").asLong();
        var all = retirement(UUID.randomUUID(), block, credited);

        var first = household.client.post("/api/v1/retirements", all);
        var again = household.client.post("/api/v1/retirements", all);
        var twice =
                household.client.refused(
                        "/api/v1/retirements", retirement(UUID.randomUUID(), block, 1));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(twice).isEqualTo("422 quantity_exceeds_holding");
    }

    @Test
    void anIdStandsForOneContent() {
        var household = householdWithReadings();
        var block = issued(household);
        var id = UUID.randomUUID();
        household.client.created("/api/v1/retirements", retirement(id, block, 10));

        var other = household.client.refused("/api/v1/retirements", retirement(id, block, 11));

        assertThat(other).isEqualTo("409 id_stands_for_another");
    }

    @Test
    void creditsAreIssuedOnceForAClaim() {
        var household = householdWithReadings();
        var block = issued(household);

        var again =
                household.client.refused(
                        "/api/v1/issuances",
                        Map.of(
                                "id", UUID.randomUUID(),
                                "claim", block.path("claim").asString()));

        assertThat(again).isEqualTo("409 already_issued");
    }

    @Test
    void nobodyActsForSomebodyElse() {
        var household = householdWithReadings();
        var claim = household.claim(UUID.randomUUID(), days(0, 10));
        var block = issued(household);
        var stranger = testClient(Role.PROPONENT);

        assertThat(stranger.refused("/api/v1/claims", claim)).isEqualTo("400 invalid_value");
        assertThat(stranger.refused("/api/v1/retirements", retirement(UUID.randomUUID(), block, 1)))
                .isEqualTo("422 holder_unknown");
        assertThat(stranger.get("/api/v1/devices/" + household.deviceId()).statusCode())
                .isEqualTo(404);
        assertThat(
                        stranger.refused(
                                "/api/v1/issuances",
                                Map.of(
                                        "id",
                                        UUID.randomUUID(),
                                        "claim",
                                        block.path("claim").asString())))
                .isEqualTo("403 role_may_not");
        assertThat(stranger.get("/api/v1/claims/" + block.path("claim").asString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aClaimOnDaysThatRepeatOthersWaitsForAPerson() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        var honest = household.simulatedReadings(days(0, 20));
        household.send(honest);
        household.send(replayed(honest.subList(5 * 96, 15 * 96), Duration.ofDays(15)));

        var claim = claimed(household, days(20, 10));

        var finding = finding(claim, "CHEATED_DAYS");
        assertThat(claim.path("state").asString()).isEqualTo("NEEDS_REVIEW");
        assertThat(finding.path("outcome").asString()).isEqualTo("HOLD");
        assertThat(finding.at("/inputs/judged").asString()).isEqualTo("10");
        assertThat(finding.toString()).contains("REPLAYED HOLD", "cleared by");
    }

    @Test
    void honestDaysAreJudgedAndHoldNothing() {
        var household = householdWithReadings();

        var claim = claimed(household, days(10, 10));

        var finding = finding(claim, "CHEATED_DAYS");
        assertThat(finding.path("outcome").asString()).isEqualTo("INFO");
        assertThat(finding.at("/inputs/judged").asString()).isEqualTo("10");
        assertThat(finding.at("/inputs/held").asString()).isEqualTo("0");
    }

    private static JsonNode claimed(Household household, Period period) {
        var claim = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(claim, period));
        return bodyOf(household.client.get("/api/v1/claims/" + claim));
    }

    private static List<IntervalReading> replayed(List<IntervalReading> readings, Duration later) {
        return readings.stream()
                .map(each ->
                        new IntervalReading(
                                Period.starting(
                                        each.interval().start().plus(later),
                                        each.interval().length()),
                                each.rawWattHours()))
                .toList();
    }

    private static JsonNode finding(JsonNode claim, String check) {
        return claim.path("findings")
                .valueStream()
                .filter(each -> each.path("check").asString().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private Household householdWithReadings() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        household.send(household.simulatedReadings(JUNE));
        return household;
    }

    private JsonNode issued(Household household) {
        var claim = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(claim, days(10, 10)));
        return issue(household.client, claim);
    }

    private static <T> List<T> atOnce(int count, Callable<T> action) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.invokeAll(Stream.generate(() -> action).limit(count).toList());
            return running.stream().map(Future::resultNow).toList();
        }
    }
}
