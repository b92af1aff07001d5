package org.wattmark.registry;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.units.Co2e;

/// A block that was divided among a pool's members.
///
/// @param divided what there was to divide
/// @param given to all together: more or less than that by what was and is carried
public record PoolDivision(
        UUID block, UUID project, Co2e divided, Co2e given, long sequence, Instant at) {}
