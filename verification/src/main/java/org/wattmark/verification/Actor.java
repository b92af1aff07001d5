package org.wattmark.verification;

import java.util.Set;
import java.util.UUID;

/// Who acts, as the token says, never as a request's body says.
///
/// @param person the natural person, or the client, that is signed in
/// @param affiliations every organisation that the person belongs to, whichever they act for now
public record Actor(UUID person, Organisation organisation, Role role, Set<UUID> affiliations) {

    public enum Role {
        PROPONENT,
        VERIFIER,
        BUYER,
        OPERATOR,
        /// Wattmark itself: it runs checks, applies a policy and records an issuance. No token has
        /// this role.
        MACHINE
    }

    public Actor {
        affiliations = Set.copyOf(affiliations);
    }

    /// Somebody who belongs to the organisation that they act for, and to no other.
    public Actor(UUID person, Organisation organisation, Role role) {
        this(person, organisation, role, Set.of());
    }

    /// Whether nothing ties the actor to an organisation: neither the one that they act for, nor
    /// another that they belong to.
    public boolean independentOf(Organisation other) {
        return organisation.independentOf(other)
                && !affiliations.contains(other.id())
                && !affiliations.contains(other.top());
    }
}
