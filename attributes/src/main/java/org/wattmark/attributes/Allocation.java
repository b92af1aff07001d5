package org.wattmark.attributes;

import org.wattmark.units.Energy;

/// What a claim was given when it was reserved.
///
/// @param energy the sum over the intervals
/// @param intervals how many intervals gave some of it
public record Allocation(AllocationRequest request, Energy energy, int intervals) {

    public ClaimId claim() {
        return request.claim();
    }
}
