package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Receipt;
import org.wattmark.units.Energy;

/// What came of deciding on granular certificates.
public sealed interface GranularDecision {

    /// @param certificates how many: one for each hour that has a watt-hour
    record Issued(UUID issuance, int certificates, Energy energy, Receipt receipt)
            implements GranularDecision {}

    record Rejected(UUID issuance, Receipt receipt) implements GranularDecision {}

    record Denied(Reason reason) implements GranularDecision {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        ISSUANCE_UNKNOWN,
        /// An operator decides; what is of class TEST may pass by the machine.
        ROLE_MAY_NOT,
        ALREADY_DECIDED,
        REQUESTER_DECIDES,
        /// The operator belongs to who asks.
        NOT_INDEPENDENT,
        /// The account that units come from stands still.
        ISSUANCE_SUSPENDED,
        /// Or closed: nothing comes into the holder's account.
        HOLDER_FROZEN
    }
}
