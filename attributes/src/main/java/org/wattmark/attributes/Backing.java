package org.wattmark.attributes;

import org.wattmark.units.Energy;

/// One claim that an interval backs or is reserved for.
///
/// @param energy what of this interval the claim has
public record Backing(ClaimId claim, Use use, AllocationStatus status, Energy energy) {}
