package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Period;

class CoverageTest {

    @Test
    void periodsThatTouchBecomeOne() {
        var coverage = Coverage.NONE.plus(hours(2, 3)).plus(hours(0, 1)).plus(hours(1, 2));

        assertThat(coverage.ranges()).containsExactly(hours(0, 3));
        assertThat(coverage.contains(hours(0, 3))).isTrue();
        assertThat(coverage.overlaps(hours(3, 4))).isFalse();
    }

    @Test
    void readsWhatPostgresPrints() {
        var printed =
                "{[\"2016-07-01 00:00:00-07\",\"2016-07-01 00:15:00-07\"),"
                        + "[\"2016-07-02 12:30:00+05:30\",\"2016-07-02 07:15:00.5+00\")}";

        var coverage = Coverage.parse(printed);

        assertThat(coverage)
                .hasToString(
                        "{[2016-07-01T07:00:00Z,2016-07-01T07:15:00Z),"
                                + "[2016-07-02T07:00:00Z,2016-07-02T07:15:00.500Z)}");
        assertThat(Coverage.parse(coverage.toString())).isEqualTo(coverage);
        assertThat(Coverage.parse("{}")).isEqualTo(Coverage.NONE);
    }

    @Test
    void readsAsManyRangesAsAMeterHasGaps() {
        var coverage =
                Coverage.of(
                        IntStream.range(0, 20_000).mapToObj(i -> hours(2 * i, 2 * i + 1)).toList());

        assertThat(Coverage.parse(coverage.toString())).isEqualTo(coverage);
    }

    @Test
    void refusesWhatIsNoSetOfHalfOpenRanges() {
        assertThatThrownBy(() -> Coverage.parse("{[2016-07-01T07:00:00Z,)}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Coverage.parse("{[2016-07-01T07:00:00Z,2016-07-01T08:00:00Z),}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Coverage.parse("{[2016-07-01,2016-07-02)}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Seeded
    void coversExactlyWhatWasAdded(RandomGenerator random) {
        var coverage = Coverage.NONE;
        var covered = new BitSet();
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(100);
            int to = from + 1 + random.nextInt(8);
            coverage = coverage.plus(hours(from, to));
            covered.set(from, to);
        }

        for (int hour = 0; hour < 110; hour++) {
            assertThat(coverage.overlaps(hours(hour, hour + 1))).isEqualTo(covered.get(hour));
            assertThat(coverage.contains(hours(hour, hour + 2)))
                    .isEqualTo(covered.get(hour) && covered.get(hour + 1));
        }
        assertThat(Coverage.parse(coverage.toString())).isEqualTo(coverage);
    }

    @Seeded
    void whatIsTakenAwayIsNotCoveredAndTheRestIs(RandomGenerator random) {
        var coverage = Coverage.NONE;
        var away = Coverage.NONE;
        var covered = new BitSet();
        var gone = new BitSet();
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(100);
            int to = from + 1 + random.nextInt(8);
            if (random.nextBoolean()) {
                coverage = coverage.plus(hours(from, to));
                covered.set(from, to);
            } else {
                away = away.plus(hours(from, to));
                gone.set(from, to);
            }
        }

        var left = coverage.minus(away);

        covered.andNot(gone);
        for (int hour = 0; hour < 110; hour++) {
            assertThat(left.overlaps(hours(hour, hour + 1))).isEqualTo(covered.get(hour));
        }
        assertThat(left).isEqualTo(Coverage.of(left.ranges()));
    }

    private static Period hours(int from, int to) {
        var start = Instant.parse("2026-03-01T00:00:00Z");
        return new Period(start.plusSeconds(3_600L * from), start.plusSeconds(3_600L * to));
    }
}
