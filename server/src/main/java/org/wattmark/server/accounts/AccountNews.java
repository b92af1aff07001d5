package org.wattmark.server.accounts;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.emissions.ActivityFinding;
import org.wattmark.emissions.ActivityFinding.Severity;
import org.wattmark.server.notifications.Kind;
import org.wattmark.server.notifications.Telling;
import org.wattmark.server.notifications.Telling.Message;

/// Tells a firm's people of its bills and reports, in the transaction in which these are written.
final class AccountNews {

    private static final int LONGEST = 1_000;

    private final Telling telling;
    private final InstantSource time;

    AccountNews(Telling telling, InstantSource time) {
        this.telling = telling;
        this.time = time;
    }

    void imported(UUID organisation, UUID id, String file, long taken, long rows) {
        tell(
                "import/" + id,
                Kind.BILLS_IMPORTED,
                organisation,
                id,
                taken + " of " + rows + " rows of " + file);
    }

    /// The same file that is sent again is refused again, and told once.
    void refused(UUID organisation, UUID id, byte[] sha256, long bad, long rows) {
        tell(
                "import/" + id + "/refused/" + HexFormat.of().formatHex(sha256),
                Kind.BILLS_REFUSED,
                organisation,
                id,
                bad + " of " + rows + " rows are bad");
    }

    /// What a person has to look at; what is only worth knowing waits in the inventory.
    ///
    /// @param source of which this is told once
    /// @param subject what was looked at
    void found(UUID organisation, String source, String subject, List<ActivityFinding> findings) {
        var held = findings.stream().filter(each -> each.severity() == Severity.HOLD).toList();
        if (!held.isEmpty()) {
            var first = held.getFirst().message();
            var more = held.size() == 1 ? "" : " And " + (held.size() - 1) + " more.";
            tell(source + "/found", Kind.BILL_TO_LOOK_AT, organisation, subject, first + more);
        }
    }

    void shared(Reports.Report report, Reports.Share share) {
        tell(
                "share/" + share.id(),
                Kind.REPORT_SHARED,
                report.organisation(),
                report.id(),
                share.recipient());
    }

    void opened(Reports.Report report, UUID share, String recipient) {
        tell(
                "share/" + share + "/opened",
                Kind.REPORT_OPENED,
                report.organisation(),
                report.id(),
                recipient);
    }

    void published(Reports.Report report) {
        tell(
                "report/" + report.id() + "/published",
                Kind.REPORT_PUBLISHED,
                report.organisation(),
                report.id(),
                String.valueOf(report.year()));
    }

    private void tell(String source, Kind kind, UUID organisation, Object subject, String detail) {
        telling.tell(
                new Message(
                        source,
                        kind,
                        Optional.of(organisation),
                        subject.toString(),
                        detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST),
                        time.instant()));
    }
}
