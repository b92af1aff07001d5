package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.verification.LoggedActivity.Month;
import org.wattmark.verification.MethodologyFinding.Code;

/// The rules that a log keeps before savings are read from it.
final class LoggedChecks {

    /// More activity than this, against a mean month before, may be of another kind: ours.
    private static final BigDecimal MOST_GROWTH = new BigDecimal("1.5");

    private LoggedChecks() {}

    static void judge(Worksheet sheet, LoggedActivity data) {
        months(sheet, data);
        documents(sheet, data.reported());
        if (!data.before().isEmpty()) {
            growth(sheet, data);
        }
    }

    private static void months(Worksheet sheet, LoggedActivity data) {
        var zone = sheet.zone();
        var period = sheet.period();
        long outside =
                data.after().stream()
                        .map(Month::month)
                        .filter(month ->
                                month.atDay(1)
                                                .atStartOfDay(zone)
                                                .toInstant()
                                                .isBefore(period.start())
                                        || month.plusMonths(1)
                                                .atDay(1)
                                                .atStartOfDay(zone)
                                                .toInstant()
                                                .isAfter(period.end()))
                        .count();
        boolean good = data.before().size() >= SpecificUse.LEAST_MONTHS && outside == 0;
        sheet.judge(
                Code.DATA_SUFFICIENCY,
                inputs(
                        "months before", String.valueOf(data.before().size()),
                        "months after", String.valueOf(data.after().size()),
                        "of these outside the period", String.valueOf(outside)),
                SpecificUse.LEAST_MONTHS + " months before, and whole months of the period after",
                good ? Outcome.INFO : Outcome.REJECT,
                "the log of a year before, and a period of whole months");
    }

    private static void documents(Worksheet sheet, Reported reported) {
        boolean log = reported.has(Document.Kind.LOGBOOK);
        boolean bought =
                reported.has(Document.Kind.BILL) || reported.has(Document.Kind.METER_RECORD);
        boolean measure =
                reported.has(Document.Kind.INVOICE)
                        || reported.has(Document.Kind.INSTALLATION_REPORT);
        sheet.judge(
                Code.DOCUMENTS,
                inputs(
                        "logbook", log ? "yes" : "no",
                        "bills or meter", bought ? "yes" : "no",
                        "measure proved", measure ? "yes" : "no"),
                "LOGBOOK, BILL or METER_RECORD, and INVOICE or INSTALLATION_REPORT",
                log && bought && measure ? Outcome.INFO : Outcome.HOLD,
                "the documents that are missing");
    }

    private static void growth(Worksheet sheet, LoggedActivity data) {
        var growth = mean(data.after()).divide(mean(data.before()), 4, RoundingMode.HALF_EVEN);
        sheet.judge(
                Code.PLAUSIBLE,
                inputs("activity of a month against before", plain(growth)),
                "at most " + MOST_GROWTH,
                growth.compareTo(MOST_GROWTH) > 0 ? Outcome.HOLD : Outcome.INFO,
                "a verifier who finds the activity of the same kind as before");
    }

    private static BigDecimal mean(List<Month> months) {
        var sum = months.stream().map(Month::activity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Worksheet.quotientUp(sum, BigDecimal.valueOf(months.size()));
    }
}
