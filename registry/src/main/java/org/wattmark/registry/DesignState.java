package org.wattmark.registry;

/// Where a project's design stands.
public enum DesignState {
    /// A validator of another organisation decides.
    SUBMITTED,
    VALIDATED,
    REFUSED
}
