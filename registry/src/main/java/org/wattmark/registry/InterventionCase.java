package org.wattmark.registry;

import java.util.Optional;
import java.util.UUID;

/// An intervention on its way: one person proposes it, another one approves it, and then it takes
/// effect.
///
/// @param decidedBy the person who approved or rejected it
public record InterventionCase(
        UUID id,
        UUID proposedBy,
        Intervention intervention,
        Grounds grounds,
        State state,
        Optional<UUID> decidedBy) {

    /// APPROVED and REJECTED are final.
    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED
    }

    public InterventionCase {
        if (decidedBy.isPresent() != (state != State.PROPOSED)) {
            throw new IllegalArgumentException("somebody decides an intervention that is " + state);
        }
        if (state == State.APPROVED && decidedBy.equals(Optional.of(proposedBy))) {
            throw new IllegalArgumentException("an intervention takes two persons");
        }
    }

    static InterventionCase proposed(
            UUID id, UUID person, Intervention intervention, Grounds grounds) {
        return new InterventionCase(
                id, person, intervention, grounds, State.PROPOSED, Optional.empty());
    }

    InterventionCase decided(State next, UUID person) {
        return new InterventionCase(
                id, proposedBy, intervention, grounds, next, Optional.of(person));
    }
}
