package org.wattmark.metering;

import java.util.List;

/// What came of a register reading that was held against the register's progress.
public sealed interface RegisterAdmission {

    /// @param next the register's progress after this reading
    /// @param wattHours counted since the reading before: 0 for the first, which is the base
    /// @param completed intervals that end at or before this reading, in the order of time:
    ///   readings for the device's next batch, which passes the checks of every batch
    record Accepted(
            RegisterProgress next,
            long wattHours,
            List<IntervalReading> completed,
            List<Finding> findings)
            implements RegisterAdmission {}

    /// The last reading again: nothing was done.
    record Repeated() implements RegisterAdmission {}

    /// Another count for the time of the last reading. The first one stands.
    record Conflicting(Finding finding) implements RegisterAdmission {}

    record Refused(Reason reason, String explanation) implements RegisterAdmission {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// The register cannot show this count.
        COUNT_OUT_OF_RANGE,
        IN_THE_FUTURE,
        OLDER_THAN_LAST,
        /// The count fell, and a roll-over would be more than could flow.
        RUNS_BACKWARDS,
        /// More than could flow in the time.
        ABOVE_THE_BOUND
    }
}
