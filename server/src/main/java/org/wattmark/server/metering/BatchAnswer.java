package org.wattmark.server.metering;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Receipt;
import org.wattmark.metering.Admission;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Finding;
import org.wattmark.metering.Finding.Outcome;

/// What came of a batch.
public sealed interface BatchAnswer {

    /// Findings in one answer: enough to see what is wrong. All of them can be read afterwards.
    int MOST_FINDINGS = 20;

    /// @param findings the first that are more than INFO
    /// @param moreFindings how many more of these there are
    record Taken(
            UUID deviceId,
            Channel channel,
            long sequence,
            Receipt receipt,
            int accepted,
            int rejected,
            long energyWattHours,
            List<Found> findings,
            int moreFindings)
            implements BatchAnswer {}

    record Refused(Admission.Reason reason, String explanation) implements BatchAnswer {}

    /// A finding as an answer shows it.
    ///
    /// @param start of the interval or the day that it speaks of
    record Found(Finding.Rule rule, Outcome outcome, Instant start, String explanation) {

        static Found of(Finding finding) {
            return new Found(
                    finding.rule(),
                    finding.outcome(),
                    finding.interval().start(),
                    finding.explanation());
        }
    }
}
