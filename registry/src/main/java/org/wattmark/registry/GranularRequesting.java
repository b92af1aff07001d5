package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Receipt;

/// What came of asking for granular certificates.
public sealed interface GranularRequesting {

    /// Their hours are reserved; somebody decides on them now.
    record Requested(UUID issuance, Receipt receipt) implements GranularRequesting {}

    record Refused(Reason reason, String explanation) implements GranularRequesting {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROJECT_UNKNOWN,
        ROLE_MAY_NOT,
        NOT_YOUR_PROJECT,
        /// Nobody but the owner attests to what the device says.
        TIER_TOO_LOW,
        /// What a simulated device says is worth no more than class TEST.
        SIMULATED_IS_TEST,
        PERIOD_NOT_OVER,
        /// The account that units come from stands still.
        ISSUANCE_SUSPENDED,
        /// Or closed: nothing comes into the holder's account.
        HOLDER_FROZEN,
        /// No hour of the period was metered as a whole.
        NO_WHOLE_HOUR,
        /// Another claim or another certificate stands on every one of the hours.
        ALREADY_CLAIMED
    }
}
