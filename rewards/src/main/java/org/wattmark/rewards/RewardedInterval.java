package org.wattmark.rewards;

import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// What one interval earned.
///
/// @param metered its energy
/// @param rewarded the part of it below the day's cap
/// @param microUnits earned by it, rounded down; the rest is carried to the next interval
/// @param limit why it earned less than all of its energy would
public record RewardedInterval(
        Period period, Energy metered, Energy rewarded, long microUnits, Limit limit) {

    /// In order of precedence.
    public enum Limit {
        /// Nothing was left in the pool for it, or not enough.
        POOL_EXHAUSTED,
        /// Some of its energy lies above the day's cap: it is stored and claimable, and unrewarded.
        DAILY_CAP,
        NONE
    }

    Canonical writeTo(Canonical canonical) {
        return canonical
                .period(period)
                .energy(metered)
                .energy(rewarded)
                .number(microUnits)
                .text(limit.name());
    }

    static RewardedInterval read(Canonical.Reader reader) throws Canonical.Malformed {
        return new RewardedInterval(
                reader.period(),
                reader.energy(),
                reader.energy(),
                reader.number(),
                Limit.valueOf(reader.text()));
    }
}
