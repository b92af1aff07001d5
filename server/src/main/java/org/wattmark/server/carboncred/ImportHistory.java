package org.wattmark.server.carboncred;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Staging;
import org.wattmark.units.Canonical;

/// Writes down a page of another system's history, once however often it is asked and by whom: its
/// id is that of the file and the page.
public record ImportHistory(HistoryImported page) implements Command<ImportHistory.Outcome> {

    @Override
    public UUID id() {
        return Canonical.of("wattmark/import-history/v1")
                .bytes(page.file().toByteArray())
                .number(page.page())
                .derivedId();
    }

    @Override
    public byte[] content() {
        return page.content();
    }

    /// What came of it.
    public sealed interface Outcome {

        record Recorded(Receipt receipt) implements Outcome {}

        record Refused(Reason reason) implements Outcome {}

        enum Reason {
            /// The same page of the same file was imported with other holders or another chain.
            ID_STANDS_FOR_ANOTHER
        }
    }

    @Override
    public Outcome idStandsForAnother() {
        return new Outcome.Refused(Outcome.Reason.ID_STANDS_FOR_ANOTHER);
    }

    /// Records the fact and its rows, and nothing beside them: no machine holds history.
    static Outcome handle(ImportHistory command, Staging staging) {
        var entry = staging.record(command.page());
        staging.write(new Imported(entry, command.page()));
        return new Outcome.Recorded(entry.receipt());
    }

    /// What the tables take.
    record Imported(Entry entry, HistoryImported page) {}
}
