package org.wattmark.server.metering;

import org.wattmark.ledger.Receipt;

/// What came of a request to a register: all of it, or nothing.
public sealed interface RegisterAnswer {

    /// @param readings that were taken; the last one sent again, and one that contradicts it, are
    ///   not among them
    /// @param wattHours counted since the reading before them
    /// @param intervals that they completed
    /// @param conflicting readings for the second of the last one that say another count
    record Taken(int readings, long wattHours, int intervals, int conflicting, Receipt receipt)
            implements RegisterAnswer {}

    /// The last reading again, and nothing else: nothing was done.
    record Nothing() implements RegisterAnswer {}

    /// @param position of the reading that cannot be taken, from 0
    record Refused(Reason reason, int position, String explanation) implements RegisterAnswer {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        REGISTER_UNKNOWN,
        /// Another register was declared for the channel: a reset exchanges it.
        REGISTER_DIFFERS,
        COUNT_OUT_OF_RANGE,
        IN_THE_FUTURE,
        OLDER_THAN_LAST,
        RUNS_BACKWARDS,
        ABOVE_THE_BOUND,
        /// The time was spoken of before, by a file.
        OVERLAPS_STORED
    }
}
