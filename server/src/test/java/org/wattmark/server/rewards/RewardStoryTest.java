package org.wattmark.server.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.server.ledger.JdbcJournal;
import tools.jackson.databind.JsonNode;

/// From two operators who agree on a programme to an owner who is paid for what a panel made.
class RewardStoryTest extends RewardTest {

    @Autowired private Staging staging;
    @Autowired private JdbcJournal journal;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    RewardStoryTest() {}

    @Test
    void aPanelEarnsUpToTheCapAndItsOwnerIsPaid() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 100_00);
        panel.send(20, 500); // 10 kWh

        accrual.run();
        accrual.run();
        var balance = balance(owner);
        var day = get("/api/v1/devices/" + panel.id() + "/reward-days", owner.token());
        var paid = post("/api/v1/reward-payouts", owner.token(), payout(programme));
        var again = post("/api/v1/reward-payouts", owner.token(), payout(programme));

        assertThat(balance.at("/free/micro_units").asLong()).isEqualTo(709_740);
        assertThat(day.at("/data/0/metered_watt_hours").asLong()).isEqualTo(10_000);
        assertThat(day.at("/data/0/rewarded_watt_hours").asLong()).isEqualTo(9_000);
        assertThat(day.at("/data/0/day").asString()).isEqualTo(panel.today().toString());
        assertThat(paid.statusCode()).as(paid.body()).isEqualTo(201);
        assertThat(bodyOf(paid).at("/payout/paid/minor_units").asLong()).isEqualTo(70);
        thenRefused(again, 422, "below_threshold");
        assertThat(balance(owner).at("/free/micro_units").asLong()).isEqualTo(9_740);
        assertThat(money(owner)).isEqualTo(70);
        thenTheBooksAgree(desk);
    }

    @Test
    void everyIntervalSaysWhatItEarnedAndPagesHoldThemAll() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 100_00);
        var sent = panel.send(19, 480);
        accrual.run();

        var path = "/api/v1/devices/" + panel.id() + "/rewards?limit=7&programme=" + programme;
        var seen = new ArrayList<JsonNode>();
        var page = get(path, owner.token());
        page.get("data").forEach(seen::add);
        while (page.get("has_more").asBoolean()) {
            page = get(path + "&cursor=" + page.get("next_cursor").asString(), owner.token());
            page.get("data").forEach(seen::add);
        }

        assertThat(seen)
                .extracting(each -> Instant.parse(each.get("start").asString()))
                .containsExactlyElementsOf(
                        sent.stream().map(each -> each.interval().start()).toList());
        assertThat(seen)
                .extracting(each -> each.at("/earned/micro_units").asLong())
                .startsWith(37_852L, 37_853L); // 37,852.8 each: what is left over is carried
        assertThat(seen.getLast().get("limit").asString()).isEqualTo("DAILY_CAP");
    }

    @Test
    void aPoolThatEndsSaysSo() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 5);
        panel.send(2, 480);

        accrual.run();

        var rewards =
                get(
                        "/api/v1/devices/" + panel.id() + "/rewards?programme=" + programme,
                        owner.token());
        assertThat(rewards.at("/data/1/limit").asString()).isEqualTo("POOL_EXHAUSTED");
        assertThat(balance(owner).at("/free/micro_units").asLong()).isEqualTo(50_000);
        var whole = bodyOf(send(request("/api/v1/public/reward-programmes/" + programme).GET()));
        assertThat(whole.at("/pool/micro_units").asLong()).isZero();
        assertThat(whole.at("/programme/notice").asString()).contains("no claim");
    }

    /// Its tokens were earned: whoever imported the wrong file asks for a correction.
    @Test
    void anImportThatWasRewardedStays() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner, AssuranceTier.T1);
        givenFunded(desk, programme, 100_00);
        var imports = "/api/v1/devices/" + panel.id() + "/imports";
        var imported =
                send(
                        request(imports, owner.token())
                                .header("Content-Type", "text/csv")
                                .header("Idempotency-Key", "file")
                                .POST(BodyPublishers.ofString(panel.file(4, 500))));
        assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
        var undo = "/api/v1/imports/" + bodyOf(imported).get("import_id").asString() + "/undo";

        accrual.run();
        long earned = balance(owner).at("/free/micro_units").asLong();
        var refused =
                send(
                        request(undo, owner.token())
                                .header("Idempotency-Key", "undo")
                                .POST(BodyPublishers.noBody()));

        assertThat(earned).isEqualTo(2_000 * 7_886 / 100);
        thenRefused(refused, 409, "import_is_rewarded");
        assertThat(bodyOf(refused).get("detail").asString()).contains(programme.toString());
        assertThat(balance(owner).at("/free/micro_units").asLong()).isEqualTo(earned);
    }

    @Test
    void aReadingThatIsHeldWaitsAndOneThatIsCorrectedGivesBack() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 100_00);
        var sent = panel.send(4, 500);
        hold(panel, sent.getFirst().interval().start());

        accrual.run();
        long held = balance(owner).at("/free/micro_units").asLong();
        jdbc.sql("delete from finding where device_id = :id").param("id", panel.id()).update();
        accrual.run();
        long free = balance(owner).at("/free/micro_units").asLong();
        jdbc.sql("update interval set metered_wh = 100 where device_id = :id and start_at = :at")
                .param("id", panel.id())
                .param("at", Timestamp.from(sent.getFirst().interval().start()))
                .update();
        accrual.run();
        accrual.run();

        assertThat(held).isEqualTo(1_500 * 7_886 / 100);
        assertThat(free).isEqualTo(2_000 * 7_886 / 100);
        assertThat(balance(owner).at("/free/micro_units").asLong()).isEqualTo(1_600 * 7_886 / 100);
        jdbc.sql("update interval set metered_wh = energy_wh where device_id = :id")
                .param("id", panel.id())
                .update();
    }

    private void hold(Sunlit panel, Instant start) {
        jdbc.sql(
                        """
                        insert into finding (device_id, receipt, position, channel, rule, outcome,
                            start_at, end_at, inputs, threshold)
                        values (:id, 0, 0, 'GENERATION', 'STUCK', 'HOLD', :start,
                            cast(:start as timestamptz) + interval '15 minutes', '{}', '')
                        """)
                .param("id", panel.id())
                .param("start", Timestamp.from(start))
                .update();
    }

    @Test
    void withoutATariffIntervalsWaitForOne() {
        var desk = desk();
        var region = region();
        var programme = UUID.randomUUID();
        givenApproved(desk, "/api/v1/reward-programmes", programmeBody(programme, region));
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 100_00);
        panel.send(1, 500);

        accrual.run();
        long before = balance(owner).at("/free/micro_units").asLong();
        givenApproved(desk, "/api/v1/tariffs", tariffBody(UUID.randomUUID(), region));
        accrual.run();

        assertThat(before).isZero();
        assertThat(balance(owner).at("/free/micro_units").asLong()).isEqualTo(39_430);
    }

    @Test
    void aRestartFindsRewardsAsTheyStand() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var owner = owner();
        var panel = givenJoined(programme, owner);
        givenFunded(desk, programme, 100_00);
        panel.send(18, 500);
        accrual.run();
        post("/api/v1/stakes", owner.token(), stakeBody(programme, 100_000));

        var loaded = journal.load().maps();

        var stands = staging.contents();
        for (var map :
                List.of(
                        "reward_programme",
                        "reward_terms",
                        "reward_tariff",
                        "reward_proposal",
                        "reward_device",
                        "reward_day",
                        "reward_stake",
                        "reward_staked")) {
            assertThat(loaded.get(map)).as(map).isNotEmpty().isEqualTo(stands.get(map));
        }
    }

    @Test
    void theDatabaseRefusesWhatTheRulesForgot() {
        var desk = desk();
        var programme = givenProgramme(desk, region());
        var panel = givenJoined(programme, owner());
        givenFunded(desk, programme, 100_00);
        panel.send(18, 500);
        accrual.run();

        var ofPanel = " where device_id = '" + panel.id() + "'";
        for (var wrong :
                List.of(
                        "insert into reward select * from reward" + ofPanel + " limit 1",
                        "update reward_day set rewarded_wh = cap_wh + 1" + ofPanel,
                        "update reward_device set carry = 1" + ofPanel,
                        "update reward_proposal set decided_by = proposed_by"
                                + " where state = 'APPROVED'")) {
            assertThatThrownBy(() -> jdbc.sql(wrong).update())
                    .as(wrong)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }
}
