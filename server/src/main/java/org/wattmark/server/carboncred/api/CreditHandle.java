package org.wattmark.server.carboncred.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.AccountId;

/// A handle that was bought by, and whether it was retired by.
///
/// @param holder who bought it
/// @param retirement null until it is retired
record CreditHandle(Key key, UUID block, AccountId holder, UUID trade, @Nullable UUID retirement) {

    /// Which kilogram of which listing.
    record Key(UUID listing, long kilogram) {}

    CreditHandle retiredBy(UUID id) {
        return new CreditHandle(key, block, holder, trade, id);
    }
}
