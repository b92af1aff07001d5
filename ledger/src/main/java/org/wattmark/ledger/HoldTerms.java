package org.wattmark.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wattmark.units.Canonical;

/// What was agreed when a hold was made.
///
/// @param payee to whom alone it may be captured; null if that is still open, as in a market
/// @param expires from then on it can only go back; null if it waits for ever
public record HoldTerms(@Nullable AccountId payee, @Nullable Instant expires) {

    public static final HoldTerms NONE = new HoldTerms(null, null);

    boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    boolean allows(AccountId to) {
        return payee == null || payee.equals(to);
    }

    /// Two lists of at most one.
    Canonical writeTo(Canonical canonical) {
        canonical.number(payee == null ? 0 : 1);
        if (payee != null) {
            canonical.text(payee.value());
        }
        canonical.number(expires == null ? 0 : 1);
        if (expires != null) {
            canonical.instant(expires);
        }
        return canonical;
    }

    static HoldTerms read(Canonical.Reader reader) throws Canonical.Malformed {
        var payee = isThere(reader) ? new AccountId(reader.text()) : null;
        var expires = isThere(reader) ? reader.instant() : null;
        return payee == null && expires == null ? NONE : new HoldTerms(payee, expires);
    }

    private static boolean isThere(Canonical.Reader reader) throws Canonical.Malformed {
        long size = reader.number();
        if (size != 0 && size != 1) {
            throw new Canonical.Malformed("a list of at most one has " + size);
        }
        return size == 1;
    }
}
