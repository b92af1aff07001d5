package org.wattmark.verification;

/// What came of an action on a claim.
public sealed interface Transition {

    record Taken(ClaimCase next) implements Transition {}

    record Denied(Reason reason) implements Transition {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ROLE_MAY_NOT,
        /// A proponent claims for its own organisation and in its own name.
        CLAIMS_FOR_ANOTHER,
        /// Who requests does not decide.
        REQUESTER_DECIDES,
        /// The verifier is the proponent or the beneficial owner, or one hand controls both, or the
        /// person belongs to the proponent's organisation too.
        NOT_INDEPENDENT,
        /// The verifier's organisation declared a conflict of interest in this claim.
        CONFLICT_DECLARED,
        /// Who verified does not approve issuance as well.
        VERIFIER_APPROVES,
        NOT_IN_THIS_STATE,
        /// Another verifier has it in hand.
        NOT_THE_REVIEWER,
        /// No such question waits for an answer.
        QUESTION_UNKNOWN
    }
}
