package org.wattmark.rewards;

import org.wattmark.ledger.Receipt;
import org.wattmark.units.Money;

/// What came of the wish to have a stake back.
public sealed interface Unlocking {

    /// @param earned paid with it
    record Unlocked(Stake stake, Money earned, Receipt receipt) implements Unlocking {}

    record Refused(Reason reason) implements Unlocking {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        STAKE_UNKNOWN,
        NOT_YOUR_STAKE,
        ALREADY_UNLOCKED,
        /// A term is a promise of both sides: nobody unlocks early, at no price.
        TERM_NOT_OVER,
        STANDS_STILL
    }
}
