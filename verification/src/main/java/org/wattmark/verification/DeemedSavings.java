package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Year;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.DeemedInstallations.Lamps;
import org.wattmark.verification.DeemedInstallations.Line;
import org.wattmark.verification.DeemedInstallations.RunTime.Basis;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;

/// "Wattmark deemed savings, AMS-II.C style", version 1: efficient lamps and motors in place of
/// less efficient ones. `docs/methodologies/deemed-savings.md` has the rules and the example.
///
/// `ER = Σ n (Pb − Pp) h / (1 − l) × EF − uncertainty − baseline cap − leakage`
public final class DeemedSavings implements Methodology {

    public static final MethodologyId ID = new MethodologyId("deemed-savings", 1);

    /// Confidence and precision that the CDM's standard for sampling asks of small projects: 90/10.
    static final Share SAMPLE_PRECISION = Share.ofPercent(10);

    /// The losses that AMS-II.C lets a project take without data of its own.
    static final Share USUAL_GRID_LOSSES = Share.ofPercent(10);

    /// Hours a day that a household lamp counts where nothing was measured (AMS-II.J: 3.5).
    static final BigDecimal DEEMED_HOURS_PER_DAY = new BigDecimal("3.5");

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);
    private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    @Override
    public MethodologyId id() {
        return ID;
    }

    @Override
    public String title() {
        return "Deemed efficiency savings of lamps and motors, AMS-II.C style";
    }

    @Override
    public String page() {
        return "docs/methodologies/deemed-savings.md";
    }

    @Override
    public Class<DeemedInstallations> takes() {
        return DeemedInstallations.class;
    }

    @Override
    public Co2e mostWithoutPerson() {
        return Co2e.ofTonnes(10);
    }

    @Override
    public Set<PositiveList> positiveLists() {
        return Set.of(PositiveList.MICROSCALE_EFFICIENCY);
    }

    @Override
    public Quantification quantify(
            MonitoredData data,
            Period period,
            ZoneId zone,
            Map<Year, BigDecimal> carriedIn,
            FactorLibraries factors) {
        var sheet = new Worksheet(this, period, zone, carriedIn);
        sheet.general(data);
        if (!(data instanceof DeemedInstallations installed)) {
            return sheet.refused();
        }
        var factor =
                GridElectricity.gramsPerKilowattHour(
                        sheet, factors, data.reported().region(), installed.gridFactor());
        documents(sheet, installed);
        runTimes(sheet, installed);
        gridLosses(sheet, installed.gridLosses());
        if (sheet.isRejected() || factor.isEmpty()) {
            return sheet.refused();
        }
        return figures(sheet, installed, factor.get());
    }

    private static void documents(Worksheet sheet, DeemedInstallations data) {
        var reported = data.reported();
        boolean fitted =
                reported.has(Document.Kind.INVOICE)
                        || reported.has(Document.Kind.INSTALLATION_REPORT);
        boolean measured =
                reported.has(Document.Kind.METER_RECORD)
                        || data.lines().stream()
                                .allMatch(it -> it.runTime().basis() == Basis.DEEMED);
        sheet.judge(
                Code.DOCUMENTS,
                inputs("measure proved", yes(fitted), "hours proved", yes(measured)),
                "INVOICE or INSTALLATION_REPORT, and METER_RECORD for measured hours",
                fitted && measured ? Outcome.INFO : Outcome.HOLD,
                "the invoice or the report of installation, and the loggers' record");
    }

    private static void runTimes(Worksheet sheet, DeemedInstallations data) {
        var periodHours =
                BigDecimal.valueOf(sheet.period().length().toSeconds())
                        .divide(SECONDS_PER_HOUR, 6, RoundingMode.FLOOR);
        var deemedHours =
                periodHours
                        .multiply(DEEMED_HOURS_PER_DAY)
                        .divide(HOURS_PER_DAY, 6, RoundingMode.FLOOR);
        var worst = Outcome.INFO;
        var shown = inputs("period", plain(periodHours) + " h");
        for (var line : data.lines()) {
            boolean deemed = line.runTime().basis() == Basis.DEEMED;
            boolean possible =
                    line.runTime().hours().compareTo(deemed ? deemedHours : periodHours) <= 0
                            && !(deemed && !(line instanceof Lamps));
            if (!possible) {
                worst = Outcome.REJECT;
                shown.put(line.what(), plain(line.runTime().hours()) + " h");
            }
        }
        sheet.judge(
                Code.PLAUSIBLE,
                shown,
                "hours <= the period's; deemed ones for lamps only, <= "
                        + plain(deemedHours)
                        + " h",
                worst,
                "hours that a logger recorded");
        int coarsest =
                data.lines().stream()
                        .mapToInt(line -> line.runTime().precision().basisPoints())
                        .max()
                        .orElse(0);
        sheet.judge(
                Code.SAMPLE,
                inputs("coarsest precision", coarsest + " basis points"),
                SAMPLE_PRECISION.basisPoints() + " basis points at 90 % confidence",
                coarsest > SAMPLE_PRECISION.basisPoints() ? Outcome.HOLD : Outcome.INFO,
                "a larger sample");
    }

    private static void gridLosses(Worksheet sheet, Share losses) {
        sheet.judge(
                Code.GRID_LOSSES,
                inputs("technical losses", losses.basisPoints() + " basis points"),
                USUAL_GRID_LOSSES.basisPoints() + " basis points",
                losses.basisPoints() > USUAL_GRID_LOSSES.basisPoints()
                        ? Outcome.HOLD
                        : Outcome.INFO,
                "the grid operator's own figure of technical losses");
    }

    private static Quantification figures(
            Worksheet sheet, DeemedInstallations data, BigDecimal gramsPerKilowattHour) {
        var saved = BigDecimal.ZERO;
        var uncertain = BigDecimal.ZERO;
        var lawful = BigDecimal.ZERO;
        for (var line : data.lines()) {
            var wattHours = wattHours(sheet, line);
            saved = saved.add(wattHours);
            var notBeyondLaw = notBeyondLaw(line, wattHours);
            lawful = lawful.add(notBeyondLaw);
            uncertain =
                    uncertain.add(
                            wattHours
                                    .subtract(notBeyondLaw)
                                    .multiply(line.runTime().precision().fraction()));
        }
        var perWattHour =
                new Grams(
                        gramsPerKilowattHour,
                        THOUSAND.multiply(BigDecimal.ONE.subtract(data.gridLosses().fraction())));
        var gross =
                sheet.step(
                        "reduction before adjustments",
                        "ES / (1 − l) × EF",
                        inputs(
                                "ES", plain(saved) + " Wh",
                                "l", plain(data.gridLosses().fraction()),
                                "EF", plain(gramsPerKilowattHour) + " g/kWh"),
                        Worksheet.quotient(
                                saved.multiply(perWattHour.dividend), perWattHour.divisor),
                        "g");
        sheet.judge(
                Code.LEGAL_BASELINE,
                inputs("saved anyway by law", plain(lawful) + " Wh"),
                "recorded, and taken off",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        takeOff(sheet, Cause.BASELINE_CAP, lawful, perWattHour, "what the law would have saved");
        takeOff(
                sheet,
                Cause.UNCERTAINTY,
                uncertain,
                perWattHour,
                "hours at the low end of the sample's 90 % interval");
        var split = sheet.byTime();
        return sheet.closed(split.of(gross), split.of(Worksheet.wattHours(saved)));
    }

    /// Grams per watt-hour as a fraction, divided once at the end.
    private record Grams(BigDecimal dividend, BigDecimal divisor) {}

    private static void takeOff(
            Worksheet sheet, Cause cause, BigDecimal wattHours, Grams per, String because) {
        if (wattHours.signum() > 0) {
            var grams = Worksheet.quotientUp(wattHours.multiply(per.dividend), per.divisor);
            sheet.adjust(cause, grams, because + ": " + plain(wattHours) + " Wh");
        }
    }

    private static BigDecimal wattHours(Worksheet sheet, Line line) {
        var saving =
                line.baselineWatts()
                        .subtract(line.projectWatts())
                        .multiply(BigDecimal.valueOf(line.workingUnits()))
                        .multiply(line.runTime().hours())
                        .max(BigDecimal.ZERO);
        return sheet.step(
                "electricity saved by " + line.what(),
                "n (Pb − Pp) h",
                inputs(
                        "n", String.valueOf(line.workingUnits()),
                        "Pb", plain(line.baselineWatts()) + " W",
                        "Pp", plain(line.projectWatts()) + " W",
                        "h", plain(line.runTime().hours()) + " h"),
                saving,
                "Wh");
    }

    /// What of the saving is not beyond the law: down to what the law's minimum would draw.
    private static BigDecimal notBeyondLaw(Line line, BigDecimal saving) {
        return line.legalWatts()
                .map(legal ->
                        line.baselineWatts()
                                .subtract(legal)
                                .max(BigDecimal.ZERO)
                                .multiply(BigDecimal.valueOf(line.workingUnits()))
                                .multiply(line.runTime().hours())
                                .min(saving))
                .orElse(BigDecimal.ZERO);
    }

    private static String yes(boolean answer) {
        return answer ? "yes" : "no";
    }
}
