package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// One movement of an asset: the debited account gives it, the credited one receives it. It
/// balances by construction.
///
/// @param amount in the asset's base unit (grams, minor units of money), from 1 to 2^63 − 1: zero
///   moves nothing, and a balance is a signed number of 8 bytes
/// @param reference what it belongs to in the system of whoever asked, or [#NO_REFERENCE]. It is
///   public, so nothing that tells of a person
/// @param code why it was made, from 1 to [#MAX_CODE] in the words of whoever asked; 0 says nothing
public record Transfer(
        UUID id,
        AccountId debit,
        AccountId credit,
        Asset asset,
        long amount,
        UUID reference,
        int code) {

    /// The most that a signed number of 8 bytes can say, as a balance is one.
    public static final long MAX_AMOUNT = Long.MAX_VALUE;

    public static final UUID NO_REFERENCE = new UUID(0, 0);

    /// A list of reasons, not a free number: it fits two bytes of a row, signed.
    public static final int MAX_CODE = Short.MAX_VALUE;

    private static final int DERIVED_VERSION = 8;

    public Transfer {
        if (amount < 1) {
            throw new IllegalArgumentException("a transfer moves at least 1, not " + amount);
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("debits and credits one account: " + debit);
        }
        if (code < 0 || code > MAX_CODE) {
            throw new IllegalArgumentException(
                    "a transfer's code is from 0 to " + MAX_CODE + ", not " + code);
        }
    }

    /// One that says no more than what moves.
    public Transfer(UUID id, AccountId debit, AccountId credit, Asset asset, long amount) {
        this(id, debit, credit, asset, amount, NO_REFERENCE, 0);
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

    /// Whether the id may follow from a command's. Nobody may choose such a one for a transfer of
    /// his own: it would stand in the way of the transfer it belongs to.
    public static boolean isDerived(UUID id) {
        return id.version() == DERIVED_VERSION;
    }

    Transfer withId(UUID other) {
        return new Transfer(other, debit, credit, asset, amount, reference, code);
    }

    Transfer withAmount(long other) {
        return new Transfer(id, debit, credit, asset, other, reference, code);
    }

    /// The same into the account that is named instead.
    Transfer into(AccountId other) {
        return new Transfer(id, debit, other, asset, amount, reference, code);
    }
}
