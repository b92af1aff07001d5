package org.wattmark.metering;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.units.Period;

/// Readings that nobody measured, day by day: the same day is always told in the same way.
public interface SimulatedReadings {

    /// All intervals of one day in UTC, in their order.
    List<IntervalReading> day(LocalDate date);

    /// The readings of all intervals that lie wholly in the period.
    default List<IntervalReading> readings(Period period) {
        var readings = new ArrayList<IntervalReading>();
        var day = LocalDate.ofInstant(period.start(), ZoneOffset.UTC);
        while (day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(period.end())) {
            for (var reading : day(day)) {
                if (period.contains(reading.interval())) {
                    readings.add(reading);
                }
            }
            day = day.plusDays(1);
        }
        return readings;
    }
}
