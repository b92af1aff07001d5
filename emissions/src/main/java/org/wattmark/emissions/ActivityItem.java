package org.wattmark.emissions;

import java.util.List;
import java.util.Optional;

/// One thing that a bill may be for, such as natural gas, and where the publications list it.
///
/// @param code stable: `natural-gas`; a row that we have no word for has its publication's path
/// @param aliases what people also call it, in lower case
/// @param desnz its path in the UK factors
/// @param epa its path in the US factors; `grid` where the subregion decides, `gwp:…` where a
///   warming potential is all there is to it
/// @param upstream paths of what was emitted to make and bring it
/// @param biogenic the path of its CO₂ outside of scopes
/// @param energy the path that tells the energy in it, where its own does not
public record ActivityItem(
        String code,
        ActivityKind kind,
        Category category,
        String name,
        List<String> aliases,
        Optional<String> desnz,
        Optional<String> epa,
        List<String> upstream,
        Optional<String> biogenic,
        Optional<String> energy) {

    static final String GRID = "grid";
    static final String POTENTIAL = "gwp:";

    public ActivityItem {
        aliases = List.copyOf(aliases);
        upstream = List.copyOf(upstream);
    }

    @Override
    public String toString() {
        return code;
    }
}
