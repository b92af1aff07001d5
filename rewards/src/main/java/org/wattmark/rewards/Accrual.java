package org.wattmark.rewards;

import org.wattmark.ledger.Receipt;

/// What came of the wish to reward intervals.
public sealed interface Accrual {

    /// @param day with these intervals
    /// @param earned by them
    /// @param offset the part of it that paid back what the owner owed to the pool
    record Accrued(RewardDay day, MicroMoney earned, MicroMoney offset, Receipt receipt)
            implements Accrual {}

    record Refused(Reason reason) implements Accrual {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROGRAMME_UNKNOWN,
        DEVICE_NOT_JOINED,
        BEFORE_IT_JOINED,
        IN_THE_FUTURE,
        /// Each of the intervals, or some of its time, was rewarded before.
        ALREADY_REWARDED,
        /// The programme's terms of that day ask for better attested readings.
        TIER_TOO_LOW,
        /// Nobody has said what electricity cost in the region on that day.
        NO_TARIFF,
        /// The owner's account, the pool or the asset stands still.
        STANDS_STILL
    }
}
