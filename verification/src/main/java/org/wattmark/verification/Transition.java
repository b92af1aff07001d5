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
        /// The verifier is the proponent or the beneficial owner, or one hand controls both.
        NOT_INDEPENDENT,
        NOT_IN_THIS_STATE
    }
}
