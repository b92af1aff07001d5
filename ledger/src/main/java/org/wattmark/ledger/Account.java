package org.wattmark.ledger;

/// An account and what may happen to it.
///
/// @param number names it in a few bytes where rows are many: the sequence of the entry that opened
///   it, which every replay gives again. What is reserved beside it has `-number - 1`, so that the
///   two never meet. [#NOT_OPEN_YET] until there is such an entry
public record Account(AccountId id, Kind kind, Standing standing, long number) {

    public static final long NOT_OPEN_YET = Long.MIN_VALUE;

    public enum Kind {
        /// Holds assets; its debits may not exceed its credits, so its balance never falls below
        /// zero.
        HOLDER,
        /// Where assets come from, such as issuance or the mirror of a bank account. Its balance is
        /// what it has given, as a negative number. Its credits may not exceed its debits: it takes
        /// back no more than it gave.
        SOURCE,
        /// Where assets end, such as retired or cancelled. Nothing ever debits it.
        SINK,
        /// May stand on either side of zero, such as an account between two days of settlement.
        CLEARING
    }

    public enum Standing {
        OPEN,
        /// Nothing moves in or out. Holds may go back to it, so that what is under way unwinds.
        FROZEN,
        /// For good: it is empty, and stays so.
        CLOSED
    }

    /// An account that is to be opened.
    public Account(AccountId id, Kind kind) {
        this(id, kind, Standing.OPEN, NOT_OPEN_YET);
    }

    boolean mayBeOverdrawn() {
        return kind == Kind.SOURCE || kind == Kind.CLEARING;
    }

    Account openedBy(Entry entry) {
        return new Account(id, kind, standing, entry.sequence());
    }

    /// The account beside it, where the part lies that holds have reserved.
    Account beside() {
        return new Account(id.reserved(), kind, standing, -number - 1);
    }

    Account standing(Standing other) {
        return new Account(id, kind, other, number);
    }
}
