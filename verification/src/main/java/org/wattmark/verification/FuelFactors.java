package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wattmark.emissions.ActivityFactor;
import org.wattmark.emissions.ActivityUnit.Dimension;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.verification.MethodologyFinding.Code;

/// Factors of fuels that are burned, from the tables that inventories use: burning is burning,
/// whether it is reported or saved. Factors of waste, which inventories count without the material
/// that recycling spares, are not fuels and are refused here.
final class FuelFactors {

    /// Headings of the tables under which fuels stand: DESNZ, and the US EPA Hub's table 1.
    private static final List<String> FUELS = List.of("fuels/", "stationary combustion/");

    private FuelFactors() {}

    /// Cites a fuel's factor; nothing where a finding rejects it.
    ///
    /// @param role under which it is cited, such as `baseline fuel`
    static Optional<ActivityFactor> cite(
            Worksheet sheet, FactorLibraries libraries, Reported reported, String role, String id) {
        var wanted = libraries.cited(role).orElse(id);
        var factor = libraries.activities().factor(wanted).filter(it -> isFuel(it.path()));
        var shown = inputs("requested", wanted, "region", reported.region());
        factor.ifPresent(it -> shown.put("value", plain(it.kilogramsPerUnit()) + unit(it)));
        sheet.judge(
                Code.FACTOR,
                shown,
                "a fuel of the table, of an edition for the region and the vintages",
                factor.isEmpty()
                        ? Outcome.REJECT
                        : isOf(factor.get(), reported, sheet) ? Outcome.INFO : Outcome.HOLD,
                factor.isEmpty()
                        ? "the id of a fuel's factor"
                        : "a person's word for an edition of another region or year");
        factor.ifPresent(it ->
                sheet.cite(
                        new CitedFactor(
                                role,
                                libraries.activities().set().toString(),
                                it.id(),
                                it.kilogramsPerUnit(),
                                unit(it).strip(),
                                it.source().line() + ": " + it.path())));
        return factor;
    }

    private static String unit(ActivityFactor factor) {
        return " kg/" + factor.unit().symbol();
    }

    private static boolean isFuel(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        return FUELS.stream().anyMatch(lower::startsWith);
    }

    private static boolean isOf(ActivityFactor factor, Reported reported, Worksheet sheet) {
        var source = factor.source();
        boolean years =
                sheet.byTime().time().keySet().stream()
                        .allMatch(it -> !it.isBefore(source.first()) && !it.isAfter(source.last()));
        return years && source.region().map(reported.region()::equals).orElse(true);
    }

    static boolean isForEnergy(ActivityFactor factor) {
        return factor.unit().dimension() == Dimension.ENERGY;
    }

    /// Grams for so many joules, as a fraction: multiply by the first, divide by the second.
    static BigDecimal grams(ActivityFactor factor, BigDecimal joules) {
        return joules.multiply(factor.kilogramsPerUnit()).movePointRight(3);
    }
}
