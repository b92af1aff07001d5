package org.wattmark.server.accounts;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Staging;
import org.wattmark.units.Canonical;

/// Writes down that a report is public, once however often it is asked: its id follows from the
/// report's.
record PublishReport(ReportPublished report) implements Command<PublishReport.Outcome> {

    @Override
    public UUID id() {
        return Canonical.of("wattmark/publish-carbon-report/v1").id(report.report()).derivedId();
    }

    @Override
    public byte[] content() {
        return report.content();
    }

    /// What came of it.
    sealed interface Outcome {

        record Recorded(Receipt receipt) implements Outcome {}

        record Refused(Reason reason) implements Outcome {}

        enum Reason {
            /// The report was published with another content: it was tampered with since.
            ID_STANDS_FOR_ANOTHER
        }
    }

    @Override
    public Outcome idStandsForAnother() {
        return new Outcome.Refused(Outcome.Reason.ID_STANDS_FOR_ANOTHER);
    }

    static Outcome handle(PublishReport command, Staging staging) {
        return new Outcome.Recorded(staging.record(command.report()).receipt());
    }
}
