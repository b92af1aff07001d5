package org.wattmark.server.carboncred.api;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A handle to a kilogram of a listing was used: bought by it, or retired by it later.
///
/// @param holder the account that did
/// @param reference the trade that it was bought in, or the retirement
public record HandleUsed(
        Use use, UUID listing, long kilogram, UUID block, AccountId holder, UUID reference)
        implements Fact {

    public static final String DOMAIN = "wattmark/credit-handle-used/v1";

    /// In this order, each once.
    public enum Use {
        BOUGHT,
        RETIRED
    }

    public HandleUsed {
        if (kilogram < 0 || kilogram >= CreditId.MOST_KILOGRAMS) {
            throw new IllegalArgumentException("no kilogram of a listing: " + kilogram);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .text(use.name())
                .id(listing)
                .number(kilogram)
                .id(block)
                .text(holder.value())
                .id(reference)
                .toByteArray();
    }

    /// Reads [#content].
    public static HandleUsed of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var used =
                    new HandleUsed(
                            Use.valueOf(reader.text()),
                            reader.id(),
                            reader.number(),
                            reader.id(),
                            new AccountId(reader.text()),
                            reader.id());
            reader.end();
            return used;
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed("not the use of a handle: " + e.getMessage());
        }
    }
}
