package org.wattmark.units;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time in UTC, half-open: it holds its start and not its end. A metered interval, a
/// monitoring period and a crediting period are all one.
public record Period(Instant start, Instant end) implements Comparable<Period> {

    public Period {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "a period ends after it starts, not " + start + " to " + end);
        }
    }

    public static Period starting(Instant start, Duration length) {
        return new Period(start, start.plus(length));
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    public boolean contains(Period other) {
        return !other.start.isBefore(start) && !other.end.isAfter(end);
    }

    /// Whether some instant lies in both. Periods that only touch do not overlap.
    public boolean overlaps(Period other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    @Override
    public int compareTo(Period other) {
        int byStart = start.compareTo(other.start);
        return byStart != 0 ? byStart : end.compareTo(other.end);
    }

    /// `[2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z)`
    @Override
    public String toString() {
        return "[" + start + ", " + end + ")";
    }
}
