package org.wattmark.registry;

import org.wattmark.ledger.Receipt;
import org.wattmark.verification.ClaimState;

/// What came of an assessment of a claim, or of a verifier's decision on it.
public sealed interface Verdict {

    /// @param state where the claim stands now
    record Taken(ClaimState state, Receipt receipt) implements Verdict {}

    record Denied(Reason reason) implements Verdict {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        CLAIM_UNKNOWN,
        ROLE_MAY_NOT,
        CLAIMS_FOR_ANOTHER,
        /// Who requests does not decide.
        REQUESTER_DECIDES,
        NOT_INDEPENDENT,
        NOT_IN_THIS_STATE,
        /// Without a factor there is no figure that could be approved.
        NOT_QUANTIFIED,
        /// Another statement of the project came first and changed what it carries over.
        ASSESSMENT_OUTDATED
    }
}
