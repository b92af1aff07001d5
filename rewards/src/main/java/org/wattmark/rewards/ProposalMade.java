package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// Somebody has proposed something. What it is the log shows when it is approved.
///
/// @param proposal as it was made
public record ProposalMade(Proposal proposal) implements Committed {

    public static final String DOMAIN = "wattmark/reward-proposal-made/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/reward-proposal-made-published/v1";

    public ProposalMade {
        if (proposal.state() != Proposal.State.PROPOSED) {
            throw new IllegalArgumentException("a proposal begins undecided: " + proposal);
        }
    }

    @Override
    public byte[] content() {
        var head = Canonical.of(DOMAIN).id(proposal.id()).id(proposal.proposedBy());
        return proposal.motion().writeTo(head).toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return proposal.id();
    }

    public static ProposalMade of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader ->
                        new ProposalMade(
                                Proposal.made(reader.id(), reader.id(), Motion.read(reader))));
    }
}
