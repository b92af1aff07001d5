package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;
import static org.wattmark.verification.Worksheet.plain;

import java.math.BigDecimal;
import java.time.Year;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.wattmark.emissions.ActivityFactor;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.HeatSupply.Fuel;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;

/// "Wattmark fuel switch, AMS-III.B style", version 1: the same useful heat from a fuel that emits
/// less. `docs/methodologies/fuel-switch.md` has the rules and the worked example.
///
/// `ER = Q (EFb / eb − EFp / ep) − uncertainty − baseline cap − leakage`
public final class FuelSwitch implements Methodology {

    public static final MethodologyId ID = new MethodologyId("fuel-switch", 1);

    private static final String BASELINE = "baseline fuel";
    private static final String PROJECT = "project fuel";

    @Override
    public MethodologyId id() {
        return ID;
    }

    @Override
    public String title() {
        return "Fuel switch for heat, AMS-III.B style";
    }

    @Override
    public String page() {
        return "docs/methodologies/fuel-switch.md";
    }

    @Override
    public Class<HeatSupply> takes() {
        return HeatSupply.class;
    }

    @Override
    public Co2e mostWithoutPerson() {
        return Co2e.ofTonnes(10);
    }

    @Override
    public Set<PositiveList> positiveLists() {
        return Set.of(PositiveList.MICROSCALE_OTHER);
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
        if (!(data instanceof HeatSupply heat)) {
            return sheet.refused();
        }
        var reported = heat.reported();
        var before = FuelFactors.cite(sheet, factors, reported, BASELINE, heat.baseline().factor());
        var after = FuelFactors.cite(sheet, factors, reported, PROJECT, heat.project().factor());
        var baseline = WholeMeterChecks.ofEnergy(sheet, before);
        var project = WholeMeterChecks.ofEnergy(sheet, after);
        documents(sheet, heat);
        if (sheet.isRejected() || baseline.isEmpty() || project.isEmpty()) {
            return sheet.refused();
        }
        return figures(sheet, heat, baseline.get(), project.get());
    }

    private static void documents(Worksheet sheet, HeatSupply heat) {
        var reported = heat.reported();
        boolean measure =
                reported.has(Document.Kind.INVOICE)
                        || reported.has(Document.Kind.INSTALLATION_REPORT);
        boolean measured =
                reported.has(Document.Kind.METER_RECORD) || reported.has(Document.Kind.BILL);
        boolean analysed = !heat.fuelsAnalysed() || reported.has(Document.Kind.ANALYSIS);
        sheet.judge(
                Code.DOCUMENTS,
                inputs(
                        "measure proved", measure ? "yes" : "no",
                        "heat proved", measured ? "yes" : "no",
                        "analysis shown", analysed ? "yes" : "no"),
                "INVOICE or INSTALLATION_REPORT, METER_RECORD or BILL, ANALYSIS if it is said",
                measure && measured && analysed ? Outcome.INFO : Outcome.HOLD,
                "the documents that are missing");
    }

    private static Quantification figures(
            Worksheet sheet, HeatSupply heat, ActivityFactor baseline, ActivityFactor project) {
        var joules = heat.usefulMegajoules().movePointRight(6);
        var before = emitted(sheet, "baseline emissions", joules, heat.baseline(), baseline, false);
        var after = emitted(sheet, "project emissions", joules, heat.project(), project, true);
        var gross =
                sheet.step(
                        "reduction before adjustments",
                        "baseline − project",
                        inputs("baseline", plain(before) + " g", "project", plain(after) + " g"),
                        before.subtract(after),
                        "g");
        sheet.judge(
                Code.PROJECT_EMISSIONS,
                inputs("project", plain(after) + " g"),
                "in the sum",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        law(sheet, heat, before);
        uncertainty(sheet, heat, gross, new Sums(before, baseline), new Sums(after, project));
        return sheet.closed(sheet.byTime().of(gross), Map.of());
    }

    /// Grams, and the factor that they were counted by.
    private record Sums(BigDecimal grams, ActivityFactor factor) {}

    /// Baseline emissions are rounded down at the last place, the project's up.
    private static BigDecimal emitted(
            Worksheet sheet,
            String what,
            BigDecimal joules,
            Fuel fuel,
            ActivityFactor factor,
            boolean up) {
        var grams = FuelFactors.grams(factor, joules);
        var divisor = factor.unit().inBase().multiply(fuel.efficiency());
        return sheet.step(
                what,
                "Q × EF / e",
                inputs(
                        "Q",
                        plain(joules.movePointLeft(6)) + " MJ",
                        "EF",
                        plain(factor.kilogramsPerUnit()) + " kg/" + factor.unit().symbol(),
                        "e",
                        plain(fuel.efficiency())),
                up ? Worksheet.quotientUp(grams, divisor) : Worksheet.quotient(grams, divisor),
                "g");
    }

    /// A law's boiler would have emitted less than the old one: the difference is nobody's credit.
    private static void law(Worksheet sheet, HeatSupply heat, BigDecimal before) {
        var old = heat.baseline().efficiency();
        var legal = heat.legalEfficiency().orElse(old).max(old);
        var taken =
                before.subtract(Worksheet.quotient(before.multiply(old), legal))
                        .max(BigDecimal.ZERO);
        sheet.judge(
                Code.LEGAL_BASELINE,
                inputs("old boiler", plain(old), "law", plain(legal)),
                "the better of the two is the baseline",
                Outcome.INFO,
                MethodologyFinding.NOTHING_IS_NEEDED);
        if (taken.signum() > 0) {
            sheet.adjust(Cause.BASELINE_CAP, taken, "the law's least efficiency " + plain(legal));
        }
    }

    private static void uncertainty(
            Worksheet sheet, HeatSupply heat, BigDecimal gross, Sums before, Sums after) {
        if (!heat.heatPrecision().equals(Share.NONE)) {
            sheet.adjust(
                    Cause.UNCERTAINTY,
                    gross.max(BigDecimal.ZERO).multiply(heat.heatPrecision().fraction()),
                    "limit of error of the heat meter: " + heat.heatPrecision().fraction());
        }
        var low = FuelRange.ofPath(before.factor().path());
        var high = FuelRange.ofPath(after.factor().path());
        var shown =
                inputs(
                        "fuels analysed", heat.fuelsAnalysed() ? "yes" : "no",
                        "baseline", low.map(FuelRange::toString).orElse("range unknown"),
                        "project", high.map(FuelRange::toString).orElse("range unknown"));
        boolean known = heat.fuelsAnalysed() || (low.isPresent() && high.isPresent());
        sheet.judge(
                Code.UNCERTAINTY,
                shown,
                "analysed, or counted at the unfavourable ends of the IPCC's ranges",
                known ? Outcome.INFO : Outcome.HOLD,
                "an analysis of the fuels");
        if (!heat.fuelsAnalysed() && low.isPresent() && high.isPresent()) {
            sheet.adjust(
                    Cause.UNCERTAINTY,
                    low.get().belowDefault(before.grams()),
                    "the baseline fuel at the low end of " + low.get());
            sheet.adjust(
                    Cause.UNCERTAINTY,
                    high.get().aboveDefault(after.grams()),
                    "the project fuel at the high end of " + high.get());
        }
    }
}
