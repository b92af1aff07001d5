package org.wattmark.emissions;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Share;

/// A place that an inventory covers.
///
/// @param grid the eGRID subregion of a site in the United States
/// @param operated whether the firm runs it
/// @param controlled whether the firm directs its finances
/// @param equity which share of it the firm owns
public record ReportingSite(
        UUID id,
        String name,
        Region region,
        Optional<String> grid,
        boolean operated,
        boolean controlled,
        Share equity) {}
