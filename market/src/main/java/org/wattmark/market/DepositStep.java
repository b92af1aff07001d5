package org.wattmark.market;

import org.wattmark.ledger.Receipt;

/// What came of a step of a deposit: its request, its approval or its rejection.
public sealed interface DepositStep {

    /// @param deposit as it stands now
    record Taken(Deposit deposit, Receipt receipt) implements DepositStep {}

    record Denied(Reason reason) implements DepositStep {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        ACCOUNT_UNKNOWN,
        /// Another deposit has this reference and was not rejected.
        REFERENCE_IN_USE,
        DEPOSIT_UNKNOWN,
        ALREADY_DECIDED,
        /// Who requests does not approve.
        REQUESTER_DECIDES,
        /// The account that mirrors the bank stands still.
        BANK_FROZEN,
        ACCOUNT_CLOSED,
        ACCOUNT_FROZEN,
        /// The currency stands still.
        MONEY_FROZEN,
        /// More than a currency's bank mirror can ever hold: 2^63 − 1 minor units in all.
        TOO_MUCH_MONEY
    }
}
