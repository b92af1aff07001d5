package org.wattmark.ledger;

import java.util.UUID;

/// A part of an account's balance that waits for its use: it can be captured, whole or in parts, or
/// released.
///
/// @param remaining in the asset's base unit, at least 1; a hold that is used up is gone
public record Hold(UUID id, AccountId account, Asset asset, long remaining) {

    Hold less(long amount) {
        return new Hold(id, account, asset, remaining - amount);
    }
}
