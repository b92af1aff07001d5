package org.wattmark.rewards;

import org.wattmark.ledger.Receipt;

/// What came of the correction of a rewarded interval.
public sealed interface Correction {

    /// @param day with the energy that stands
    /// @param back what was earned too much
    /// @param taken the part of it that the owner still had and that went back to the pool; the
    ///   rest is owed, and later rewards pay it first
    record Corrected(RewardDay day, MicroMoney back, MicroMoney taken, Receipt receipt)
            implements Correction {}

    record Refused(Reason reason) implements Correction {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROGRAMME_UNKNOWN,
        DEVICE_NOT_JOINED,
        NOT_REWARDED,
        /// More than was counted is never rewarded afterwards.
        NOT_LOWER
    }
}
