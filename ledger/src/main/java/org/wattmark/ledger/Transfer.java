package org.wattmark.ledger;

import java.nio.ByteBuffer;
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

    /// An RFC 9562 version 8 id: the first bits of SHA-256 over the command's id and the number.
    public static UUID derivedId(UUID command, int n) {
        var hash =
                ByteBuffer.wrap(
                        Canonical.of("wattmark/derived-id/v1").id(command).number(n).sha256());
        return new UUID(
                (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L,
                (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }
}
