package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Asks to undo an import.
///
/// @param account who asks, as the token says: the device's owner
public record UndoImport(UUID id, UUID account, UUID importId) implements Command<ImportUndo> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/undo-import/v1").id(account).id(importId).toByteArray();
    }

    @Override
    public ImportUndo idStandsForAnother() {
        return new ImportUndo.Refused(ImportUndo.Reason.ID_STANDS_FOR_ANOTHER, importId, "");
    }
}
