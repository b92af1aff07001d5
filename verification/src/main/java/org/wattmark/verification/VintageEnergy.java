package org.wattmark.verification;

import java.time.Year;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// The energy of one vintage: the civil year, in the site's zone, in which it was generated.
public record VintageEnergy(Year vintage, Energy energy) {

    /// The energy of one metered interval.
    public record Metered(Period interval, Energy energy) {}

    /// Sums intervals by vintage, oldest first. An interval belongs to the year in which it starts.
    /// What is not here was not metered, and counts as nothing.
    public static List<VintageEnergy> byCivilYear(Collection<Metered> intervals, ZoneId zone) {
        var sums = new TreeMap<Year, Energy>();
        for (var metered : intervals) {
            var year = Year.from(metered.interval().start().atZone(zone));
            sums.merge(year, metered.energy(), Energy::plus);
        }
        return sums.entrySet().stream()
                .map(sum -> new VintageEnergy(sum.getKey(), sum.getValue()))
                .toList();
    }
}
