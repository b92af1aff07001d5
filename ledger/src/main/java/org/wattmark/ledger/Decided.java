package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Bytes;

/// What an id stands for: a command's content, and what came of it.
///
/// @param fingerprint SHA-256 of the command's content
/// @param encoded the outcome as it is kept, and as [BatchSealed] binds it
public record Decided(UUID id, Bytes fingerprint, Object outcome, Bytes encoded) {

    boolean standsFor(Bytes otherFingerprint) {
        return fingerprint.equals(otherFingerprint);
    }
}
