package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.time.Year;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.LoggedActivity.Month;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;

/// "Wattmark logged savings", version 1: less fuel or electricity for the same activity, against
/// the use per activity of at least twelve months before. `docs/methodologies/logged-savings.md`
/// has the rules and the worked example.
///
/// `ER = Σ (SEC × A − E) × EF − uncertainty − baseline cap − leakage`
public final class LoggedSavings implements Methodology {

    public static final MethodologyId ID = new MethodologyId("logged-savings", 1);

    private static final BigDecimal GRAMS = BigDecimal.valueOf(1_000);

    @Override
    public MethodologyId id() {
        return ID;
    }

    @Override
    public String title() {
        return "Fuel and electricity saving by logged activity";
    }

    @Override
    public String page() {
        return "docs/methodologies/logged-savings.md";
    }

    @Override
    public Class<LoggedActivity> takes() {
        return LoggedActivity.class;
    }

    /// A book that its owner keeps: small sums only.
    @Override
    public Co2e mostWithoutPerson() {
        return Co2e.ofTonnes(1);
    }

    @Override
    public Set<PositiveList> positiveLists() {
        return Set.of(PositiveList.MICROSCALE_EFFICIENCY, PositiveList.MICROSCALE_OTHER);
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
        if (!(data instanceof LoggedActivity logged)) {
            return sheet.refused();
        }
        var factor = gramsPerUnit(sheet, logged, factors);
        LoggedChecks.judge(sheet, logged);
        if (sheet.isRejected() || factor.isEmpty()) {
            return sheet.refused();
        }
        return figures(sheet, logged, SpecificUse.of(logged.before()), factor.get());
    }

    private static Optional<BigDecimal> gramsPerUnit(
            Worksheet sheet, LoggedActivity data, FactorLibraries factors) {
        if (data.carrier() == Carrier.ELECTRICITY) {
            return GridElectricity.gramsPerKilowattHour(
                    sheet, factors, data.reported().region(), data.factor());
        }
        var fuel =
                FuelFactors.cite(
                        sheet, factors, data.reported(), "fuel", data.factor().orElseThrow());
        var fit = fuel.filter(it -> it.unit().symbol().equals(data.energyUnit()));
        if (fuel.isPresent() && fit.isEmpty()) {
            sheet.judge(
                    Code.FACTOR,
                    inputs("logged", data.energyUnit(), "factor", fuel.get().unit().symbol()),
                    "one unit",
                    Outcome.REJECT,
                    "the fuel's factor for the unit that was logged");
        }
        return fit.map(it -> it.kilogramsPerUnit().multiply(GRAMS));
    }

    private static Quantification figures(
            Worksheet sheet, LoggedActivity data, SpecificUse before, BigDecimal gramsPerUnit) {
        var unit = data.energyUnit();
        var per = unit + "/" + data.activityUnit();
        sheet.step(
                "use per activity before",
                "Σ E / Σ A",
                inputs(
                        "Σ E", plain(before.used()) + " " + unit,
                        "Σ A", plain(before.activity()) + " " + data.activityUnit(),
                        "months", String.valueOf(before.months())),
                before.rate(),
                per);
        var gross = Worksheet.sums();
        var saved = new TreeMap<Year, BigDecimal>();
        var activity = BigDecimal.ZERO;
        for (Month month : data.after()) {
            var year = Year.of(month.month().getYear());
            var saving = before.rate().multiply(month.activity()).subtract(month.used());
            activity = activity.add(month.activity());
            Worksheet.add(saved, year, saving);
            Worksheet.add(gross, year, saving.multiply(gramsPerUnit));
        }
        var total = saved.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        sheet.step(
                "saving",
                "Σ (SEC × A − E)",
                inputs("A", plain(activity) + " " + data.activityUnit()),
                total,
                unit);
        sheet.step(
                "reduction before adjustments",
                "saving × EF",
                inputs("EF", plain(gramsPerUnit) + " g/" + unit),
                total.multiply(gramsPerUnit),
                "g");
        var uncertain = before.halfWidth().multiply(activity).multiply(gramsPerUnit);
        sheet.judge(
                Code.UNCERTAINTY,
                inputs("use per activity", "± " + plain(before.halfWidth()) + " " + per),
                "taken off in full, at 90 % confidence of the months before",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        if (uncertain.signum() > 0) {
            sheet.adjust(Cause.UNCERTAINTY, uncertain, "months before differ among themselves");
        }
        law(sheet, data, before.rate(), activity, gramsPerUnit);
        return sheet.closed(
                gross, data.carrier() == Carrier.ELECTRICITY ? energy(saved) : Map.of());
    }

    private static void law(
            Worksheet sheet,
            LoggedActivity data,
            BigDecimal rate,
            BigDecimal activity,
            BigDecimal gramsPerUnit) {
        var legal = data.legalMostPerActivity().orElse(rate).min(rate);
        sheet.judge(
                Code.LEGAL_BASELINE,
                inputs("before", plain(rate), "law", plain(legal)),
                "the lower of the two is the baseline",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        var taken = rate.subtract(legal).multiply(activity).multiply(gramsPerUnit);
        if (taken.signum() > 0) {
            sheet.adjust(Cause.BASELINE_CAP, taken, "the law's most use per activity");
        }
    }

    private static Map<Year, Energy> energy(Map<Year, BigDecimal> kilowattHours) {
        var energy = new TreeMap<Year, Energy>();
        kilowattHours.forEach(
                (year, saved) -> energy.put(year, Worksheet.wattHours(saved.movePointRight(3))));
        return energy;
    }
}
