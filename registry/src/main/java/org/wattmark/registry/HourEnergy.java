package org.wattmark.registry;

import java.time.Instant;
import org.wattmark.units.Energy;

/// What was metered in a whole hour.
///
/// @param hour its start, UTC
public record HourEnergy(Instant hour, Energy energy) {}
