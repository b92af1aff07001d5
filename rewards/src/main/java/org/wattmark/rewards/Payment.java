package org.wattmark.rewards;

import org.wattmark.ledger.Receipt;

/// What came of the wish to be paid.
public sealed interface Payment {

    /// Rewards have become money.
    record Paid(Payout payout, Receipt receipt) implements Payment {}

    record Refused(Reason reason) implements Payment {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROGRAMME_UNKNOWN,
        /// What is free, less what is owed to the pool, does not reach the programme's threshold.
        BELOW_THRESHOLD,
        /// Your account, one of the programme, its rewards or its currency stand still.
        STANDS_STILL,
        /// More than an account can ever hold.
        TOO_MUCH_MONEY
    }
}
