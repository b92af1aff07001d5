package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.rewards.World.ALICE;
import static org.wattmark.rewards.World.ALICES;
import static org.wattmark.rewards.World.interval;

import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.rewards.Accrual.Accrued;
import org.wattmark.rewards.Correction.Corrected;
import org.wattmark.rewards.Correction.Reason;
import org.wattmark.units.Energy;

/// A reading that is corrected afterwards takes its reward back, as far as it was one.
class CorrectionTest {

    private static final long CENT = 10_000;

    private final World world = new World();
    private final Programme programme = world.givenProgramme(1_000_00);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatWasEarnedTooMuchGoesBackToThePool() {
        var device = world.givenJoined(programme, ALICE);
        var interval = interval("2026-03-02T11:00:00Z", 412);
        world.accrue(programme, device, interval);

        var correction = world.correct(programme, device, interval, 0);

        assertThat(correction)
                .isInstanceOfSatisfying(
                        Corrected.class,
                        corrected -> {
                            assertThat(corrected.back().microUnits()).isEqualTo(32_490);
                            assertThat(corrected.taken()).isEqualTo(corrected.back());
                            assertThat(corrected.day().rewarded()).isEqualTo(Energy.ZERO);
                        });
        assertThat(world.rewards(programme, ALICES)).isZero();
        assertThat(world.pool(programme)).isEqualTo(100_000 * CENT);
        assertThat(world.enrolment(programme, device).carry()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void whatTheCapHadCutOffFillsTheRoom() {
        var device = world.givenJoined(programme, ALICE);
        var wrong = interval("2026-03-02T11:00:00Z", 5_000);
        world.accrue(programme, device, wrong);
        world.accrue(programme, device, interval("2026-03-02T11:15:00Z", 6_000));

        var little = world.correct(programme, device, wrong, 4_000);
        var more = world.correct(programme, device, wrong, 1_000);

        assertThat(((Corrected) little).back().microUnits()).isZero(); // 10 kWh are above it still
        assertThat(((Corrected) more).day().rewarded()).isEqualTo(new Energy(7_000));
        assertThat(world.rewards(programme, ALICES)).isEqualTo(7_000 * 7_886 / 100);
    }

    @Test
    void whatWasPaidOutIsOwedAndLaterRewardsPayItFirst() {
        var device = world.givenJoined(programme, ALICE);
        var wrong = interval("2026-03-02T11:00:00Z", 8_000);
        for (int day = 2; day <= 9; day++) {
            world.accrue(
                    programme, device, interval("2026-03-0%dT11:00:00Z".formatted(day), 8_000));
        }
        world.payOut(programme, ALICE);
        long rest = world.rewards(programme, ALICES);

        var correction = world.correct(programme, device, wrong, 0);
        var next = world.accrue(programme, device, interval("2026-03-10T11:00:00Z", 8_000));
        var after = world.accrue(programme, device, interval("2026-03-11T11:00:00Z", 8_000));

        assertThat(((Corrected) correction).back().microUnits()).isEqualTo(630_880);
        assertThat(((Corrected) correction).taken().microUnits()).isEqualTo(rest);
        assertThat(((Accrued) next).earned().microUnits()).isEqualTo(630_880);
        assertThat(((Accrued) next).offset().microUnits()).isEqualTo(630_880 - rest);
        assertThat(((Accrued) after).offset().microUnits()).isZero();
        assertThat(world.rewards(programme, ALICES)).isEqualTo(rest + 630_880);
        assertThat(world.machines.rewards.debt(programme.id(), ALICE)).isZero();
    }

    @Test
    void ofADayThatThePoolDidNotPayInFullOnlyWhatWasPaidGoesBack() {
        var poor = world.givenProgramme(1);
        var device = world.givenJoined(poor, ALICE);
        var interval = interval("2026-03-02T11:00:00Z", 412); // worth 32,490, paid 10,000
        world.accrue(poor, device, interval);

        var half = world.correct(poor, device, interval, 206);
        var all = world.correct(poor, device, interval, 0);

        assertThat(((Corrected) half).back().microUnits()).isZero();
        assertThat(((Corrected) all).back().microUnits()).isEqualTo(CENT);
        assertThat(world.pool(poor)).isEqualTo(CENT);
    }

    @Test
    void aCorrectionLowersWhatWasRewardedAndNothingElse() {
        var device = world.givenJoined(programme, ALICE);
        var interval = interval("2026-03-02T11:00:00Z", 412);
        world.accrue(programme, device, interval);
        world.correct(programme, device, interval, 100);
        var stranger = world.device(ALICE);
        var unknown = interval("2026-03-02T12:00:00Z", 412);
        var elsewhere =
                new Programme(
                        world.nextId(), "Rain", World.GERMANY, World.EUR, false, World.GENESIS, 1);

        assertThat(world.correct(programme, device, interval, 100))
                .isEqualTo(new Correction.Refused(Reason.NOT_LOWER));
        assertThat(world.correct(programme, device, unknown, 0))
                .isEqualTo(new Correction.Refused(Reason.NOT_REWARDED));
        assertThat(world.correct(programme, stranger, interval, 0))
                .isEqualTo(new Correction.Refused(Reason.DEVICE_NOT_JOINED));
        assertThat(world.correct(elsewhere, device, interval, 0))
                .isEqualTo(new Correction.Refused(Reason.PROGRAMME_UNKNOWN));
    }
}
