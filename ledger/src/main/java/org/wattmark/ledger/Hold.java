package org.wattmark.ledger;

import java.util.UUID;

/// A part of an account's balance that waits for its use: it can be captured, whole or in parts, or
/// released.
///
/// @param remaining in the asset's base unit, at least 1; a hold that is used up is gone
public record Hold(UUID id, AccountId account, Asset asset, long remaining, HoldTerms terms) {

    /// One that names no payee and never expires.
    public Hold(UUID id, AccountId account, Asset asset, long remaining) {
        this(id, account, asset, remaining, HoldTerms.NONE);
    }

    /// Whether it is a transfer that waits to be posted or voided. What reserves for a market names
    /// no payee, and only the market uses it.
    boolean isPendingTransfer() {
        return terms.payee() != null;
    }

    Hold less(long amount) {
        return new Hold(id, account, asset, remaining - amount, terms);
    }
}
