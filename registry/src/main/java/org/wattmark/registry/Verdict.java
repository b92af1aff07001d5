package org.wattmark.registry;

import org.wattmark.ledger.Receipt;
import org.wattmark.verification.ClaimState;

/// What came of an assessment of a claim, of a step of its review, or of a verifier's decision.
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
        /// The verifier's organisation declared a conflict of interest in this claim.
        CONFLICT_DECLARED,
        /// Who verified does not approve issuance as well.
        VERIFIER_APPROVES,
        NOT_IN_THIS_STATE,
        /// Another verifier has it in hand.
        NOT_THE_REVIEWER,
        QUESTION_UNKNOWN,
        /// Without a factor there is no figure that could be approved.
        NOT_QUANTIFIED,
        /// Another statement of the project came first and changed what it carries over.
        ASSESSMENT_OUTDATED,
        /// What was verified is not what the statement says now.
        STATEMENT_DIFFERS,
        /// What nobody but its owner attests is verified by naming the documents that show it.
        DOCUMENTS_NOT_NAMED,
        /// Named is what neither the claim nor an answer has.
        DOCUMENT_UNKNOWN,
        /// What counts is issued for projects whose design was validated for the period.
        PROJECT_NOT_VALIDATED
    }
}
