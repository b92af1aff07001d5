package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Installation.Mounting;

/// A panel of 6 kW in Golden with sixty honest days, and one day more that is judged.
class FraudDetectorTest {

    private static final Installation SIX_KILOWATTS = new Installation(6_000, Mounting.FIXED);

    private final List<DeviceDay> days = SimulatedDays.inGolden(6_000, 61, 7);
    private final DeviceDay day = days.get(60);
    private final History history =
            History.vouchedFor(Examples.GOLDEN, SIX_KILOWATTS, days.subList(0, 60));

    @Test
    void anHonestDayIsLetThrough() {
        var findings = FraudDetector.inspect(day, history, List.of());

        assertThat(FraudDetector.accused(findings)).as("%s", findings).isFalse();
    }

    @Test
    void theSameDayGetsTheSameFindings() {
        var cheated = cheated(Forgery.REPLAY_NOISE);

        var first = FraudDetector.inspect(cheated, history, List.of());
        var again = FraudDetector.inspect(cheated, history, List.of());

        assertThat(again).isEqualTo(first).isNotEmpty();
    }

    @Test
    void aDayThatWasSentBeforeIsAReplayAndTheFindingNamesIt() {
        var cheated = day.with(days.get(41).watts());

        var replayed = found(cheated, Rule.REPLAYED);

        assertThat(replayed.outcome()).isEqualTo(Outcome.HOLD);
        assertThat(replayed.inputs()).containsEntry("beside", days.get(41).date().toString());
    }

    @Test
    void eightHalfHoursOfAnotherDayAreAReplay() {
        found(cheated(Forgery.REPLAY_PARTIAL), Rule.REPLAYED);
    }

    @Test
    void noiseDoesNotHideAReplay() {
        found(cheated(Forgery.REPLAY_NOISE), Rule.REPLAYED);
    }

    @Test
    void aFactorDoesNotHideAReplay() {
        found(cheated(Forgery.REPLAY_SCALED), Rule.REPLAYED);
    }

    @Test
    void powerByNightIsRejected() {
        assertThat(found(cheated(Forgery.NIGHT_GENERATION), Rule.NIGHT).outcome())
                .isEqualTo(Outcome.REJECT);
    }

    @Test
    void moreThanTheSkyGivesIsRejected() {
        var findings = FraudDetector.inspect(cheated(Forgery.OVER_CAPACITY), history, List.of());

        assertThat(findings)
                .anyMatch(finding ->
                        finding.outcome() == Outcome.REJECT
                                && (finding.rule() == Rule.CAPACITY
                                        || finding.rule() == Rule.CLEAR_SKY));
    }

    @Test
    void aNumberThatStandsStillIsHeld() {
        found(cheated(Forgery.FLATLINE), Rule.REPEATED);
    }

    @Test
    void halfHoursThatComeTwiceAreHeld() {
        found(cheated(Forgery.DUPLICATED_HALF_HOURS), Rule.REPEATED);
    }

    @Test
    void straightLinesAreHeld() {
        found(cheated(Forgery.INTERPOLATED), Rule.REPEATED);
    }

    @Test
    void roundNumbersOfAFineMeterAreHeld() {
        found(cheated(Forgery.ROUND_NUMBERS), Rule.DIGITS);
    }

    @Test
    void twiceThePowerIsHeld() {
        found(day.with(Arrays.stream(day.watts()).map(w -> 2 * w).toArray()), Rule.STANDBY_CHANGED);
    }

    @Test
    void theCurveOfAFormulaIsHeld() {
        found(cheated(Forgery.CLEAR_SKY_CURVE), Rule.SYNTHETIC);
    }

    @Test
    void aClockThatIsThreeHoursBehindTheSunIsFound() {
        var moved = SimulatedDays.ahead(List.of(day), 6).getFirst();

        var findings = FraudDetector.inspect(moved, history, List.of());

        assertThat(findings)
                .extracting(Finding::rule)
                .containsAnyOf(Rule.CLOCK, Rule.NIGHT, Rule.CLEAR_SKY);
        assertThat(FraudDetector.accused(findings)).isTrue();
    }

    @Test
    void aPlaceOnTheOtherSideOfTheEarthIsFound() {
        var perth = Site.of("Australia/Perth", "-31.95", "115.86", 20, "AU");
        var elsewhere = History.vouchedFor(perth, SIX_KILOWATTS, days.subList(0, 60));

        var findings = FraudDetector.inspect(day, elsewhere, List.of());

        assertThat(findings).extracting(Finding::rule).contains(Rule.NIGHT);
    }

