package org.wattmark.server.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.wattmark.server.client.Stop;
import org.wattmark.testing.SettableClock;

class PaceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LAST_WEEK = NOW.minus(Duration.ofDays(7));

    private final SettableClock clock = new SettableClock(NOW);

    private Pace pace(Instant start, double speed) {
        return new Pace(clock, new Stop(), start, speed);
    }

    @Test
    void sixtyTimesAsFastAnHourIsAMinute() {
        var due = pace(LAST_WEEK, 60).due(LAST_WEEK.plus(Duration.ofHours(1)));

        assertThat(due).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void allAtOnceIsNow() {
        var due = pace(LAST_WEEK, Double.POSITIVE_INFINITY).due(NOW.minusSeconds(900));

        assertThat(due).isEqualTo(NOW);
    }

    @Test
    void whatLiesInTheFutureWaitsHoweverFastItGoes() {
        var tomorrow = NOW.plus(Duration.ofDays(1));

        assertThat(pace(LAST_WEEK, 1_000_000).due(tomorrow)).isEqualTo(tomorrow);
        assertThat(pace(LAST_WEEK, Double.POSITIVE_INFINITY).due(tomorrow)).isEqualTo(tomorrow);
    }

    @Test
    void whoIsToldToEndWaitsNoMore() throws InterruptedException {
        var stop = new Stop();
        stop.now();

        assertThat(new Pace(clock, stop, NOW, 1).await(NOW.plus(Duration.ofDays(1)))).isFalse();
        assertThat(pace(LAST_WEEK, 1e9).await(NOW.minusSeconds(900))).isTrue();
    }
}
