package org.wattmark.ledger;

/// An account and what may happen to it.
public record Account(AccountId id, Kind kind) {

    public enum Kind {
        /// Holds assets; its balance never falls below zero.
        HOLDER,
        /// Where assets come from, such as issuance or the mirror of a bank account. Its balance is
        /// what it has given, as a negative number.
        SOURCE,
        /// Where assets end, such as retired or cancelled. Nothing ever debits it.
        SINK
    }

    boolean mayBeOverdrawn() {
        return kind == Kind.SOURCE;
    }
}
