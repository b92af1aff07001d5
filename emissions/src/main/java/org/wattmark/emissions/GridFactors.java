package org.wattmark.emissions;

import static org.wattmark.emissions.EmissionFactor.Kind.AVERAGE;
import static org.wattmark.emissions.EmissionFactor.Kind.COMBINED_MARGIN_INTERMITTENT;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wattmark.emissions.CreditingChoice.Forced;
import org.wattmark.emissions.CreditingChoice.Lower;
import org.wattmark.emissions.CreditingChoice.Reason;
import org.wattmark.emissions.CreditingChoice.Refused;
import org.wattmark.units.Canonical;

/// Emission factors of the world's grids, by id and by region.
public final class GridFactors {

    private static final EmissionFactorSet SHIPPED = new EmissionFactorSet("grid-factors", 1);

    private final EmissionFactorSet set;
    private final Map<String, Region> regionsByCode = new TreeMap<>();
    private final Map<String, Region> regionsByAlpha2 = new HashMap<>();
    private final Map<String, EmissionFactor> factorsById = new TreeMap<>();
    private final Map<Region, List<EmissionFactor>> factorsByRegion;

    private GridFactors(
            EmissionFactorSet set, Collection<Region> regions, Collection<EmissionFactor> factors) {
        this.set = set;
        for (var region : regions) {
            putOnce(regionsByCode, region.code(), region);
            region.alpha2().ifPresent(code -> putOnce(regionsByAlpha2, code, region));
        }
        factors.forEach(factor -> putOnce(factorsById, factor.id(), factor));
        factorsByRegion =
                factorsById.values().stream()
                        .collect(Collectors.groupingBy(EmissionFactor::region));
    }

    private static <T> void putOnce(Map<String, T> map, String key, T value) {
        if (map.put(key, value) != null) {
            throw new IllegalArgumentException("stands twice in the table: " + key);
        }
    }

    /// The table that ships with Wattmark: IFI margins of 2021 and Ember averages of 2022 to 2024.
    public static GridFactors shipped() {
        var regions = new HashMap<String, Region>();
        FactorTable.regions().forEach(region -> putOnce(regions, region.code(), region));
        return new GridFactors(SHIPPED, regions.values(), FactorTable.factors(regions));
    }

    /// A table of these factors and of the regions that they are for.
    public static GridFactors of(EmissionFactorSet set, Collection<EmissionFactor> factors) {
        var regions = factors.stream().map(EmissionFactor::region).distinct().toList();
        return new GridFactors(set, regions, factors);
    }

    public EmissionFactorSet set() {
        return set;
    }

    /// SHA-256 over every factor's id, value, year, gases and boundary in order of the ids: equal
    /// for equal tables, whatever order they were written in.
    public byte[] sha256() {
        var content = Canonical.of("wattmark/factor-set/v1").text(set.toString());
        content.number(factorsById.size());
        factorsById.forEach((id, factor) ->
                content.text(id)
                        .decimal(factor.gramsPerKilowattHour())
                        .number(factor.year().getValue())
                        .text(factor.gases().name())
                        .text(factor.boundary().name()));
        return content.sha256();
    }

    /// The region of an ISO 3166-1 code, two letters or three, in any case, or of our own code.
    public Optional<Region> region(String code) {
        var byCode = regionsByCode.get(code.toUpperCase(Locale.ROOT));
        if (byCode != null) {
            return Optional.of(byCode);
        }
        var byAlpha2 = regionsByAlpha2.get(code.toUpperCase(Locale.ROOT));
        if (byAlpha2 != null) {
            return Optional.of(byAlpha2);
        }
        return Optional.ofNullable(regionsByCode.get(code.toLowerCase(Locale.ROOT)));
    }

    /// All regions, in order of their codes.
    public List<Region> regions() {
        return List.copyOf(regionsByCode.values());
    }

    public Optional<EmissionFactor> factor(String id) {
        return Optional.ofNullable(factorsById.get(id));
    }

    /// All factors of a region, in order of their ids.
    public List<EmissionFactor> factorsOf(Region region) {
        return List.copyOf(factorsByRegion.getOrDefault(region, List.of()));
    }

    /// What credits of solar energy in this region use unless a factor is forced: the lower of the
    /// combined margin for intermittent energy and the current average. Both must be known.
    public CreditingChoice forSolarCredits(String regionCode) {
        var region = region(regionCode);
        if (region.isEmpty()) {
            return new Refused(Reason.REGION_UNKNOWN);
        }
        if (region.get().extent() == Region.Extent.GROUP) {
            return new Refused(Reason.REGION_IS_A_GROUP);
        }
        var margin = newest(region.get(), COMBINED_MARGIN_INTERMITTENT);
        if (margin.isEmpty()) {
            return new Refused(Reason.COMBINED_MARGIN_UNKNOWN);
        }
        var average = newest(region.get(), AVERAGE);
        if (average.isEmpty()) {
            return new Refused(Reason.AVERAGE_UNKNOWN);
        }
        return new Lower(margin.get(), average.get());
    }

    /// What the grid of this region emits on average by the newest year that is known: for showing
    /// what a kilowatt-hour avoids at this moment, never for credits.
    public Optional<EmissionFactor> currentAverage(String regionCode) {
        return region(regionCode).flatMap(it -> newest(it, AVERAGE));
    }

    /// The factor of this id, whatever the default would be. Who may force one is not decided here.
    public CreditingChoice forced(String factorId) {
        var factor = factor(factorId);
        if (factor.isEmpty()) {
            return new Refused(Reason.FACTOR_UNKNOWN);
        }
        var region = factor.get().region();
        if (region.extent() == Region.Extent.GROUP) {
            return new Refused(Reason.REGION_IS_A_GROUP);
        }
        var otherwise =
                forSolarCredits(region.code()) instanceof Lower lower
                        ? Optional.of(lower)
                        : Optional.<Lower>empty();
        return new Forced(factor.get(), otherwise);
    }

    /// "Current" is the newest year in the table; of two sources for one year the lower number.
    private Optional<EmissionFactor> newest(Region region, EmissionFactor.Kind kind) {
        return factorsOf(region).stream()
                .filter(factor -> factor.kind() == kind)
                .min(
                        Comparator.comparing(EmissionFactor::year)
                                .reversed()
                                .thenComparing(EmissionFactor::gramsPerKilowattHour));
    }
}
