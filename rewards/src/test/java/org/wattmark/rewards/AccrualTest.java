package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.rewards.World.ALICE;
import static org.wattmark.rewards.World.ALICES;
import static org.wattmark.rewards.World.BERLIN;
import static org.wattmark.rewards.World.BOB;
import static org.wattmark.rewards.World.BOBS;
import static org.wattmark.rewards.World.hoursOf;
import static org.wattmark.rewards.World.interval;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.rewards.Accrual.Accrued;
import org.wattmark.rewards.Accrual.Reason;
import org.wattmark.rewards.Accrual.Refused;
import org.wattmark.rewards.RewardedInterval.Limit;
import org.wattmark.units.Energy;

class AccrualTest {

    private static final long CENT = 10_000;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theWorkedExampleEarns32490MicroEuroAndCarriesTheRest() {
        var programme = world.givenProgramme(100_00);
        var device = world.givenJoined(programme, ALICE);

        var accrual = world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 412));

        assertThat(((Accrued) accrual).earned().microUnits()).isEqualTo(32_490);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(32_490);
        assertThat(world.pool(programme)).isEqualTo(10_000 * CENT - 32_490);
        assertThat(world.enrolment(programme, device).carry()).isEqualTo(new BigDecimal("0.32"));
    }

    @Test
    void whatIsLessThanAMicroUnitIsPaidWhenItIsWhole() {
        var programme = world.givenProgramme(100_00);
        var device = world.givenJoined(programme, ALICE);

        for (int quarter = 0; quarter < 25; quarter++) {
            var hour = 10 + quarter / 4;
            var minute = quarter % 4 * 15;
            var start = "2026-03-02T%02d:%02d:00Z".formatted(hour, minute);
            world.accrue(programme, device, interval(start, 4));
        }

        // 25 × 4 Wh × 78.86 are 7,886; rounded down one by one they would be 25 × 315 = 7,875.
        assertThat(world.rewards(programme, ALICES)).isEqualTo(7_886);
        assertThat(world.enrolment(programme, device).carry()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void anIntervalIsRewardedOnce() {
        var programme = world.givenProgramme(100_00);
        var device = world.givenJoined(programme, ALICE);
        var first = interval("2026-03-02T11:00:00Z", 100);
        var second = interval("2026-03-02T11:15:00Z", 100);
        world.accrue(programme, device, first);

        var again = world.accrue(programme, device, first);
        var other = world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 900));
        var both = world.accrue(programme, device, first, second);

        assertThat(again).isEqualTo(new Refused(Reason.ALREADY_REWARDED));
        assertThat(other).isEqualTo(new Refused(Reason.ALREADY_REWARDED));
        assertThat(((Accrued) both).earned().microUnits()).isEqualTo(7_886);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(15_772);
    }

    @Test
    void theSameCommandIsAnsweredTheSame() {
        var programme = world.givenProgramme(100_00);
        var device = world.givenJoined(programme, ALICE);
        var intervals = List.of(interval("2026-03-01T13:00:00Z", 100));
        world.clock.set(intervals.getLast().period().end());
        var command = new AccrueRewards(world.nextId(), programme.id(), device.id(), intervals);

        var first = world.apply(command);
        var again = world.apply(command);

        assertThat(again).isEqualTo(first);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(7_886);
    }

    @Test
    void anotherProgrammeRewardsTheSameIntervalToo() {
        var one = world.givenProgramme(100_00);
        var other = world.givenProgramme(100_00);
        var device = world.givenJoined(one, ALICE);
        world.enrol(other, device);
        var interval = interval("2026-03-02T11:00:00Z", 100);

        world.accrue(one, device, interval);
        world.accrue(other, device, interval);

        assertThat(world.rewards(one, ALICES)).isEqualTo(7_886);
        assertThat(world.rewards(other, ALICES)).isEqualTo(7_886);
    }

    @Test
    void aCivilDayIsCappedThoughItHas23Or25Hours() {
        var programme = world.givenProgramme(1_000_00);
        var device = world.givenJoined(programme, ALICE);
        var spring = hoursOf("2026-03-29", BERLIN, 400);
        var autumn = hoursOf("2026-10-25", BERLIN, 400);

        world.accrue(programme, device, spring);
        world.accrue(programme, device, autumn);

        assertThat(spring).hasSize(23);
        assertThat(autumn).hasSize(25);
        assertThat(world.day(programme, device, "2026-03-29"))
                .returns(new Energy(9_200), RewardDay::metered)
                .returns(new Energy(9_000), RewardDay::rewarded);
        assertThat(world.day(programme, device, "2026-10-25"))
                .returns(new Energy(10_000), RewardDay::metered)
                .returns(new Energy(9_000), RewardDay::rewarded);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(2 * 709_740);
    }

    @Test
    void theCapCutsAnIntervalWhereItIsReached() {
        var programme = world.givenProgramme(100_00);
        var device = world.givenJoined(programme, ALICE);

        world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 8_900));
        world.accrue(programme, device, interval("2026-03-02T11:15:00Z", 100));
        world.accrue(programme, device, interval("2026-03-02T11:30:00Z", 1));

        assertThat(limits()).containsExactly(Limit.NONE, Limit.NONE, Limit.DAILY_CAP);
        assertThat(world.day(programme, device, "2026-03-02").rewarded())
                .isEqualTo(new Energy(9_000));
        assertThat(world.rewards(programme, ALICES)).isEqualTo(709_740);
    }

    @Test
    void midnightOfTheSiteSeparatesTwoIntervals() {
        var programme = world.givenProgramme(1_000_00);
        var device = world.givenJoined(programme, ALICE);
        var before = interval("2026-03-02T22:45:00Z", 9_000); // 23:45 in Berlin
        var after = interval("2026-03-02T23:00:00Z", 9_000); // midnight there

        world.accrue(programme, device, before);
        world.accrue(programme, device, after);

        assertThat(world.day(programme, device, "2026-03-02").rewarded())
                .isEqualTo(new Energy(9_000));
        assertThat(world.day(programme, device, "2026-03-03").rewarded())
                .isEqualTo(new Energy(9_000));
        assertThatThrownBy(() -> world.accrue(programme, device, before, after))
                .isInstanceOf(Sequencer.Quarantined.class); // our job asks day by day
    }

    @Test
    void anIntervalBelongsToTheDayInWhichItStarts() {
        var programme = world.givenProgramme(1_000_00);
        var device = world.device(ALICE, ZoneId.of("Asia/Kathmandu"), AssuranceTier.T2, false);
        world.enrol(programme, device);
        var across = hoursOf("2026-03-02", ZoneId.of("UTC"), 500).get(18); // 23:45 to 00:45 there

        world.accrue(programme, device, across);

        assertThat(world.day(programme, device, "2026-03-02").rewarded())
                .isEqualTo(new Energy(500));
    }

    @Test
    void aPoolThatEndsInsideAnIntervalPaysWhatIsLeftAndThenNothing() {
        var programme = world.givenProgramme(1); // a cent: 10,000 micro-euro
        var device = world.givenJoined(programme, ALICE);

        var last = world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 412));
        var none = world.accrue(programme, device, interval("2026-03-02T11:15:00Z", 412));
        world.givenFunded(programme, 100_00);
        var funded = world.accrue(programme, device, interval("2026-03-02T11:30:00Z", 412));

        assertThat(((Accrued) last).earned().microUnits()).isEqualTo(CENT);
        assertThat(((Accrued) none).earned().microUnits()).isZero();
        assertThat(((Accrued) funded).earned().microUnits()).isEqualTo(32_490);
        assertThat(limits())
                .containsExactly(Limit.POOL_EXHAUSTED, Limit.POOL_EXHAUSTED, Limit.NONE);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(CENT + 32_490);
    }

    @Test
    void theLastMicroUnitOfAPoolIsPaidExactly() {
        var programme = world.givenProgramme(1);
        var device = world.givenJoined(programme, ALICE);
        // 78.86 a Wh: 126 Wh are 9,936.36, and 1 Wh more is 10,015.22.
        world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 126));

        world.accrue(programme, device, interval("2026-03-02T11:15:00Z", 1));

        assertThat(world.pool(programme)).isZero();
        assertThat(world.rewards(programme, ALICES)).isEqualTo(CENT);
        assertThat(world.enrolment(programme, device).carry()).isEqualTo(BigDecimal.ZERO);
        assertThat(world.day(programme, device, "2026-03-02").granted())
                .isEqualByComparingTo(BigDecimal.valueOf(CENT));
    }

    @Test
    void aDayKeepsThePriceAndRateThatItBeganWith() {
        var programme = world.givenProgramme(100_00);
        var device = world.givenJoined(programme, ALICE);
        world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 100));
        world.givenTariff("0.5", LocalDate.of(2026, 3, 2));

        var sameDay = world.accrue(programme, device, interval("2026-03-02T11:15:00Z", 100));
        var nextDay = world.accrue(programme, device, interval("2026-03-03T11:15:00Z", 100));

        assertThat(((Accrued) sameDay).earned().microUnits()).isEqualTo(7_886);
        assertThat(((Accrued) nextDay).earned().microUnits()).isEqualTo(10_000);
    }

    @Test
    void withoutATariffOfThatDayNothingIsSettled() {
        var programme = world.givenProgramme(World.TERMS);
        world.givenFunded(programme, 100_00);
        var device = world.givenJoined(programme, ALICE);
        world.givenTariff("0.3943", LocalDate.of(2026, 3, 3));
        var interval = interval("2026-03-02T11:00:00Z", 100);

        var early = world.accrue(programme, device, interval);
        world.givenTariff("0.4", LocalDate.of(2026, 3, 2));
        var later = world.accrue(programme, device, interval);

        assertThat(early).isEqualTo(new Refused(Reason.NO_TARIFF));
        assertThat(((Accrued) later).earned().microUnits()).isEqualTo(8_000);
    }

    @Test
    void onlyWhatComesAfterJoiningAndIsOverIsRewarded() {
        var programme = world.givenProgramme(100_00);
        var device = world.givenJoined(programme, ALICE); // on the first of March
        var stranger = world.device(BOB);
        var tomorrow = List.of(interval("2026-03-02T12:00:00Z", 100));

        assertThat(world.accrue(programme, device, interval("2026-02-28T11:00:00Z", 100)))
                .isEqualTo(new Refused(Reason.BEFORE_IT_JOINED));
        assertThat(accrueNow(programme.id(), device, tomorrow))
                .isEqualTo(new Refused(Reason.IN_THE_FUTURE));
        assertThat(accrueNow(programme.id(), stranger, tomorrow))
                .isEqualTo(new Refused(Reason.DEVICE_NOT_JOINED));
        assertThat(accrueNow(world.nextId(), device, tomorrow))
                .isEqualTo(new Refused(Reason.PROGRAMME_UNKNOWN));
    }

    private Accrual accrueNow(UUID programme, Device device, List<MeteredInterval> intervals) {
        return world.apply(new AccrueRewards(world.nextId(), programme, device.id(), intervals));
    }

    @Test
    void whoMayJoinIsSaid() {
        var programme = world.givenProgramme(World.TERMS);
        var test = world.givenProgramme(World.TERMS, 365, true);
        var device = world.device(ALICE);
        var weak = world.device(ALICE, BERLIN, AssuranceTier.T0, false);
        var simulated = world.device(ALICE, BERLIN, AssuranceTier.T2, true);
        var borrowed = new EnrolDevice(world.nextId(), BOBS, programme.id(), device);

        assertThat(world.enrol(programme, device)).isInstanceOf(Joining.Joined.class);
        assertThat(world.enrol(test, simulated)).isInstanceOf(Joining.Joined.class);
        assertThat(world.enrol(programme, device))
                .isEqualTo(refused(Joining.Reason.ALREADY_JOINED));
        assertThat(world.enrol(programme, weak)).isEqualTo(refused(Joining.Reason.TIER_TOO_LOW));
        assertThat(world.enrol(programme, simulated))
                .isEqualTo(refused(Joining.Reason.SIMULATED_DEVICE));
        assertThat(world.apply(borrowed)).isEqualTo(refused(Joining.Reason.NOT_THE_OWNERS_ACCOUNT));
    }

    private static Joining refused(Joining.Reason reason) {
        return new Joining.Refused(reason);
    }

    @Test
    void theSecondDeviceHasTheSecondRank() {
        var programme = world.givenProgramme(100_00);
        var first = world.givenJoined(programme, ALICE);
        var second = world.givenJoined(programme, BOB);

        assertThat(world.enrolment(programme, first).rank()).isEqualTo(1);
        assertThat(world.enrolment(programme, second).rank()).isEqualTo(2);
    }

    private List<Limit> limits() {
        return world.journal.rows().stream().map(row -> ((Reward) row).interval().limit()).toList();
    }
}
