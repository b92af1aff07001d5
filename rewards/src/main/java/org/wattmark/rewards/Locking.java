package org.wattmark.rewards;

import org.wattmark.ledger.Receipt;

/// What came of the wish to lock rewards.
public sealed interface Locking {

    record Locked(Stake stake, Receipt receipt) implements Locking {}

    record Refused(Reason reason) implements Locking {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROGRAMME_UNKNOWN,
        /// The rules offer other terms.
        TERM_UNKNOWN,
        STANDS_STILL,
        /// What is free, less what is owed to the pool, is less than that.
        NOT_ENOUGH_REWARDS
    }
}
