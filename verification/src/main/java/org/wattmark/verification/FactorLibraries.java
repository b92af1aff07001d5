package org.wattmark.verification;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wattmark.emissions.ActivityFactors;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.WarmFactors;

/// The tables that methodologies take their factors from, and which of them a statement has named:
/// what is named is taken, whatever the default would be by now.
public final class FactorLibraries {

    private final GridFactors grid;
    private final ActivityFactors activities;
    private final WarmFactors warm;
    private final Map<String, String> idsByRole;

    private FactorLibraries(
            GridFactors grid,
            ActivityFactors activities,
            WarmFactors warm,
            Map<String, String> idsByRole) {
        this.grid = grid;
        this.activities = activities;
        this.warm = warm;
        this.idsByRole = idsByRole;
    }

    public static FactorLibraries of(
            GridFactors grid, ActivityFactors activities, WarmFactors warm) {
        return new FactorLibraries(grid, activities, warm, Map.of());
    }

    /// The tables that ship with Wattmark.
    public static FactorLibraries shipped() {
        return of(GridFactors.shipped(), ActivityFactors.shipped(), WarmFactors.shipped());
    }

    /// The same tables, from which what a statement cites is taken by its name.
    FactorLibraries asCited(Collection<CitedFactor> factors) {
        var ids = new TreeMap<String, String>();
        factors.forEach(factor -> ids.put(factor.role(), factor.id()));
        return new FactorLibraries(grid, activities, warm, ids);
    }

    GridFactors grid() {
        return grid;
    }

    ActivityFactors activities() {
        return activities;
    }

    WarmFactors warm() {
        return warm;
    }

    /// The id that a statement has for this role.
    Optional<String> cited(String role) {
        return Optional.ofNullable(idsByRole.get(role));
    }
}
