package org.wattmark.ledger;

/// An asset that was transferred at least once.
///
/// @param number counts from 1 in the order of each asset's first transfer: its name in a few
///   bytes, which every replay gives again
/// @param frozen nothing moves in it, except that holds may go back
public record KnownAsset(Asset asset, int number, boolean frozen) {

    KnownAsset frozen(boolean other) {
        return new KnownAsset(asset, number, other);
    }
}
