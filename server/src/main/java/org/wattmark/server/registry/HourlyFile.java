package org.wattmark.server.registry;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.HourlyGridFactors;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.HourlyEvidence;
import org.wattmark.verification.VintageEnergy;

/// What a statement by the hour was made of, as its file has it: the whole table, since the
/// statement names it by the digest over all of it, and every interval.
///
/// @param name of the table
record HourlyFile(
        String name,
        int version,
        String region,
        EmissionFactor.Gases gases,
        EmissionFactor.Boundary boundary,
        String source,
        List<Hour> hours,
        List<Interval> intervals) {

    /// @param grams for a kilowatt-hour, exact
    record Hour(Instant start, String grams) {}

    record Interval(Instant start, long seconds, Energy energy) {}

    static HourlyFile of(HourlyGridFactors table, List<VintageEnergy.Metered> metered) {
        return new HourlyFile(
                table.set().name(),
                table.set().version(),
                table.region().code(),
                table.gases(),
                table.boundary(),
                table.source().document(),
                table.gramsPerKilowattHour().entrySet().stream()
                        .map(each -> new Hour(each.getKey(), each.getValue().toPlainString()))
                        .toList(),
                metered.stream()
                        .map(each ->
                                new Interval(
                                        each.interval().start(),
                                        each.interval().length().toSeconds(),
                                        each.energy()))
                        .toList());
    }

    /// @throws IllegalArgumentException if it is no such table
    HourlyEvidence toEvidence(GridFactors grids) {
        var grams = new TreeMap<Instant, BigDecimal>();
        hours.forEach(each -> grams.put(each.start(), new BigDecimal(each.grams())));
        var set = new EmissionFactorSet(name, version);
        var known =
                grids.region(region)
                        .orElseThrow(() -> new IllegalArgumentException("region " + region));
        var table =
                new HourlyGridFactors(
                        set, known, gases, boundary, HourlyFactorSets.source(source, set), grams);
        return new HourlyEvidence(
                table,
                intervals.stream()
                        .map(each ->
                                new VintageEnergy.Metered(
                                        Period.starting(
                                                each.start(), Duration.ofSeconds(each.seconds())),
                                        each.energy()))
                        .toList());
    }
}
