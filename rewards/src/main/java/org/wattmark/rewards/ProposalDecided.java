package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// A proposal was approved or rejected. Who decided is in the log only as a commitment.
public record ProposalDecided(UUID proposal, Proposal.State state, UUID person)
        implements Committed {

    public static final String DOMAIN = "wattmark/reward-proposal-decided/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/reward-proposal-decided-published/v1";

    public ProposalDecided {
        if (state == Proposal.State.PROPOSED) {
            throw new IllegalArgumentException("that is no decision: " + state);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(proposal).text(state.name()).id(person).toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return proposal;
    }

    public static ProposalDecided of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader ->
                        new ProposalDecided(
                                reader.id(), Proposal.State.valueOf(reader.text()), reader.id()));
    }
}
