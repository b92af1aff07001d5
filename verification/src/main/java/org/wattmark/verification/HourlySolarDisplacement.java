package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.HourlyGridFactors;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.VintageEnergy.Metered;

/// "Wattmark solar displacement, AMS-I.F style", version 2: each hour's generation by that hour's
/// factor where an operator has loaded hourly factors, and never more than version 1 would credit
/// by the annual factor. `docs/methodologies/solar-hourly.md` has the rules and the worked example.
///
/// For each vintage `ER = min(Σ EGh × EFh, EG × EF) − meter class`
public final class HourlySolarDisplacement {

    public static final MethodologyId ID = new MethodologyId("solar-displacement", 2);

    /// What a statement calls the table of hourly factors.
    static final String ROLE = "grid by the hour";

    private static final Duration HOUR = Duration.ofHours(1);

    private HourlySolarDisplacement() {}

    /// What one vintage came to both ways.
    ///
    /// @param hourly Σ EGh × EFh in g; an hour without a factor, or an interval that is longer than
    ///   an hour, counts as nothing
    /// @param annual EG × EF in g
    /// @param withoutFactor energy of hours that no factor is known for
    public record Compared(
            Year vintage,
            Energy energy,
            BigDecimal hourly,
            BigDecimal annual,
            Energy withoutFactor) {

        /// The lower of the two, which is what is credited.
        public BigDecimal credited() {
            return hourly.min(annual);
        }
    }

    /// @param hourlyTable digest of the hourly table that was used
    /// @param vintages oldest first
    public record Result(
            Reduction reduction, CitedFactor annual, Sha256 hourlyTable, List<Compared> vintages) {

        public Result {
            vintages = List.copyOf(vintages);
        }
    }

    /// @param annual what version 1 would credit by
    /// @param carriedIn what the project's statement before left of each vintage, in g
    public static Result quantify(
            Collection<Metered> intervals,
            HourlyGridFactors hourly,
            EmissionFactor annual,
            MeterClass meterClass,
            ZoneId zone,
            Map<Year, BigDecimal> carriedIn) {
        if (!SolarDisplacement.KINDS.contains(annual.kind())) {
            throw new IllegalArgumentException(ID + " does not credit by " + annual.id());
        }
        if (!hourly.region().equals(annual.region())) {
            throw new IllegalArgumentException(
                    "hourly factors are of " + hourly.region() + ", not of " + annual.region());
        }
        var vintages = compare(intervals, hourly, annual, zone);
        var lines =
                vintages.stream()
                        .map(it ->
                                line(
                                        it,
                                        meterClass,
                                        carriedIn.getOrDefault(it.vintage(), BigDecimal.ZERO)))
                        .toList();
        return new Result(
                new Reduction(lines), cited(annual), Sha256.ofDigest(hourly.sha256()), vintages);
    }

    /// Whether the hours tell of all of this energy, for the grid of the annual factor. With less
    /// they would credit less than was avoided, so version 1 stays.
    static boolean covers(
            Collection<Metered> intervals, HourlyGridFactors hourly, EmissionFactor annual) {
        return hourly.region().equals(annual.region())
                && intervals.stream()
                        .filter(each -> !each.energy().isZero())
                        .allMatch(each -> {
                            var start = each.interval().start();
                            return hourly.at(start).isPresent() && liesInOneHour(each, start);
                        });
    }

    /// The table as a statement names it: by its digest, with how many hours it has.
    static CitedFactor cited(HourlyGridFactors table) {
        return new CitedFactor(
                ROLE,
                table.set().toString(),
                Sha256.ofDigest(table.sha256()).hex(),
                BigDecimal.valueOf(table.gramsPerKilowattHour().size()),
                "hours",
                "");
    }

    private static List<Compared> compare(
            Collection<Metered> intervals,
            HourlyGridFactors hourly,
            EmissionFactor annual,
            ZoneId zone) {
        var grams = new TreeMap<Year, BigDecimal>();
        var without = new TreeMap<Year, Energy>();
        for (var metered : intervals) {
            var start = metered.interval().start();
            var year = Year.from(start.atZone(zone));
            var factor = hourly.at(start);
            if (factor.isPresent() && liesInOneHour(metered, start)) {
                Worksheet.add(grams, year, factor.get().multiply(metered.energy().kilowattHours()));
            } else {
                without.merge(year, metered.energy(), Energy::plus);
            }
        }
        var compared = new ArrayList<Compared>();
        for (var part : VintageEnergy.byCivilYear(intervals, zone)) {
            compared.add(
                    new Compared(
                            part.vintage(),
                            part.energy(),
                            grams.getOrDefault(part.vintage(), BigDecimal.ZERO),
                            annual.gramsFor(part.energy()),
                            without.getOrDefault(part.vintage(), Energy.ZERO)));
        }
        return compared;
    }

    private static boolean liesInOneHour(Metered metered, Instant start) {
        var end = start.truncatedTo(ChronoUnit.HOURS).plus(HOUR);
        return !metered.interval().end().isAfter(end);
    }

    /// As version 1 rounds: the deduction up and at most what there is, what is issued down.
    private static Reduction.Line line(
            Compared compared, MeterClass meterClass, BigDecimal carriedIn) {
        var gross = compared.credited();
        var available = gross.add(carriedIn);
        var wholeGrams = Co2e.floor(available);
        var wanted = Co2e.ceiling(gross.multiply(meterClass.deduction().fraction()));
        var deduction = wanted.compareTo(wholeGrams) <= 0 ? wanted : wholeGrams;
        return new Reduction.Line(
                compared.vintage(),
                compared.energy(),
                gross,
                carriedIn,
                deduction,
                wholeGrams.minus(deduction),
                available.subtract(BigDecimal.valueOf(wholeGrams.grams())));
    }

    private static CitedFactor cited(EmissionFactor annual) {
        return new CitedFactor(
                GridElectricity.ROLE,
                annual.source().id(),
                annual.id(),
                annual.gramsPerKilowattHour(),
                GridElectricity.UNIT,
                annual.source().document() + ", " + annual.source().edition());
    }
}
