package org.wattmark.registry;

import org.wattmark.ledger.Receipt;
import org.wattmark.units.Co2e;

/// What came of the wish to correct an issued claim.
public sealed interface Correcting {

    /// @param lost what was issued and is no longer backed: reversals of their own say what of it
    ///   the buffer covers
    record Corrected(Correction correction, Co2e lost, Receipt receipt) implements Correcting {}

    record Refused(Reason reason) implements Correcting {}

    /// In order of precedence.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        CLAIM_UNKNOWN,
        ROLE_MAY_NOT,
        NOT_YOUR_CLAIM,
        /// Metered periods are corrected by the readings that come late.
        NOT_REPORTED,
        /// Before it is issued a claim is withdrawn, or refused.
        NOT_ISSUED,
        NOTHING_CORRECTED
    }
}
