package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Receipt;

/// What came of a step of a proposal: that it was made, approved or rejected.
public sealed interface ProposalStep {

    /// @param state as it is now; what is approved has taken effect
    record Taken(UUID proposal, Proposal.State state, Receipt receipt) implements ProposalStep {}

    record Denied(Reason reason) implements ProposalStep {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROPOSAL_UNKNOWN,
        ALREADY_DECIDED,
        /// Who proposes does not approve.
        PROPOSER_DECIDES,
        PROGRAMME_UNKNOWN,
        /// Other terms begin on a day that has begun nowhere on Earth, and after the version
        /// before.
        TERMS_NOT_AHEAD,
        THRESHOLD_BELOW_ONE_MINOR_UNIT,
        /// Money of another currency than the programme's.
        CURRENCY_DIFFERS,
        /// No stake of the programme earns today.
        NOBODY_STAKES,
        NOT_ENOUGH_FEES,
        /// More than a pool can ever hold: 2^63 − 1 micro-units.
        TOO_MUCH_MONEY,
        /// An account of the programme or of the operator stands still, or the currency does.
        STANDS_STILL
    }
}
