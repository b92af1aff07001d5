package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactor.Kind;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.verification.MethodologyFinding.Code;

/// Which factor of a grid saved electricity is counted by: the lower of the combined margin for
/// efficiency (1/3 operating + 2/3 build, as in TOOL07 and the IFI table) and the current average.
/// The lower of two numbers with different boundaries is a conservative policy of Wattmark; both
/// are shown. There is no global default.
final class GridElectricity {

    static final String ROLE = "grid";
    static final String UNIT = "g/kWh";

    private static final Set<Kind> KINDS = Set.of(Kind.COMBINED_MARGIN_FIRM, Kind.AVERAGE);

    private GridElectricity() {}

    /// The factor in g/kWh, cited and judged; nothing where a finding rejects.
    ///
    /// @param requested the id of the factor to use in place of the default
    static Optional<BigDecimal> gramsPerKilowattHour(
            Worksheet sheet,
            FactorLibraries libraries,
            String regionCode,
            Optional<String> requested) {
        var grid = libraries.grid();
        var region = grid.region(regionCode).filter(it -> it.extent() == Region.Extent.TERRITORY);
        var margin = region.flatMap(it -> newest(grid, it, Kind.COMBINED_MARGIN_FIRM));
        var average = region.flatMap(it -> newest(grid, it, Kind.AVERAGE));
        var standard = lower(margin, average);
        var wanted = libraries.cited(ROLE).or(() -> requested);
        var chosen =
                wanted.isPresent()
                        ? grid.factor(wanted.get()).filter(factor -> KINDS.contains(factor.kind()))
                        : standard;
        var shown = inputs("region", regionCode, "requested", wanted.orElse("default"));
        margin.ifPresent(factor -> shown.put("margin", describe(factor)));
        average.ifPresent(factor -> shown.put("average", describe(factor)));
        chosen.ifPresent(factor -> shown.put("used", describe(factor)));
        sheet.judge(
                Code.FACTOR,
                shown,
                "the lower of margin and average, or requested of the region and no higher",
                outcome(chosen, standard, region),
                chosen.isEmpty()
                        ? "a region and a factor that the table knows"
                        : "a person's word for the higher or foreign factor");
        chosen.ifPresent(factor -> sheet.cite(cited(grid, factor)));
        return chosen.map(EmissionFactor::gramsPerKilowattHour);
    }

    private static Outcome outcome(
            Optional<EmissionFactor> chosen,
            Optional<EmissionFactor> standard,
            Optional<Region> region) {
        if (chosen.isEmpty()) {
            return Outcome.REJECT;
        }
        boolean ofTheRegion = region.isPresent() && region.get().equals(chosen.get().region());
        boolean noHigher =
                standard.isPresent()
                        && chosen.get()
                                        .gramsPerKilowattHour()
                                        .compareTo(standard.get().gramsPerKilowattHour())
                                <= 0;
        return ofTheRegion && noHigher ? Outcome.INFO : Outcome.HOLD;
    }

    private static Optional<EmissionFactor> lower(
            Optional<EmissionFactor> margin, Optional<EmissionFactor> average) {
        if (margin.isEmpty() || average.isEmpty()) {
            return Optional.empty(); // the lower of the two cannot be told
        }
        return average.get().gramsPerKilowattHour().compareTo(margin.get().gramsPerKilowattHour())
                        < 0
                ? average
                : margin;
    }

    private static Optional<EmissionFactor> newest(GridFactors grid, Region region, Kind kind) {
        return grid.factorsOf(region).stream()
                .filter(factor -> factor.kind() == kind)
                .min(
                        Comparator.comparing(EmissionFactor::year)
                                .reversed()
                                .thenComparing(EmissionFactor::gramsPerKilowattHour));
    }

    private static String describe(EmissionFactor factor) {
        return factor.id()
                + " "
                + plain(factor.gramsPerKilowattHour())
                + " g/kWh "
                + factor.gases()
                + " "
                + factor.boundary();
    }

    static CitedFactor cited(GridFactors grid, EmissionFactor factor) {
        var source = factor.source();
        return new CitedFactor(
                ROLE,
                grid.set().toString(),
                factor.id(),
                factor.gramsPerKilowattHour(),
                UNIT,
                source.document() + ", " + source.edition() + ", " + source.table());
    }
}
