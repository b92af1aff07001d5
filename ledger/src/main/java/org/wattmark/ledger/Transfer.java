package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// One movement of an asset: the debited account gives it, the credited one receives it. It
/// balances by construction.
///
/// @param amount in the asset's base unit (grams, minor units of money), at least 1
public record Transfer(UUID id, AccountId debit, AccountId credit, Asset asset, long amount) {

    public Transfer {
        if (amount < 1) {
            throw new IllegalArgumentException("a transfer moves at least 1, not " + amount);
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("debits and credits one account: " + debit);
        }
    }

    /// The transfer that a command causes as its n-th. Its id follows from the command's, so the
    /// command that is sent again causes the same transfers.
    public static Transfer numbered(
            UUID command, int n, AccountId debit, AccountId credit, Asset asset, long amount) {
        return new Transfer(derivedId(command, n), debit, credit, asset, amount);
    }

    /// The n-th id that follows from a command's.
    public static UUID derivedId(UUID command, int n) {
        return Canonical.of("wattmark/derived-id/v1").id(command).number(n).derivedId();
    }
}
