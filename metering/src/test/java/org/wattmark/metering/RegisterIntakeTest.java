package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.wattmark.metering.Examples.LATER;
import static org.wattmark.metering.Examples.reading;
import static org.wattmark.metering.Examples.readings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.RegisterAdmission.Accepted;
import org.wattmark.metering.RegisterAdmission.Conflicting;
import org.wattmark.metering.RegisterAdmission.Reason;
import org.wattmark.metering.RegisterAdmission.Refused;
import org.wattmark.metering.RegisterAdmission.Repeated;
import org.wattmark.testing.Seeded;

/// Readings are written as they are spoken: `12:15 1250` is a count of 1,250 Wh at a quarter past.
class RegisterIntakeTest {

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    private final List<IntervalReading> completed = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private RegisterProgress progress =
            RegisterProgress.of(Register.ofKilowattHourDigits(5, 10_000));

    @Test
    void theFirstReadingIsTheBaseAndCountsNothing() {
        given("12:00 71234567");

        assertThat(completed).isEmpty();
        assertThat(progress.last()).contains(read("12:00 71234567"));
    }

    @Test
    void differencesAreTheEnergyOfTheirIntervals() {
        given("12:00 1000", "12:15 1250", "12:30 1250", "12:45 1999");

        assertThat(completed)
                .containsExactlyElementsOf(readings("2025-07-01T12:00:00Z", 250, 0, 749));
        assertThat(findings).isEmpty();
    }

    @Test
    void readingsBesideTheGridAreCutWhereIntervalsEnd() {
        given("12:05 1000", "12:20 1300", "12:35 1900");

        // 300 Wh over 12:05–12:20 are 200 before 12:15; of the next 600, 400 before 12:30.
        assertThat(completed).containsExactlyElementsOf(readings("2025-07-01T12:00:00Z", 200, 500));
        assertThat(progress.open())
                .contains(new RegisterProgress.Open(Instant.parse("2025-07-01T12:30:00Z"), 200));
    }

    @Test
    void whatWasCountedInAnOutageIsSpreadAndSaysSo() {
        given("12:00 1000", "13:00 1010");

        assertThat(completed)
                .containsExactlyElementsOf(readings("2025-07-01T12:00:00Z", 2, 3, 2, 3));
        assertThat(findings)
                .extracting(Finding::explanation)
                .containsExactly(
                        "SPREAD INFO [2025-07-01T12:00:00Z, 2025-07-01T13:00:00Z): count before"
                                + " 1000 Wh, count 1010 Wh, time 3600 s; threshold 900 s");
    }

    @Test
    void moreThanADayIsAGapThatCountsNothing() {
        given("12:00 1000", "12:10 1100");

        var gap = take(new RegisterReading(Instant.parse("2025-07-02T12:10:01Z"), 9_000));

        assertThat(gap.wattHours()).isZero();
        assertThat(gap.completed()).containsExactly(reading("2025-07-01T12:00:00Z", 100));
        assertThat(gap.findings()).extracting(Finding::rule).containsExactly(Rule.GAP);
    }

    @Test
    void aCountThatFallsByLessThanCouldFlowHasRolledOver() {
        given("12:00 99999900", "12:15 150");

        assertThat(completed).containsExactly(reading("2025-07-01T12:00:00Z", 250));
        assertThat(findings)
                .extracting(Finding::rule, Finding::outcome)
                .containsExactly(tuple(Rule.ROLL_OVER, Outcome.INFO));
    }

    @Test
    void aCountThatFallsByMoreRunsBackwardsUntilAResetExplainsIt() {
        given("12:00 50000", "12:15 50100");

        var backwards = admit("12:30 20");

        assertThat(reasonOf(backwards)).isEqualTo(Reason.RUNS_BACKWARDS);
        assertThat(((Refused) backwards).explanation())
                .isEqualTo(
                        "the count fell from 50100 to 20 Wh, which is no roll-over (99949920 Wh in"
                                + " 900 s; at most 2501 Wh flow): if the meter was exchanged, send"
                                + " a reset");
    }

    @Test
    void anExchangedMeterCountsOnFromItsOwnFirstCount() {
        given("12:00 50000");
        var reset =
                new RegisterReset(
                        Instant.parse("2025-07-01T12:10:00Z"),
                        50_080,
                        3,
                        Register.ofBits(32, 10_000));

        var exchanged = (Accepted) RegisterIntake.reset(reset, progress, QUARTER_HOUR, LATER);
        progress = exchanged.next();
        given("12:15 43");

        assertThat(exchanged.wattHours()).isEqualTo(80);
        assertThat(completed).containsExactly(reading("2025-07-01T12:00:00Z", 120));
        assertThat(progress.register()).isEqualTo(Register.ofBits(32, 10_000));
    }

