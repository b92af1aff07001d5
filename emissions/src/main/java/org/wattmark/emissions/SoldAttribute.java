package org.wattmark.emissions;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Energy;

/// Clean energy that the firm made, used itself, and sold the attribute of, as a credit or as a
/// certificate. The buyer has the claim, so here it counts like energy of the grid.
///
/// @param id of the claim or sale
/// @param what which claim or sale it went to
public record SoldAttribute(
        UUID id, Region market, Optional<String> grid, Energy energy, String what) {}
