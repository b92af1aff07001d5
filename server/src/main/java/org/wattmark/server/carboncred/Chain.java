package org.wattmark.server.carboncred;

import org.wattmark.units.Canonical;

/// What came of checking a chain.
///
/// @param head the hash that its last row bears, as it stands there; empty if it has no row
/// @param firstBreak the row at which it breaks first, or [#WHOLE]
/// @param breaks how many rows are wrong
public record Chain(String head, long entries, long firstBreak, long breaks) {

    /// No row of a database has this number: Django counts from 1.
    public static final long WHOLE = 0;

    /// SHA-256 in hexadecimal; CarbonCred's column has room for no more.
    static final int MAX_HEAD_LENGTH = 64;

    public Chain {
        if (head.length() > MAX_HEAD_LENGTH) {
            throw new IllegalArgumentException("the head of a chain has 64 characters at most");
        }
        if (entries < 0 || firstBreak < 0 || breaks < 0 || (breaks == 0) != (firstBreak == WHOLE)) {
            throw new IllegalArgumentException("a chain is whole, or breaks somewhere");
        }
    }

    boolean isWhole() {
        return breaks == 0;
    }

    void addTo(Canonical content) {
        content.text(head).number(entries).number(firstBreak).number(breaks);
    }

    static Chain read(Canonical.Reader reader) throws Canonical.Malformed {
        return new Chain(reader.text(), reader.number(), reader.number(), reader.number());
    }
}
