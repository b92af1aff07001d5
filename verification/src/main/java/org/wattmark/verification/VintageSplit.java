package org.wattmark.verification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// How much of a monitoring period lies in each civil year of the site's zone: what is reported as
/// one sum for the period belongs to its vintages by time.
record VintageSplit(SortedMap<Year, Duration> time) {

    VintageSplit {
        time = Collections.unmodifiableSortedMap(new TreeMap<>(time));
    }

    static VintageSplit of(Period period, ZoneId zone) {
        var parts = new TreeMap<Year, Duration>();
        var from = period.start();
        while (from.isBefore(period.end())) {
            var year = Year.from(from.atZone(zone));
            var next = year.plusYears(1).atDay(1).atStartOfDay(zone).toInstant();
            var to = next.isBefore(period.end()) ? next : period.end();
            parts.put(year, Duration.between(from, to));
            from = to;
        }
        return new VintageSplit(parts);
    }

    /// Parts that sum to the whole: each but the last is rounded down at the last place, and the
    /// last takes what is left.
    SortedMap<Year, BigDecimal> of(BigDecimal total) {
        return of(total, Worksheet.PLACES);
    }

    SortedMap<Year, Energy> of(Energy total) {
        var parts = new TreeMap<Year, Energy>();
        of(BigDecimal.valueOf(total.wattHours()), 0)
                .forEach((year, part) -> parts.put(year, new Energy(part.longValueExact())));
        return parts;
    }

    private SortedMap<Year, BigDecimal> of(BigDecimal total, int places) {
        var whole = nanos(time.values().stream().reduce(Duration.ZERO, Duration::plus));
        var parts = new TreeMap<Year, BigDecimal>();
        var left = total;
        for (var part : time.entrySet()) {
            boolean last = part.getKey().equals(time.lastKey());
            var share =
                    last
                            ? left
                            : total.multiply(nanos(part.getValue()))
                                    .divide(whole, places, RoundingMode.FLOOR);
            parts.put(part.getKey(), share);
            left = left.subtract(share);
        }
        return parts;
    }

    private static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos());
    }
}
