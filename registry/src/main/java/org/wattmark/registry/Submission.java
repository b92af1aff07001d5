package org.wattmark.registry;

import org.wattmark.ledger.Receipt;

/// What came of the wish to close a monitoring period into a claim.
public sealed interface Submission {

    /// The attributes are reserved: nobody else can claim them while the claim stands.
    record Submitted(Receipt receipt) implements Submission {}

    /// @param explanation the values behind the reason
    record Refused(Reason reason, String explanation) implements Submission {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROJECT_UNKNOWN,
        ROLE_MAY_NOT,
        NOT_YOUR_PROJECT,
        CLASS_DIFFERS_FROM_PROJECT,
        METHODOLOGY_DIFFERS_FROM_PROJECT,
        /// A device is somebody's who has not joined the project's pool.
        OWNER_NOT_IN_POOL,
        PERIOD_NOT_OVER,
        /// The project has a validated design, and the period lies in no crediting period of it.
        OUTSIDE_CREDITING_PERIOD,
        /// A claim on some of these intervals, or of what was reported, stands already.
        ALREADY_CLAIMED
    }
}
