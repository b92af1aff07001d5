package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.SortedMap;
import org.wattmark.units.Energy;

/// Consumption against clean energy of the same hour: what was made at noon covers nothing at
/// night. It is shown beside the market-based total and changes none.
///
/// @param matched for each hour the lesser of both, summed
public record HourlyMatch(Energy consumed, Energy clean, Energy matched) {

    /// @param consumption by the start of the hour
    /// @param clean by the start of the hour
    public static HourlyMatch of(
            SortedMap<Instant, Energy> consumption, SortedMap<Instant, Energy> clean) {
        var matched = Energy.ZERO;
        for (var hour : consumption.entrySet()) {
            var made = clean.getOrDefault(hour.getKey(), Energy.ZERO);
            matched = matched.plus(made.compareTo(hour.getValue()) < 0 ? made : hour.getValue());
        }
        return new HourlyMatch(
                Energy.sum(consumption.values()), Energy.sum(clean.values()), matched);
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
