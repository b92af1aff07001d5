package org.wattmark.ledger;

import java.util.List;

/// What came of the wish to post transfers that belong together: all of them, or none.
public sealed interface Posting {

    /// @param receipts one for each transfer, in their order
    record Posted(List<Receipt> receipts) implements Posting {

        public Posted {
            receipts = List.copyOf(receipts);
        }
    }

    /// Nothing was posted.
    ///
    /// @param index which transfer could not be posted, from 0
    record Rejected(int index, Reason reason) implements Posting {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        HOLD_UNKNOWN,
        HOLD_ID_IN_USE,
        EXCEEDS_HOLD,
        DEBIT_ACCOUNT_UNKNOWN,
        CREDIT_ACCOUNT_UNKNOWN,
        /// Assets of class TEST move among test accounts only, live ones among live accounts only.
        TEST_AND_LIVE_DO_NOT_MIX,
        DEBIT_ACCOUNT_IS_A_SINK,
        EXCEEDS_BALANCE,
        BALANCE_WOULD_OVERFLOW
    }
}
