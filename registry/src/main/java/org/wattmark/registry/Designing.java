package org.wattmark.registry;

import org.wattmark.ledger.Receipt;

/// What came of bringing a project's design, or of judging it.
public sealed interface Designing {

    record Taken(int number, DesignState state, Receipt receipt) implements Designing {}

    record Denied(Reason reason) implements Designing {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROJECT_UNKNOWN,
        DESIGN_UNKNOWN,
        ROLE_MAY_NOT,
        NOT_YOUR_PROJECT,
        /// Who brings a design does not validate it.
        SUBMITTER_DECIDES,
        /// The validator is the proponent, or one hand controls both.
        NOT_INDEPENDENT,
        /// It is judged already.
        NOT_IN_THIS_STATE,
        /// The project's design before waits for a validator still.
        DESIGN_WAITS,
        /// Whole years, at most seven if renewable, else ten.
        CREDITING_PERIOD_TOO_LONG,
        /// The crediting period before may not be followed by another.
        NOT_RENEWABLE,
        /// A renewal begins where the crediting period before ends.
        DOES_NOT_FOLLOW,
        /// What counts says why it would not have happened anyway.
        ADDITIONALITY_NOT_ANSWERED
    }
}
