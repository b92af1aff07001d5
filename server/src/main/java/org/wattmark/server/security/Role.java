package org.wattmark.server.security;

/// What somebody may do; also what an organisation is.
public enum Role {
    /// Runs projects and holds their credits.
    PROPONENT,
    /// Judges the claims of others, never of its own organisation.
    VERIFIER,
    /// Buys and retires credits.
    BUYER,
    /// Runs the registry.
    OPERATOR
}
