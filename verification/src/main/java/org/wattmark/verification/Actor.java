package org.wattmark.verification;

import java.util.UUID;

/// Who acts, as the token says, never as a request's body says.
///
/// @param person the natural person, or the client, that is signed in
public record Actor(UUID person, Organisation organisation, Role role) {

    public enum Role {
        PROPONENT,
        VERIFIER,
        BUYER,
        OPERATOR,
        /// Wattmark itself: it runs checks, applies a policy and records an issuance. No token has
        /// this role.
        MACHINE
    }
}
