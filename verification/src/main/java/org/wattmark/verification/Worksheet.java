package org.wattmark.verification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Adjustment;
import org.wattmark.verification.Quantification.Cause;
import org.wattmark.verification.Quantification.Step;

/// Where a methodology writes down what it does: factors, steps, findings and adjustments, and from
/// them the figures of each vintage.
final class Worksheet {

    /// Places behind the point that a quotient keeps where it has no end. Twelve places of a gram
    /// are far below what a sum of all that there is could lift to a gram.
    static final int PLACES = 12;

    /// A gigatonne. What is below it fits into whole grams with all that may be added.
    private static final BigDecimal MOST_GRAMS = new BigDecimal("1000000000000000");

    private final Methodology methodology;
    private final Period period;
    private final ZoneId zone;
    private final Map<Year, BigDecimal> carriedIn;
    private final List<CitedFactor> factors = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Adjustment> adjustments = new ArrayList<>();
    private final List<MethodologyFinding> findings = new ArrayList<>();

    Worksheet(
            Methodology methodology, Period period, ZoneId zone, Map<Year, BigDecimal> carriedIn) {
        this.methodology = methodology;
        this.period = period;
        this.zone = zone;
        this.carriedIn = carriedIn;
    }

    /// Begins with what every methodology asks: the right data, a period of at most twelve months,
    /// a region that it holds in, and an account of leakage.
    void general(MonitoredData data) {
        boolean right = methodology.takes().isInstance(data);
        judge(
                Code.DATA,
                inputs("data for", data.methodology().toString()),
                "those of " + methodology.id(),
                right ? Outcome.INFO : Outcome.REJECT,
                "data that are reported for this methodology");
        var latestEnd = period.start().atZone(zone).plusMonths(12).toInstant();
        judge(
                Code.PERIOD,
                inputs("start", period.start().toString(), "end", period.end().toString()),
                "ends by " + latestEnd,
                period.end().isAfter(latestEnd) ? Outcome.REJECT : Outcome.INFO,
                "a claim for each twelve months");
        var region = data.reported().region();
        boolean holds = methodology.regions().isEmpty() || methodology.regions().contains(region);
        judge(
                Code.REGION,
                inputs("region", region),
                methodology.regions().isEmpty()
                        ? "every territory with factors"
                        : "one of " + methodology.regions().stream().sorted().toList(),
                holds ? Outcome.INFO : Outcome.HOLD,
                "a person's word that the factors of this methodology hold in the region");
        leakage(data.reported().leakage());
    }

    private void leakage(Leakage leakage) {
        boolean unstated = leakage.usedEquipmentStaysInUse() && leakage.grams().isZero();
        judge(
                Code.LEAKAGE,
                inputs("deducted", leakage.grams().toString(), "because", leakage.because()),
                "stated, and not nothing where used equipment works on",
                unstated ? Outcome.HOLD : Outcome.INFO,
                "proof that the equipment was scrapped, or an estimate of what it emits");
        if (!leakage.grams().isZero()) {
            adjust(Cause.LEAKAGE, leakage.exactGrams(), leakage.because());
        }
    }

    Period period() {
        return period;
    }

    ZoneId zone() {
        return zone;
    }

    VintageSplit byTime() {
        return VintageSplit.of(period, zone);
    }

    void cite(CitedFactor factor) {
        factors.add(factor);
    }

    /// Notes a line of the sum and gives its result on.
    BigDecimal step(
            String what,
            String formula,
            Map<String, String> inputs,
            BigDecimal result,
            String unit) {
        steps.add(new Step(what, formula, inputs, plain(result), unit));
        return result;
    }

    void adjust(Cause cause, BigDecimal grams, String because) {
        adjustments.add(new Adjustment(cause, grams, because));
    }

    /// Notes a finding; one that is INFO needs nothing to clear it.
    void judge(
            Code code,
            Map<String, String> inputs,
            String threshold,
            Outcome outcome,
            String clearedBy) {
        findings.add(
                outcome == Outcome.INFO
                        ? MethodologyFinding.kept(code, inputs, threshold)
                        : new MethodologyFinding(code, inputs, threshold, outcome, clearedBy));
    }

    boolean isRejected() {
        return findings.stream().anyMatch(finding -> finding.outcome() == Outcome.REJECT);
    }