    @Test
    void aQuarterMoreThanTheNeighboursKnowIsHeld() {
        var neighbour =
                SimulatedDays.each(days, w -> w * 0.8).stream()
                        .map(d -> named("next door", d))
                        .toList();
        var inflated = SimulatedDays.each(List.of(day), w -> w > 0 ? 2 * Math.rint(w * 0.625) : w);

        var findings = FraudDetector.inspect(inflated.getFirst(), history, neighbour);

        assertThat(findings).extracting(Finding::rule).contains(Rule.NEIGHBOURS);
    }

    @Test
    void aClearCurveUnderTheNeighboursCloudsIsHeld() {
        var neighbour = days.stream().map(d -> named("next door", d)).toList();
        var overcast = days.stream().limit(60).min(FraudDetectorTest::byEnergy).orElseThrow();
        var clear = days.stream().limit(60).max(FraudDetectorTest::byEnergy).orElseThrow();

        var findings = FraudDetector.inspect(overcast.with(clear.watts()), history, neighbour);

        assertThat(findings).extracting(Finding::rule).contains(Rule.NEIGHBOURS);
    }

    @Test
    void aDayOfAnOutageAccusesNobody() {
        var neighbour = days.stream().map(d -> named("next door", d)).toList();
        var dark = day.with(new double[day.length()]);

        var findings = FraudDetector.inspect(dark, history, neighbour);

        assertThat(findings).isEmpty();
    }

    @Test
    void twinsThatAlwaysAgreeAccuseNobody() {
        var twin = days.stream().map(d -> named("twin", d)).toList();

        var findings = FraudDetector.inspect(day, history, twin);

        assertThat(FraudDetector.accused(findings)).as("%s", findings).isFalse();
    }

    @Test
    void aStrangersDayIsACopy() {
        var stranger =
                SimulatedDays.inGolden(9_000, 61, 8).stream()
                        .map(d -> named("far off", d))
                        .toList();
        var copied =
                day.with(Arrays.stream(stranger.get(30).watts()).map(w -> w * 2 / 3).toArray());

        var findings = FraudDetector.inspect(copied, history, stranger);

        assertThat(findings).extracting(Finding::rule).contains(Rule.COPIED);
    }

    @Test
    void withoutAHistoryOnlyTheSunAndPlainNumbersSpeak() {
        var nothing = History.received(Examples.GOLDEN, SIX_KILOWATTS, List.of());

        var ofHonest = FraudDetector.inspect(day, nothing, List.of());
        var ofStuck = FraudDetector.inspect(cheated(Forgery.FLATLINE), nothing, List.of());

        assertThat(ofHonest).isEmpty();
        assertThat(ofStuck).extracting(Finding::rule).contains(Rule.REPEATED);
    }

    @Test
    void ofDaysThatNobodyVouchesForTheLaterIsTheReplay() {
        var received = History.received(Examples.GOLDEN, SIX_KILOWATTS, days);
        var earlier = days.get(40).with(day.watts());

        var ofEarlier = FraudDetector.inspect(earlier, received, List.of());
        var ofLater = FraudDetector.inspect(day.with(days.get(40).watts()), received, List.of());

        assertThat(ofEarlier).extracting(Finding::rule).doesNotContain(Rule.REPLAYED);
        assertThat(ofLater).extracting(Finding::rule).contains(Rule.REPLAYED);
    }

    @Test
    void everyFindingSaysWhatWouldClearIt() {
        assertThat(Stream.of(Rule.values()).map(Rule::clearedBy)).noneMatch(String::isBlank);
    }

    private static int byEnergy(DeviceDay a, DeviceDay b) {
        return Double.compare(Arrays.stream(a.watts()).sum(), Arrays.stream(b.watts()).sum());
    }

    private static DeviceDay named(String device, DeviceDay day) {
        return new DeviceDay(device, day.date(), day.start(), day.step(), day.watts());
    }

    private DeviceDay cheated(Forgery fraud) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        var others = SimulatedDays.inGolden(6_000, 20, 9);
        return new Forgery.Case(day, days, others, history.sky(), 6_000, random).of(fraud);
    }

    private Finding found(DeviceDay cheated, Rule rule) {
        var findings = FraudDetector.inspect(cheated, history, List.of());
        assertThat(FraudDetector.accused(findings)).as("%s", findings).isTrue();
        assertThat(findings).as("%s", findings).extracting(Finding::rule).contains(rule);
        return findings.stream()
                .filter(finding -> finding.rule() == rule)
                .findFirst()
                .orElseThrow();
    }
}
