package org.wattmark.server.log;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Enters the statement that begins a successor log into the journal, once however often it is
/// asked: its id follows from the statement.
record BeginOrigin(NewOrigin statement) implements Command<BeginOrigin.OriginBegun> {

    @Override
    public UUID id() {
        return Canonical.of("wattmark/begin-origin/v1").bytes(statement.content()).derivedId();
    }

    @Override
    public byte[] content() {
        return statement.content();
    }

    @Override
    public OriginBegun idStandsForAnother() {
        return new OriginBegun(false);
    }

    /// @param done false only if the id was used for something else
    record OriginBegun(boolean done) {}
}
