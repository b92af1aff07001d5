package org.wattmark.server.organisations;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Staging;

/// Writes a change of access down, with the rows that make it so, in one commit. Whether it may be
/// was decided before, by [AccessBook].
///
/// @param effect is no part of what the command says: it follows from that
public record ChangeAccess(UUID id, AccessChanged change, Effect effect)
        implements Command<ChangeAccess.Outcome> {

    @Override
    public byte[] content() {
        return change.content();
    }

    /// What came of it.
    public sealed interface Outcome {

        record Changed(Receipt receipt) implements Outcome {}

        record Refused(Reason reason) implements Outcome {}

        enum Reason {
            /// The id was used for another change, or for something else.
            ID_STANDS_FOR_ANOTHER
        }
    }

    @Override
    public Outcome idStandsForAnother() {
        return new Outcome.Refused(Outcome.Reason.ID_STANDS_FOR_ANOTHER);
    }

    static Outcome handle(ChangeAccess command, Staging staging) {
        var entry = staging.record(command.change());
        staging.write(new Written(entry, command.change(), command.effect()));
        return new Outcome.Changed(entry.receipt());
    }

    /// What the tables take.
    record Written(Entry entry, AccessChanged change, Effect effect) {}
}
