package org.wattmark.registry;

import org.wattmark.ledger.Receipt;

/// What came of the wish to make good what was lost.
public sealed interface Covering {

    /// @param reversal as it is now
    record Covered(Reversal reversal, Receipt receipt) implements Covering {}

    record Refused(Reason reason) implements Covering {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        REVERSAL_UNKNOWN,
        /// Or it was another organisation's reduction.
        NOT_YOUR_REVERSAL,
        EXCEEDS_WHAT_IS_OWED,
        BLOCK_UNKNOWN,
        /// Another block that lacks reductions itself.
        BLOCK_IN_DOUBT,
        TEST_AND_LIVE_DO_NOT_MIX,
        STANDS_STILL,
        QUANTITY_EXCEEDS_HOLDING
    }
}
