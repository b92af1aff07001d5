package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;

class DigitsTest {

    @Test
    void theGridIsTheCoarsestOnWhichTheNumbersLie() {
        assertThat(Digits.grid(multiplesOf(300))).isEqualTo(300);
        assertThat(Digits.grid(multiplesOf(2))).isEqualTo(2);
        assertThat(Digits.grid(multiplesOf(0.1))).isEqualTo(0.1);
    }

    @Test
    void scalingLeavesTheGrid() {
        var watts = IntStream.range(1, 30).mapToDouble(i -> 125 * i * 1.07).toArray();

        assertThat(Digits.offGrid(watts, 125)).isGreaterThan(0.9);
        assertThat(Digits.offGrid(multiplesOf(125), 125)).isZero();
    }

    /// 27.9 is exceeded by one in a thousand of even digits (χ², nine degrees of freedom).
    @Seeded(worlds = 50)
    void anInstrumentsLastDigitsAreEven(RandomGenerator random) {
        var watts = random.doubles(200, 100, 5_000).map(w -> Math.rint(w * 10) / 10).toArray();

        assertThat(Digits.unevenness(watts)).isLessThan(45);
    }

    @Test
    void inventedDigitsAreNot() {
        var watts = IntStream.range(1, 30).mapToDouble(i -> 137 * i - 137 * i % 10 + 7).toArray();

        assertThat(Digits.unevenness(watts)).isGreaterThan(100);
    }

    private static double[] multiplesOf(double grid) {
        return IntStream.range(1, 40).mapToDouble(i -> grid * (7 * i % 31 + 1)).toArray();
    }
}
