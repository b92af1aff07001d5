package org.wattmark.emissions;

import java.util.UUID;

/// What a check noticed about an activity.
///
/// @param message what it is, with the values and the limit
public record ActivityFinding(UUID activity, Check check, Severity severity, String message) {

    /// What was looked at.
    public enum Check {
        /// The same supply is billed twice for a day.
        DUPLICATE,
        /// Days between two bills of a supply, or at the ends of the year, that no bill is for.
        GAP,
        /// A number about a thousand times its neighbours, or a thousandth: another unit.
        UNIT,
        /// More or less per day than the bill before.
        MONTH_TO_MONTH,
        /// A bill against what was metered or claimed.
        BILL_AGAINST_METER
    }

    /// What comes of it.
    public enum Severity {
        /// Worth knowing.
        INFO,
        /// A person looks before the number is relied on.
        HOLD
    }
}
