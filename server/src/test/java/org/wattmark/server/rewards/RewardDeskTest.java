package org.wattmark.server.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// Who decides about rewards, who may join, and what is refused in which words.
class RewardDeskTest extends RewardTest {

    @Test
    void whatAnOperatorDecidesTakesTwoPersons() {
        var desk = desk();
        var id = UUID.randomUUID();
        var region = region();
        var approvals = "/api/v1/reward-proposals/" + id + "/approvals";

        var proposed = post("/api/v1/tariffs", desk.one(), tariffBody(id, region));
        var again = post("/api/v1/tariffs", desk.one(), tariffBody(id, region));
        var before = tariffs(region);
        var self = post(approvals, desk.one(), id());
        var machine = post(approvals, tokenFor(Role.OPERATOR), id());
        var outsider = post(approvals, owner().token(), id());
        var other = post(approvals, desk.other(), id());
        var twice = post(approvals, desk.other(), id());

        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(proposed.body());
        assertThat(before).isEmpty();
        thenRefused(self, 403, "proposer_decides");
        thenRefused(machine, 403, "person_needed");
        thenRefused(outsider, 403, "role_missing");
        assertThat(other.statusCode()).as(other.body()).isEqualTo(201);
        thenRefused(twice, 409, "already_decided");
        assertThat(tariffs(region)).hasSize(1);
        assertThat(tariffs(region).get(0).get("per_kilowatt_hour").asString()).isEqualTo("0.3943");
        assertThat(get("/api/v1/reward-proposals?limit=100", desk.one()).get("data")).isNotEmpty();
    }

    private JsonNode tariffs(String region) {
        return bodyOf(send(request("/api/v1/public/tariffs?region=" + region).GET())).get("data");
    }

    @Test
    void stakedRewardsAreLockedUntilTheirTermIsOver() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 100_00);
        panel.send(18, 500);
        accrual.run();
        var stake = UUID.randomUUID();

        var locked = post("/api/v1/stakes", owner.token(), stakeBody(stake, programme, 700_000));
        var more = post("/api/v1/stakes", owner.token(), stakeBody(programme, 700_000));
        var odd = post("/api/v1/stakes", owner.token(), stakeBody(programme, 1, 91));
        var early = post("/api/v1/stakes/" + stake + "/unlocks", owner.token(), id());
        var strange = post("/api/v1/stakes/" + stake + "/unlocks", owner().token(), id());
        var payout = post("/api/v1/reward-payouts", owner.token(), payout(programme));
        var share =
                post(
                        "/api/v1/reward-programmes/" + programme + "/fee-shares",
                        desk.one(),
                        amount(UUID.randomUUID(), 5));

        assertThat(locked.statusCode()).as(locked.body()).isEqualTo(201);
        thenRefused(more, 422, "not_enough_rewards");
        thenRefused(odd, 422, "term_unknown");
        thenRefused(early, 409, "term_not_over");
        thenRefused(strange, 404, "stake_unknown");
        thenRefused(payout, 422, "below_threshold");
        assertThat(share.statusCode()).as(share.body()).isEqualTo(201);
        assertThat(balance(owner).at("/locked/micro_units").asLong()).isEqualTo(700_000);
        assertThat(get("/api/v1/stakes", owner.token()).at("/data/0/state").asString())
                .isEqualTo("LOCKED");
    }

    @Test
    void onlyOnesOwnDevicesJoinAndTheyJoinOnce() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        var path = "/api/v1/reward-programmes/" + programme + "/devices";

        var again = post(path, owner.token(), deviceBody(panel.id()));
        var stolen = post(path, owner().token(), deviceBody(panel.id()));
        var nowhere =
                post(
                        "/api/v1/reward-programmes/" + UUID.randomUUID() + "/devices",
                        owner.token(),
                        deviceBody(panel.id()));
        var peeked =
                send(
                        request("/api/v1/devices/" + panel.id() + "/reward-days", owner().token())
                                .GET());

        thenRefused(again, 409, "already_joined");
        thenRefused(stolen, 404, "device_unknown");
        thenRefused(nowhere, 404, "programme_unknown");
        thenRefused(peeked, 404, "device_unknown");
    }

    @Test
    void whatIsWrittenWrongIsRefusedByItsField() {
        var operator = desk().one();
        var id = UUID.randomUUID();

        var region = tariffBody(id, "Germany");
        var price = tariffBody(id, region()).replace("0.3943", "-1");
        var terms = programmeBody(id, region()).replace("2000,", "2,");

        thenRefused(post("/api/v1/tariffs", operator, region), 400, "invalid_value");
        thenRefused(post("/api/v1/tariffs", operator, price), 400, "invalid_value");
        thenRefused(post("/api/v1/reward-programmes", operator, terms), 400, "invalid_value");
    }

    @Test
    void theShippedTariffsAreForOperatorsToProposeFrom() {
        var seeds = get("/api/v1/tariff-seeds", desk().one()).get("data");

        assertThat(seeds).hasSize(150);
        assertThat(seeds).allMatch(seed -> !seed.get("source").asString().isEmpty());
    }

    @Test
    void otherTermsBeginInTheFutureAndAreForEverybodyToSee() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var path = "/api/v1/reward-programmes/" + programme + "/terms";
        var today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);

        var past = post(path, desk.one(), termsBody(today.plusDays(1)));
        givenApproved(desk, path, termsBody(today.plusDays(3)));
        var whole = bodyOf(send(request("/api/v1/public/reward-programmes/" + programme).GET()));

        thenRefused(past, 422, "terms_not_ahead");
        assertThat(whole.get("terms")).hasSize(2);
        assertThat(whole.at("/terms/1/daily_cap_watt_hours").asLong()).isEqualTo(5_000);
        assertThat(whole.at("/programme/versions").asLong()).isEqualTo(2);
    }

    private static String termsBody(LocalDate from) {
        return """
        {"id": "%s",
         "terms": {"from": "%s", "daily_cap_watt_hours": 5000, "base_basis_points": 2000,
          "early_devices": 0, "early_basis_points": 10000, "reference_device": 1,
          "payout_threshold_micro_units": 500000, "lowest_tier": "T2"}}
        """
                .formatted(UUID.randomUUID(), from);
    }

    @Test
    void feesThatAreNotThereFundNothing() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var path = "/api/v1/reward-programmes/" + programme + "/fee-fundings";
        var proposal = UUID.randomUUID();

        var proposed = post(path, desk.one(), amount(proposal, 900_000_000_000_00L));
        var approved =
                post("/api/v1/reward-proposals/" + proposal + "/approvals", desk.other(), id());
        var rejected =
                post("/api/v1/reward-proposals/" + proposal + "/rejections", desk.one(), id());
        var strange = post(path, owner().token(), amount(UUID.randomUUID(), 1));

        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        thenRefused(approved, 422, "not_enough_fees");
        assertThat(bodyOf(rejected).get("state").asString()).isEqualTo("REJECTED");
        thenRefused(strange, 403, "role_missing");
    }
}
