package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// Asks to take in a batch that was made of a file, as a part of an import. Its id is made of its
/// content.
///
/// @param account who sends the file, as the token says: the device's owner
/// @param file SHA-256 of it
public record AcceptImport(UUID account, UUID importId, Sha256 file, Inspected inspected)
        implements Command<BatchAnswer> {

    @Override
    public UUID id() {
        return ContentId.of(content());
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/accept-import/v1")
                .id(account)
                .id(importId)
                .bytes(file.bytes())
                .bytes(inspected.hash().bytes())
                .toByteArray();
    }

    @Override
    public BatchAnswer idStandsForAnother() {
        throw new AssertionError("the id is made of the content");
    }
}
