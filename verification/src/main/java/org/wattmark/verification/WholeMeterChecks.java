package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;

import java.util.Optional;
import org.wattmark.emissions.ActivityFactor;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.WholeMeterReadings.NonRoutine;

/// The rules that meter and weather data keep before they are compared.
final class WholeMeterChecks {

    /// Days of the baseline that may be missing: a tenth of the year (CalTRACK 2.2.1.2). For the
    /// reporting period it is our own rule, so that nobody leaves out the days of high use.
    static final int MOST_MISSING_IN_A_YEAR = 37;

    /// CalTRACK 2.4.2.
    private static final int FAR_STATION_KILOMETRES = 200;

    /// Fewest rows that a model with two slopes and its error can be fitted to.
    private static final int LEAST_BILLS = 6;

    private WholeMeterChecks() {}

    static void judge(
            Worksheet sheet, WholeMeterReadings data, MeterRows baseline, MeterRows reporting) {
        documents(sheet, data.reported());
        sufficiency(sheet, data, baseline, reporting);
        meter(sheet, data);
        outliers(sheet, baseline, reporting);
        nonRoutine(sheet, data);
    }

    private static void documents(Worksheet sheet, Reported reported) {
        boolean measure =
                reported.has(Document.Kind.INVOICE)
                        || reported.has(Document.Kind.INSTALLATION_REPORT);
        sheet.judge(
                Code.MEASURE,
                inputs("measure proved", measure ? "yes" : "no"),
                "INVOICE or INSTALLATION_REPORT: a meter that shows less proves no measure",
                measure ? Outcome.INFO : Outcome.REJECT,
                "the invoice or the report of installation");
        boolean estimate = reported.has(Document.Kind.ENGINEERING_ESTIMATE);
        boolean readings =
                reported.has(Document.Kind.METER_RECORD) || reported.has(Document.Kind.BILL);
        sheet.judge(
                Code.DOCUMENTS,
                inputs("estimate", estimate ? "yes" : "no", "readings", readings ? "yes" : "no"),
                "ENGINEERING_ESTIMATE, and METER_RECORD or BILL",
                estimate && readings ? Outcome.INFO : Outcome.HOLD,
                "the engineer's estimate, and the meter's record or the supplier's bills");
    }

    private static void sufficiency(
            Worksheet sheet, WholeMeterReadings data, MeterRows baseline, MeterRows reporting) {
        boolean daily = data.frequency() == WholeMeterReadings.Frequency.DAILY;
        boolean enough =
                baseline.missingDays() <= MOST_MISSING_IN_A_YEAR
                        && (daily || baseline.rows().size() >= LEAST_BILLS)
                        && !reporting.rows().isEmpty();
        sheet.judge(
                Code.DATA_SUFFICIENCY,
                inputs(
                        "baseline days", String.valueOf(baseline.days()),
                        "missing", String.valueOf(baseline.missingDays()),
                        "baseline rows", String.valueOf(baseline.rows().size()),
                        "reporting rows", String.valueOf(reporting.rows().size())),
                "365 days before the measure, at most "
                        + MOST_MISSING_IN_A_YEAR
                        + " missing; some after it",
                enough ? Outcome.INFO : Outcome.REJECT,
                "more of the meter's record or of the station's");
        long most = reporting.days() * MOST_MISSING_IN_A_YEAR / WholeMeterSavings.BASELINE_DAYS;
        sheet.judge(
                Code.DATA_SUFFICIENCY,
                inputs(
                        "reporting days", String.valueOf(reporting.days()),
                        "missing", String.valueOf(reporting.missingDays())),
                most + " days",
                reporting.missingDays() > most ? Outcome.HOLD : Outcome.INFO,
                "the missing days, or why they are missing");
    }

    private static void meter(Worksheet sheet, WholeMeterReadings data) {
        var site = data.site();
        long negative =
                data.usage().stream()
                        .filter(row -> row.wattHours().map(it -> it < 0).orElse(false))
                        .count();
        var outcome =
                site.generationChanged()
                        ? Outcome.REJECT
                        : negative > 0 || site.chargerAdded() ? Outcome.HOLD : Outcome.INFO;
        sheet.judge(
                Code.NET_METERING,
                inputs(
                        "generation changed", site.generationChanged() ? "yes" : "no",
                        "rows below 0", String.valueOf(negative),
                        "charger added", site.chargerAdded() ? "yes" : "no"),
                "none (CalTRACK 2.2.6, 2.2.7, 2.3.5)",
                outcome,
                "sub-metered readings without generation and charging");
        sheet.judge(
                Code.PLAUSIBLE,
                inputs("weather station", site.stationKilometres() + " km away"),
                FAR_STATION_KILOMETRES + " km",
                site.stationKilometres() > FAR_STATION_KILOMETRES ? Outcome.HOLD : Outcome.INFO,
                "a nearer station, or why this one has the site's weather");
    }

    private static void outliers(Worksheet sheet, MeterRows baseline, MeterRows reporting) {
        int outliers = baseline.outliers() + reporting.outliers();
        sheet.judge(
                Code.OUTLIERS,
                inputs("rows", String.valueOf(outliers)),
                "none above median + 3 interquartile ranges (CalTRACK 2.3.6)",
                outliers > 0 ? Outcome.HOLD : Outcome.INFO,
                "what happened on these days");
    }

    /// What lowers the saving is taken off; what would raise it needs a person's word.
    private static void nonRoutine(Worksheet sheet, WholeMeterReadings data) {
        long raising =
                data.nonRoutine().stream()
                        .mapToLong(NonRoutine::wattHours)
                        .filter(it -> it > 0)
                        .count();
        var shown = inputs("changes", String.valueOf(data.nonRoutine().size()));
        data.nonRoutine().forEach(change -> shown.put(change.what(), change.wattHours() + " Wh"));
        sheet.judge(
                Code.NON_ROUTINE,
                shown,
                "recorded; what lowers the saving is taken off, what raises it is not added",
                raising > 0 ? Outcome.HOLD : Outcome.INFO,
                "a verifier who leaves the added use out of account");
    }

    /// A gas meter's energy meets a factor for energy only.
    static Optional<ActivityFactor> ofEnergy(Worksheet sheet, Optional<ActivityFactor> factor) {
        var fit = factor.filter(FuelFactors::isForEnergy);
        if (factor.isPresent() && fit.isEmpty()) {
            sheet.judge(
                    Code.FACTOR,
                    inputs("unit", factor.get().unit().symbol()),
                    "a unit of energy",
                    Outcome.REJECT,
                    "the fuel's factor by energy, gross");
        }
        return fit;
    }
}
