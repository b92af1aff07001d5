package org.wattmark.server.metering;

import org.wattmark.server.problem.Problem;

/// What came of a batch, or of packets, that a device delivered, by whatever way.
public sealed interface Delivery {

    record Taken(BatchAnswer.Taken receipt) implements Delivery {}

    /// Packets of which one at least stands.
    record Packets(PacketsView view) implements Delivery {}

    record Refused(Problem problem) implements Delivery {}

    /// Refused because the batch before it has not come: when it has, the same bytes may be taken.
    record Early(Problem problem) implements Delivery {}
}
