package org.wattmark.ledger;

/// What came of the wish to freeze, open again or close.
public sealed interface StandingChange {

    record Changed(Receipt receipt) implements StandingChange {}

    record Refused(Reason reason) implements StandingChange {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        ACCOUNT_UNKNOWN,
        /// Nothing was ever transferred of it.
        ASSET_UNKNOWN,
        /// What is closed stays closed.
        ACCOUNT_CLOSED,
        /// It is as it is asked to be.
        ALREADY_SO,
        /// It has a balance in some asset, or something is reserved of it.
        ACCOUNT_NOT_EMPTY
    }
}
