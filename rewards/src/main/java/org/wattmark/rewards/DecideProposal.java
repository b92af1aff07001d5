package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Approves a proposal, as a second person, or rejects it.
///
/// @param person who decides; whoever proposed may reject, and never approve
public record DecideProposal(UUID id, UUID person, UUID proposal, boolean approve)
        implements Command<ProposalStep> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/decide-reward-proposal/v1")
                .id(person)
                .id(proposal)
                .number(approve ? 1 : 0)
                .toByteArray();
    }

    @Override
    public ProposalStep idStandsForAnother() {
        return new ProposalStep.Denied(ProposalStep.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
