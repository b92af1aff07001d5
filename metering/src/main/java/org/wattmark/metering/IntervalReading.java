package org.wattmark.metering;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// What a meter says about one interval.
///
/// @param rawWattHours as the meter sent it, in Wh, and kept so: an inverter that waits in the
///   night draws power and says a negative number
public record IntervalReading(Period interval, long rawWattHours)
        implements Comparable<IntervalReading> {

    /// What some loggers write where they have no value.
    public static final long NO_DATA = -1_000_000;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(1);

    public IntervalReading {
        if (interval.start().isBefore(EARLIEST) || interval.end().isAfter(LATEST)) {
            throw new IllegalArgumentException("an interval lies in the years 2000 to 2199");
        }
        if (!isWholeSecond(interval.start()) || !isWholeSecond(interval.end())) {
            throw new IllegalArgumentException("an interval starts and ends on whole seconds");
        }
        if (interval.length().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an interval is a day at the longest");
        }
    }

    private static boolean isWholeSecond(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    /// What counts of the reading: a negative number counts as nothing.
    public Energy energy() {
        return new Energy(Math.max(0, rawWattHours));
    }

    @Override
    public int compareTo(IntervalReading other) {
        int byInterval = interval.compareTo(other.interval);
        return byInterval != 0 ? byInterval : Long.compare(rawWattHours, other.rawWattHours);
    }
}
