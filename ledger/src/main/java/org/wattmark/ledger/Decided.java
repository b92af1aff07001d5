package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Bytes;

/// What an id stands for: a command's content, and what came of it.
///
/// @param fingerprint SHA-256 of the command's content
/// @param encoded the outcome as it is kept, and as [BatchSealed] binds it; empty if a transfer
///   says it all
/// @param sequence of the first entry that the command made. Every command makes one, so that an id
///   is taken by one entry and no other.
public record Decided(UUID id, Bytes fingerprint, Object outcome, Bytes encoded, long sequence) {

    boolean standsFor(Bytes otherFingerprint) {
        return fingerprint.equals(otherFingerprint);
    }

    /// Whether fingerprint and outcome are read back from the transfer alone.
    public boolean isInItsEntry() {
        return encoded.isEmpty();
    }
}
