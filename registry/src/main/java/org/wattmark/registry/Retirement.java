package org.wattmark.registry;

import org.wattmark.ledger.Receipt;

/// What came of a request to retire credits.
public sealed interface Retirement {

    /// @param receipt of the statement's entry: its leaf is what a certificate proves
    record Retired(RetirementStatement statement, Receipt receipt) implements Retirement {}

    record Refused(Reason reason) implements Retirement {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        HOLDER_UNKNOWN,
        BLOCK_UNKNOWN,
        /// Units of class TEST and live accounts have nothing to do with each other.
        TEST_AND_LIVE_DO_NOT_MIX,
        /// The account where retired units end takes nothing in.
        RETIREMENT_SUSPENDED,
        HOLDER_FROZEN,
        BLOCK_FROZEN,
        QUANTITY_EXCEEDS_HOLDING,
        /// For the fee.
        NOT_ENOUGH_MONEY,
        /// The currency of the fee does, or the account that it goes to.
        MONEY_STANDS_STILL
    }
}
