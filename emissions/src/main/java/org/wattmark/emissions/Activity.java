package org.wattmark.emissions;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Bytes;

/// What a firm used or did at a site over some days: one line of a bill.
///
/// @param meter tells two supplies of one kind at a site apart
/// @param note what is to be known about the data's quality, in the firm's words
/// @param evidence SHA-256 of the bill
/// @param factor the id of a factor that the firm itself names
public record Activity(
        UUID id,
        ReportingSite site,
        ActivityItem item,
        Quantity quantity,
        BillPeriod period,
        Optional<String> meter,
        Basis basis,
        String note,
        Optional<Bytes> evidence,
        Optional<String> factor) {

    /// Whether somebody measured it.
    public enum Basis {
        MEASURED,
        ESTIMATED
    }
}
