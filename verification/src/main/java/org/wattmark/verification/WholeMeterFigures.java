package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;
import org.wattmark.verification.WholeMeterReadings.Frequency;
import org.wattmark.verification.WholeMeterReadings.Meter;
import org.wattmark.verification.WholeMeterReadings.NonRoutine;
import org.wattmark.verification.WholeMeterSavings.GramsPerWattHour;

/// From a saving with its uncertainty to whole watt-hours, and from these to grams. Statistics end
/// here: the saving is rounded down, all that is taken off it is rounded up.
final class WholeMeterFigures {

    private WholeMeterFigures() {}

    static Quantification close(
            Worksheet sheet, WholeMeterReadings data, MeterSavings found, GramsPerWattHour grams) {
        fit(sheet, data, found);
        if (sheet.isRejected()) {
            return sheet.refused();
        }
        var saved = down(Math.max(0, found.savings()));
        var uncertain = up(found.uncertainty().wattHours());
        steps(sheet, found, saved, uncertain);
        var left = saved;
        left = takeOff(sheet, Cause.UNCERTAINTY, left, uncertain, grams, "90 % interval");
        left = takeOff(sheet, Cause.NON_ROUTINE, left, lowering(data), grams, "other changes");
        var lawful = left.multiply(data.askedByLaw().fraction()).setScale(0, RoundingMode.CEILING);
        left = takeOff(sheet, Cause.BASELINE_CAP, left, lawful, grams, "asked for by law");
        var most = BigDecimal.valueOf(data.engineeringEstimate().wattHours());
        var above = left.subtract(most).max(BigDecimal.ZERO);
        takeOff(sheet, Cause.ENGINEERING_CAP, left, above, grams, "above the estimate");
        sheet.judge(
                Code.ENGINEERING_CAP,
                inputs("saving", plain(left) + " Wh", "estimate", plain(most) + " Wh"),
                "the engineer's estimate; what is above is taken off",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        var gross =
                sheet.step(
                        "reduction before adjustments",
                        "savings × EF",
                        inputs(
                                "savings",
                                plain(saved) + " Wh",
                                "EF",
                                plain(grams.down(BigDecimal.valueOf(1_000))) + " g/kWh"),
                        grams.down(saved),
                        "g");
        var split = sheet.byTime();
        return sheet.closed(
                split.of(gross),
                data.meter() == Meter.ELECTRICITY
                        ? split.of(Worksheet.wattHours(saved))
                        : Map.of());
    }

    private static void fit(Worksheet sheet, WholeMeterReadings data, MeterSavings found) {
        double most = SavingsUncertainty.mostDeviation(data.frequency() == Frequency.DAILY);
        double deviation = found.uncertainty().deviation();
        sheet.judge(
                Code.MODEL_FIT,
                inputs(
                        "CV(RMSE)", text(deviation),
                        "adjusted R²", text(found.model().adjustedR2())),
                text(most) + " to hold, " + text(SavingsUncertainty.MEANINGLESS) + " to reject",
                !(deviation <= SavingsUncertainty.MEANINGLESS)
                        ? Outcome.REJECT
                        : deviation > most ? Outcome.HOLD : Outcome.INFO,
                "a verifier who finds the model fit for this building, or daily readings");
    }

    private static void steps(
            Worksheet sheet, MeterSavings found, BigDecimal saved, BigDecimal uncertain) {
        var model = found.model();
        double counterfactual = 0;
        for (double row : found.counterfactual()) {
            counterfactual += row;
        }
        sheet.step(
                "use without the measure",
                "Σ (base + heating × HDD(H) + cooling × CDD(C)) × days",
                inputs(
                        "base", text(model.base()) + " Wh/day",
                        "heating", text(model.heating()) + " Wh/°F day",
                        "H", model.heatingPoint() + " °F",
                        "cooling", text(model.cooling()) + " Wh/°F day",
                        "C", model.coolingPoint() + " °F"),
                rounded(counterfactual),
                "Wh");
        sheet.step(
                "savings",
                "max(0, use without the measure − metered), rounded down",
                inputs("metered", text(found.observed()) + " Wh"),
                saved,
                "Wh");
        var uncertainty = found.uncertainty();
        sheet.step(
                "uncertainty",
                "t (a M² + b M + d) CV √(P/P' (1 + 2/P') / Q) × use, rounded up",
                inputs(
                        "CV", text(uncertainty.deviation()),
                        "autocorrelation", text(uncertainty.autocorrelation()),
                        "confidence", "90 %"),
                uncertain,
                "Wh");
        sheet.judge(
                Code.UNCERTAINTY,
                inputs("savings", plain(saved) + " Wh", "±", plain(uncertain) + " Wh"),
                "taken off in full",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
    }

    /// Takes off no more than is left, and says what is left then.
    private static BigDecimal takeOff(
            Worksheet sheet,
            Cause cause,
            BigDecimal left,
            BigDecimal wattHours,
            GramsPerWattHour grams,
            String because) {
        var taken = wattHours.min(left);
        if (taken.signum() > 0) {
            sheet.adjust(cause, grams.up(taken), because + ": " + plain(taken) + " Wh");
        }
        return left.subtract(taken);
    }

    /// Other changes that lowered the use, as a positive number of Wh.
    private static BigDecimal lowering(WholeMeterReadings data) {
        return data.nonRoutine().stream()
                .map(NonRoutine::wattHours)
                .filter(wattHours -> wattHours < 0)
                .map(wattHours -> BigDecimal.valueOf(wattHours).negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal down(double wattHours) {
        return new BigDecimal(wattHours).setScale(0, RoundingMode.FLOOR);
    }

    private static BigDecimal up(double wattHours) {
        return new BigDecimal(wattHours).setScale(0, RoundingMode.CEILING);
    }

    private static String text(double statistic) {
        return Double.isFinite(statistic) ? plain(rounded(statistic)) : "none";
    }

    /// Six places, for people: what is credited was rounded before.
    private static BigDecimal rounded(double statistic) {
        return new BigDecimal(statistic).setScale(6, RoundingMode.HALF_EVEN);
    }
}
