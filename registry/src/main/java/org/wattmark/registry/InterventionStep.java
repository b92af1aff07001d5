package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Receipt;

/// What came of a step of an intervention: that it was proposed, approved or rejected.
public sealed interface InterventionStep {

    /// @param state as it is now; what is approved has taken effect
    record Taken(UUID intervention, InterventionCase.State state, Receipt receipt)
            implements InterventionStep {}

    record Denied(Reason reason) implements InterventionStep {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        INTERVENTION_UNKNOWN,
        ALREADY_DECIDED,
        /// Who proposes does not approve.
        PROPOSER_DECIDES,
        PROJECT_UNKNOWN,
        BLOCK_UNKNOWN,
        ACCOUNT_UNKNOWN,
        ACCOUNT_CLOSED,
        /// What was taken back cannot be suspended, resumed or reversed.
        BLOCK_RECALLED,
        /// It stands still, or moves, as it is asked to.
        ALREADY_SO,
        /// More than was issued of the block and not reversed before.
        EXCEEDS_ISSUED,
        QUANTITY_EXCEEDS_HOLDING
    }
}
