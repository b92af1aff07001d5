package org.wattmark.attributes;

import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// What a claim asks for. Its id stands for exactly this content, once it has been reserved.
public sealed interface AllocationRequest {

    ClaimId claim();

    Use use();

    DeviceId device();

    Channel channel();

    /// The time that the claim speaks of.
    Period period();

    /// All that is left of the intervals that lie wholly in a period, and of the period itself:
    /// what arrives for it later cannot be claimed.
    record Everything(ClaimId claim, Use use, DeviceId device, Channel channel, Period period)
            implements AllocationRequest {}

    /// Some energy of one interval, so that several claims can share it.
    ///
    /// @param energy above zero
    record Part(
            ClaimId claim, Use use, DeviceId device, Channel channel, Period period, Energy energy)
            implements AllocationRequest {

        public Part {
            if (energy.isZero()) {
                throw new IllegalArgumentException("a part of nothing is no claim");
            }
        }
    }
}
