package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.SortedMap;
import org.wattmark.units.Energy;

/// Consumption against clean energy of the same hour: what was made at noon covers nothing at
/// night. Of the certificates that a firm has retired, the market-based total takes what is matched
/// here, and what can only be matched by the year.
///
/// @param consumed in the hours of which it is known
/// @param clean in all hours
/// @param matched for each hour of which consumption is known the lesser of both, summed
/// @param withoutData clean energy of hours of which nobody knows the consumption: it counts by the
///   year, as GHG Protocol's Scope 2 Guidance (2015) has it for all certificates
public record HourlyMatch(Energy consumed, Energy clean, Energy matched, Energy withoutData) {

    /// @param consumption by the start of the hour; an hour that is missing is unknown
    /// @param clean by the start of the hour
    public static HourlyMatch of(
            SortedMap<Instant, Energy> consumption, SortedMap<Instant, Energy> clean) {
        var matched = Energy.ZERO;
        var withoutData = Energy.ZERO;
        for (var hour : clean.entrySet()) {
            var made = hour.getValue();
            var used = consumption.get(hour.getKey());
            if (used == null) {
                withoutData = withoutData.plus(made);
            } else {
                matched = matched.plus(made.compareTo(used) < 0 ? made : used);
            }
        }
        return new HourlyMatch(
                Energy.sum(consumption.values()), Energy.sum(clean.values()), matched, withoutData);
    }

    /// Clean energy of hours in which less was used: it covers nothing.
    public Energy beyond() {
        return clean.minus(matched).minus(withoutData);
    }

    /// Which part of the consumption is matched, in per cent with one place, rounded down: nobody
    /// is shown better than he is.
    public BigDecimal percent() {
        if (consumed.isZero()) {
            return BigDecimal.ZERO.setScale(1);
        }
        return BigDecimal.valueOf(matched.wattHours())
                .movePointRight(2)
                .divide(BigDecimal.valueOf(consumed.wattHours()), 1, RoundingMode.DOWN);
    }
}