    /// There is nothing to quantify, and a finding says why.
    Quantification refused() {
        if (!isRejected()) {
            throw new AssertionError("refused without a reason: " + methodology.id());
        }
        return new Quantification(
                methodology.id(), Optional.empty(), factors, steps, List.of(), findings);
    }

    /// Makes the figures. A vintage in which the project emitted more than the baseline earns
    /// nothing, and its excess is taken off the others.
    ///
    /// @param gross by vintage, exact, in g, before adjustments; negative where it was worse
    Quantification closed(SortedMap<Year, BigDecimal> gross, Map<Year, Energy> saved) {
        var excess = sum(gross, BigDecimal.ZERO, BigDecimal::min).negate();
        if (excess.signum() > 0) {
            adjust(Cause.PROJECT_EMISSIONS, excess, "a vintage emitted more than its baseline");
        }
        var earned = sum(gross, BigDecimal.ZERO, BigDecimal::max);
        var off =
                adjustments.stream()
                        .map(Adjustment::grams)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (earned.compareTo(MOST_GRAMS) > 0) {
            judge(
                    Code.PLAUSIBLE,
                    inputs("reduction", plain(earned) + " g"),
                    plain(MOST_GRAMS) + " g, more than any site has saved",
                    Outcome.REJECT,
                    "numbers without a slip of the pen");
            return refused();
        }
        var lines = new ArrayList<Reduction.Line>();
        gross.forEach((year, grams) -> {
            var positive = grams.max(BigDecimal.ZERO);
            var part =
                    earned.signum() == 0
                            ? BigDecimal.ZERO
                            : off.multiply(positive).divide(earned, PLACES, RoundingMode.CEILING);
            lines.add(line(year, saved.getOrDefault(year, Energy.ZERO), positive, part));
        });
        var reduction = new Reduction(lines);
        judge(
                Code.NET,
                inputs("net", reduction.net().toString()),
                "above 0 g",
                reduction.net().isZero() ? Outcome.REJECT : Outcome.INFO,
                "a period in which more is saved than is deducted");
        return new Quantification(
                methodology.id(), Optional.of(reduction), factors, steps, adjustments, findings);
    }

    /// Deductions round up, what is issued rounds down, and the remainder is carried on; a
    /// deduction takes no more than the whole grams there are.
    private Reduction.Line line(Year year, Energy saved, BigDecimal gross, BigDecimal off) {
        var before = carriedIn.getOrDefault(year, BigDecimal.ZERO);
        var available = gross.add(before);
        var wholeGrams = Co2e.floor(available);
        var deduction = Co2e.ceiling(off.min(BigDecimal.valueOf(wholeGrams.grams())));
        return new Reduction.Line(
                year,
                saved,
                gross,
                before,
                deduction,
                wholeGrams.minus(deduction),
                available.subtract(BigDecimal.valueOf(wholeGrams.grams())));
    }

    private interface Bound {
        BigDecimal of(BigDecimal value, BigDecimal limit);
    }

    private static BigDecimal sum(
            SortedMap<Year, BigDecimal> parts, BigDecimal limit, Bound bound) {
        return parts.values().stream()
                .map(value -> bound.of(value, limit))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// Sums by vintage, each at the year that its date lies in.
    static void add(SortedMap<Year, BigDecimal> sums, Year year, BigDecimal part) {
        sums.merge(year, part, BigDecimal::add);
    }

    static SortedMap<Year, BigDecimal> sums() {
        return new TreeMap<>();
    }

    /// Names and values in turn, kept in this order.
    static Map<String, String> inputs(String... namesAndValues) {
        var inputs = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            inputs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return inputs;
    }

    /// Whole watt-hours, rounded down; what no grid has is cut to what a number holds, and the
    /// bound on grams refuses it.
    static Energy wattHours(BigDecimal exact) {
        var most = BigDecimal.valueOf(Long.MAX_VALUE);
        return new Energy(
                exact.max(BigDecimal.ZERO)
                        .min(most)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact());
    }

    /// Rounds down, for what is credited.
    static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, PLACES, RoundingMode.FLOOR);
    }

    /// Rounds up, for what is emitted or deducted.
    static BigDecimal quotientUp(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, PLACES, RoundingMode.CEILING);
    }

    static String plain(BigDecimal value) {
        return Reduction.exact(value).toPlainString();
    }
}
