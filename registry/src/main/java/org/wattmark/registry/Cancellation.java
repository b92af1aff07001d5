package org.wattmark.registry;

import org.wattmark.ledger.Receipt;

/// What came of the wish to cancel units.
public sealed interface Cancellation {

    record Cancelled(UnitsCancelled units, Receipt receipt) implements Cancellation {}

    record Refused(Reason reason) implements Cancellation {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        HOLDER_UNKNOWN,
        BLOCK_UNKNOWN,
        /// Units of class TEST and live accounts have nothing to do with each other.
        TEST_AND_LIVE_DO_NOT_MIX,
        /// The account where cancelled units end takes nothing in.
        CANCELLATION_SUSPENDED,
        HOLDER_FROZEN,
        BLOCK_FROZEN,
        QUANTITY_EXCEEDS_HOLDING
    }
}
