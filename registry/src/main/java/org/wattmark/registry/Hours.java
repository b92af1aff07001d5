package org.wattmark.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.wattmark.units.Period;

/// Hours of the clock in UTC, which is what a granular certificate is of.
public final class Hours {

    public static final Duration ONE = Duration.ofHours(1);

    private Hours() {}

    public static boolean isStart(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.HOURS));
    }

    static boolean areWhole(Period period) {
        return isStart(period.start()) && isStart(period.end());
    }

    /// The hour that starts then.
    public static Period at(Instant start) {
        return Period.starting(start, ONE);
    }

    /// The starts of all hours of a period of whole ones.
    static List<Instant> of(Period period) {
        var starts = new ArrayList<Instant>();
        for (var at = period.start(); at.isBefore(period.end()); at = at.plus(ONE)) {
            starts.add(at);
        }
        return starts;
    }

    /// Joins hours that follow each other into runs.
    public static List<Period> runs(SortedSet<Instant> starts) {
        var runs = new ArrayList<Period>();
        for (var start : starts) {
            if (!runs.isEmpty() && runs.getLast().end().equals(start)) {
                var before = runs.removeLast();
                runs.add(new Period(before.start(), start.plus(ONE)));
            } else {
                runs.add(at(start));
            }
        }
        return runs;
    }
}
