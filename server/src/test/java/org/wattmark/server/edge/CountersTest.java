package org.wattmark.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Channel;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Sha256;
import org.wattmark.testing.Seeded;

/// What becomes of what counters show: intervals whose sum is what was counted, and no more.
class CountersTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");
    private static final long ROLLS_OVER_AT = 1L << 32;
    private static final long MOST_WATTS = 6_000;

    private final List<String> said = new ArrayList<>();
    private final List<IntervalReading> intervals = new ArrayList<>();

    @Test
    void intervalsAreWhatWasCountedBetweenTheirEnds() {
        var counters = counters(nothing());

        show(counters, 0, 1_000);
        show(counters, 10, 1_500);
        show(counters, 20, 2_100);
        show(counters, 30, 2_400);

        assertThat(energies())
                .as("500 + half of 600, half of 600 + 300")
                .containsExactly(800L, 600L);
        assertThat(intervals.getFirst().interval().start()).isEqualTo(NOON);
    }

    @Test
    void aCounterThatRollsOverCountsOn() {
        var counters = counters(nothing());

        show(counters, 0, ROLLS_OVER_AT - 300);
        show(counters, 15, 700);

        assertThat(energies()).containsExactly(1_000L);
    }

    @Test
    void aCounterThatWasSetBackCountsNothingUntilTheOwnerSaysSo() {
        var counters = counters(nothing());
        show(counters, 0, 5_000_000);

        show(counters, 15, 100);
        show(counters, 30, 200);
        var silent = List.copyOf(intervals);
        counters.beginAnew();
        show(counters, 45, 300);
        show(counters, 60, 1_300);

        assertThat(silent).isEmpty();
        assertThat(said)
                .anySatisfy(line -> assertThat(line).contains("RUNS_BACKWARDS", "--new-register"));
        assertThat(energies()).containsExactly(1_000L);
    }

    @Test
    void aWrongScaleFactorIsNotCounted() {
        var counters = counters(nothing());
        show(counters, 0, 5_000_000);

        show(counters, 5, 50_000_500);
        show(counters, 20, 50_001_000);
        show(counters, 30, 5_001_000);

        assertThat(energies()).as("only what the right one told").containsExactly(500L, 500L);
        assertThat(said).anySatisfy(line -> assertThat(line).contains("ABOVE_THE_BOUND"));
    }

    @Test
    void aCountThatIsToldInLargeStepsIsTakenWhenItCanHaveFlowed() {
        var counters = counters(nothing());
        show(counters, 0, 1_000);

        show(counters, 1, 1_500); // 500 Wh in a minute are 30 kW
        show(counters, 5, 1_500); // in five they are 6
        show(counters, 15, 1_900);

        assertThat(energies()).containsExactly(900L);
        assertThat(said).noneSatisfy(line -> assertThat(line).contains("ABOVE_THE_BOUND"));
    }

    @Test
    void aNightIsZeros() {
        var counters = counters(nothing());
        show(counters, 0, 1_000);

        show(counters, 600, 1_000);

        assertThat(energies()).hasSize(40).containsOnly(0L);
    }

    @Test
    void whatWasStatedIsNotStatedAgainWhenTheClockWasWrong() {
        var counters = counters(nothing());
        show(counters, 0, 1_000);
        show(counters, 60, 2_000);
        var before = List.copyOf(intervals);

        counters.beginAnewAt(NOON.plus(Duration.ofMinutes(20)));
        show(counters, 20, 2_000);
        show(counters, 60, 3_000);

        assertThat(before).hasSize(4);
        assertThat(intervals.subList(4, intervals.size()))
                .as("from the interval after 12:20 on")
                .extracting(each -> each.interval().start())
                .containsExactly(minute(30), minute(45));
    }

    @Test
    void whatIsKeptGoesOnAsIfNothingHadHappened() {
        var one = counters(nothing());
        show(one, 0, 1_000);
        show(one, 20, 1_600);
        var kept =
                new EdgeState(
                        new UUID(0, 1),
                        null,
                        one.counters(),
                        one.stated(),
                        0,
                        Sha256.NONE.hex(),
                        List.of(),
                        List.of());

        var other = counters(kept);
        show(other, 30, 1_900);

        assertThat(energies()).containsExactly(450L, 450L);
    }

    /// However often it is looked, and wherever the counter rolls over.
    @Seeded
    void theSumOfAllIntervalsIsWhatWasCounted(RandomGenerator random) {
        intervals.clear();
        var counters = counters(nothing());
        long first = ROLLS_OVER_AT - random.nextLong(20_000);
        long counted = 0;
        int minute = 0;
        show(counters, 0, first);

        while (minute < 24 * 60) {
            int step = 1 + random.nextInt(40);
            counted += random.nextLong(MOST_WATTS * step / 60);
            minute += step;
            show(counters, minute, (first + counted) % ROLLS_OVER_AT);
        }
        show(counters, minute - minute % 15 + 15, (first + counted) % ROLLS_OVER_AT);

        assertThat(energies().stream().mapToLong(Long::longValue).sum()).isEqualTo(counted);
    }

    private Counters counters(EdgeState state) {
        return new Counters(state, QUARTER, _ -> MOST_WATTS, said::add);
    }

    private static EdgeState nothing() {
        return new EdgeState(
                new UUID(0, 1),
                null,
                Map.of(),
                Map.of(),
                0,
                Sha256.NONE.hex(),
                List.of(),
                List.of());
    }

    private void show(Counters counters, int minute, long wattHours) {
        var now = minute(minute);
        intervals.addAll(
                counters.take(Count.of(Channel.GENERATION, now, wattHours, ROLLS_OVER_AT), now));
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private List<Long> energies() {
        return intervals.stream().map(IntervalReading::rawWattHours).toList();
    }
}
