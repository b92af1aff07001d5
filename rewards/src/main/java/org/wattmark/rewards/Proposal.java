package org.wattmark.rewards;

import java.util.Optional;
import java.util.UUID;

/// A motion on its way: one person proposes it, another one approves it, and then it takes effect.
///
/// @param decidedBy the person who approved or rejected it
public record Proposal(
        UUID id, UUID proposedBy, Motion motion, State state, Optional<UUID> decidedBy) {

    /// APPROVED and REJECTED are final.
    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED
    }

    public Proposal {
        if (decidedBy.isPresent() != (state != State.PROPOSED)) {
            throw new IllegalArgumentException("somebody decides a proposal that is " + state);
        }
        if (state == State.APPROVED && decidedBy.equals(Optional.of(proposedBy))) {
            throw new IllegalArgumentException("a proposal takes two persons");
        }
    }

    static Proposal made(UUID id, UUID proposedBy, Motion motion) {
        return new Proposal(id, proposedBy, motion, State.PROPOSED, Optional.empty());
    }

    Proposal decided(State next, UUID person) {
        return new Proposal(id, proposedBy, motion, next, Optional.of(person));
    }
}