    @Test
    void aResetThatLetsTooMuchFlowIsRefusedToo() {
        given("12:00 50000");
        var reset =
                new RegisterReset(
                        Instant.parse("2025-07-01T12:15:00Z"), 60_000, 0, progress.register());

        var refused = RegisterIntake.reset(reset, progress, QUARTER_HOUR, LATER);

        assertThat(reasonOf(refused)).isEqualTo(Reason.ABOVE_THE_BOUND);
    }

    @Test
    void moreThanCouldFlowIsRefusedAndTheBaseStays() {
        given("12:00 1000");

        assertThat(reasonOf(admit("12:15 3502"))).isEqualTo(Reason.ABOVE_THE_BOUND);
        assertThat(admit("12:15 3501")).isInstanceOf(Accepted.class);
        assertThat(progress.last()).contains(read("12:00 1000"));
    }

    @Test
    void theSameReadingIsHarmlessAndAnotherOfItsTimeIsAConflict() {
        given("12:00 1000", "12:15 1250");

        assertThat(admit("12:15 1250")).isEqualTo(new Repeated());
        assertThat(admit("12:15 1251")).isInstanceOf(Conflicting.class);
        assertThat(reasonOf(admit("12:10 1100"))).isEqualTo(Reason.OLDER_THAN_LAST);
    }

    @Test
    void whatTheRegisterCannotShowAndWhatIsNotYetIsRefused() {
        var tomorrow = new RegisterReading(LATER.plusSeconds(301), 1);

        assertThat(reasonOf(admit("12:00 100000000"))).isEqualTo(Reason.COUNT_OUT_OF_RANGE);
        assertThat(reasonOf(RegisterIntake.admit(tomorrow, progress, QUARTER_HOUR, LATER)))
                .isEqualTo(Reason.IN_THE_FUTURE);
    }

    /// However often it is read, and however often it rolls over, what it counted is what the
    /// intervals and the open one say.
    @Seeded
    void intervalsAddUpToWhatWasCounted(RandomGenerator random) {
        var register = new Register(1_000 + random.nextInt(100_000), 4_000);
        var world = RegisterProgress.of(register);
        var at = Instant.parse("2025-07-01T12:00:00Z").plusSeconds(random.nextInt(900));
        long count = random.nextLong(register.rollsOverAt());
        long counted = 0;
        var readings = new ArrayList<IntervalReading>();
        for (int i = 0; i < 100; i++) {
            var reading = new RegisterReading(at, count % register.rollsOverAt());
            var accepted = (Accepted) RegisterIntake.admit(reading, world, QUARTER_HOUR, LATER);
            readings.addAll(accepted.completed());
            world = accepted.next();
            long seconds = 1 + random.nextLong(900);
            at = at.plusSeconds(seconds);
            long flowed = Math.min(random.nextLong(seconds + 1), register.rollsOverAt() - 1);
            count += flowed;
            counted += i < 99 ? flowed : 0;
        }

        long sum = readings.stream().mapToLong(IntervalReading::rawWattHours).sum();
        assertThat(sum + world.open().map(RegisterProgress.Open::wattHours).orElse(0L))
                .isEqualTo(counted);
        assertThat(readings).isSorted();
    }

    private void given(String... spoken) {
        for (var each : spoken) {
            take(read(each));
        }
    }

    private Accepted take(RegisterReading reading) {
        var accepted = (Accepted) RegisterIntake.admit(reading, progress, QUARTER_HOUR, LATER);
        completed.addAll(accepted.completed());
        findings.addAll(accepted.findings());
        progress = accepted.next();
        return accepted;
    }

    private RegisterAdmission admit(String spoken) {
        return RegisterIntake.admit(read(spoken), progress, QUARTER_HOUR, LATER);
    }

    private static RegisterReading read(String spoken) {
        var words = spoken.split(" ");
        return new RegisterReading(
                Instant.parse("2025-07-01T" + words[0] + ":00Z"), Long.parseLong(words[1]));
    }

    private static Reason reasonOf(RegisterAdmission admission) {
        return ((Refused) admission).reason();
    }
}
