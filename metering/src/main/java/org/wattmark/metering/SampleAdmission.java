package org.wattmark.metering;

import java.util.List;

/// What came of a packet that was held against its device's progress.
public sealed interface SampleAdmission {

    /// @param next the device's progress after this packet
    /// @param milliwattSeconds the energy since the packet before
    /// @param completed intervals that end at or before this packet, in the order of time: readings
    ///   for the device's next batch, which passes the checks of every batch
    /// @param findings of the inspection, and a gap before this packet
    record Accepted(
            SampleProgress next,
            Sample sample,
            long milliwattSeconds,
            List<IntervalReading> completed,
            List<Finding> findings)
            implements SampleAdmission {}

    /// The same packet again: whoever keeps receipts answers with the first one.
    record Repeated(Sha256 hash) implements SampleAdmission {}

    /// Another sample for a second that has one. The first one stands.
    record Conflicting(Finding finding) implements SampleAdmission {}

    record Refused(Reason reason, String explanation) implements SampleAdmission {}

    /// Why a packet comes too late.
    enum Reason {
        /// A later packet was taken in: this form has no sequence by which to queue.
        OLDER_THAN_LAST
    }
}
