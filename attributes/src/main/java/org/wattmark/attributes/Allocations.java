package org.wattmark.attributes;

import java.util.List;
import java.util.Optional;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Period;

/// Which claim uses which metered energy. For every interval the live allocations add up to no more
/// than was metered, whoever asks at the same time.
public interface Allocations {

    /// Reserves what the request asks for, or nothing. Of requests that want the same energy at the
    /// same time exactly one gets it.
    Reservation reserve(AllocationRequest request);

    /// Marks a reserved claim as used, for good: called when units are issued for it.
    Ending consume(ClaimId claim);

    /// Frees what a reserved claim has, for others to claim. The claim's id is used up.
    Ending release(ClaimId claim);

    /// What a claim was given, and how it stands now.
    Optional<Standing> standing(ClaimId claim);

    /// The live claims that an interval backs, in the order in which they were reserved. Anyone may
    /// ask.
    List<Backing> backing(DeviceId device, Channel channel, Period interval);

    /// A claim's allocation and its present status.
    record Standing(Allocation allocation, AllocationStatus status) {}
}
