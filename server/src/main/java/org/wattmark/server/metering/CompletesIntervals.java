package org.wattmark.server.metering;

import java.util.List;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;

/// A fact that completes intervals. The entries right behind it are their batches, which nobody
/// signed: this fact vouches for them.
interface CompletesIntervals extends Fact {

    DeviceId device();

    Channel channel();

    /// In the order of time; none if all are still open.
    List<IntervalReading> completed();
}
