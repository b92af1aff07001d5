package org.wattmark.ledger;

import java.util.List;

/// What came of the wish to post transfers that belong together: all of them, or none.
public sealed interface Posting {

    /// @param receipts one for each transfer, in their order
    /// @param amounts what each transfer moved, where that is not simply what was asked for: of a
    ///   balancing transfer, and of what was left of a hold. Empty if all moved what was asked
    record Posted(List<Receipt> receipts, List<Long> amounts) implements Posting {

        public Posted {
            receipts = List.copyOf(receipts);
            amounts = List.copyOf(amounts);
        }

        /// Each transfer moved what was asked for.
        public Posted(List<Receipt> receipts) {
            this(receipts, List.of());
        }
    }

    /// Nothing was posted.
    ///
    /// @param index which transfer could not be posted, from 0
    record Rejected(int index, Reason reason) implements Posting {}

    /// In order of precedence: the first that holds is the one reported. First the id, then the
    /// hold, then who and what may move at all, then how much.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        /// An id of version 8 belongs to the transfers that follow from commands.
        ID_IS_DERIVED,
        /// There is none, or it is used up, or it is not for whoever asks.
        HOLD_UNKNOWN,
        /// It can only go back.
        HOLD_EXPIRED,
        HOLD_NAMES_ANOTHER_PAYEE,
        EXCEEDS_HOLD,
        HOLD_ID_IN_USE,
        DEBIT_ACCOUNT_UNKNOWN,
        CREDIT_ACCOUNT_UNKNOWN,
        /// Assets of class TEST move among test accounts only, live ones among live accounts only.
        TEST_AND_LIVE_DO_NOT_MIX,
        ONLY_A_HOLDER_RESERVES,
        DEBIT_ACCOUNT_CLOSED,
        CREDIT_ACCOUNT_CLOSED,
        DEBIT_ACCOUNT_FROZEN,
        CREDIT_ACCOUNT_FROZEN,
        ASSET_FROZEN,
        DEBIT_ACCOUNT_IS_A_SINK,
        /// A balancing transfer finds both sides even already.
        NOTHING_TO_BALANCE,
        EXCEEDS_BALANCE,
        /// A source takes back no more than it gave.
        EXCEEDS_WHAT_SOURCE_GAVE,
        BALANCE_WOULD_OVERFLOW
    }
}
