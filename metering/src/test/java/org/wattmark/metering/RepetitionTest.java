package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RepetitionTest {

    private static final double NOTHING = 10;
    private static final double FINE = 0.1;

    @Test
    void aRunOfOneNumberIsCountedAboveTheThresholdOnly() {
        double[] watts = {0, 0, 0, 0, 500, 500, 500, 700, 0};

        assertThat(Repetition.stuck(watts, NOTHING)).isEqualTo(3);
        assertThat(Repetition.pairs(watts, NOTHING)).isEqualTo(2);
    }

    @Test
    void aStraightLineIsCountedAndALevelOneIsNot() {
        double[] watts = {100, 200, 300, 400, 400, 400, 250};

        assertThat(Repetition.straight(watts, NOTHING, FINE)).isEqualTo(2);
    }

    @Test
    void aReplayIsFoundThoughItWasMoved() {
        double[] day = {0, 0, 310, 470, 630, 20, 0};
        double[] other = {0, 310, 470, 630, 25, 0, 0};

        assertThat(Repetition.replayed(day, other, -1, NOTHING)).isEqualTo(3);
        assertThat(Repetition.replayed(day, other, 0, NOTHING)).isZero();
    }

    @Test
    void aMultipleIsFoundWithinItsRounding() {
        double[] day = {0, 124.9, 251.3, 373.1, 100};
        double[] other = {0, 99.9, 201, 298.5, 200};

        assertThat(Repetition.scaled(day, other, NOTHING, FINE)).isEqualTo(3);
    }

    @Test
    void likenessIsOfRatiosAndNotOfLevels() {
        double[] day = {100, 200, 300, 400, 500, 400, 300, 200, 100};
        double[] twice = {200, 400, 600, 800, 1_000, 800, 600, 400, 200};
        double[] another = {100, 300, 200, 500, 400, 100, 400, 100, 300};

        assertThat(Repetition.likeness(day, twice, NOTHING))
                .isCloseTo(-Math.log(0.005), within(1e-9))
                .isGreaterThan(Repetition.likeness(day, another, NOTHING) + 3);
    }

    @Test
    void oneCommonGapInTheCloudsIsNoEcho() {
        double[] day = {0.5, 0.52, 0.49, 0.53, 1.0, 0.5, 0.54, 0.5, 0.55, 0.5};
        double[] other = {0.5, 0.49, 0.53, 0.5, 1.0, 0.5, 0.48, 0.52, 0.47, 0.52};

        assertThat(Repetition.echo(day, day)).isCloseTo(1, within(1e-9));
        assertThat(Repetition.echo(day, other)).isLessThan(0.7);
    }
}
