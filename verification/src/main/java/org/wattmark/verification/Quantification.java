package org.wattmark.verification;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;

/// What a methodology makes of reported data: the figures, every number that they were made with,
/// the sum in steps that a person can follow, and what speaks against them.
///
/// @param reduction absent where the data could not be quantified: then a finding rejects
/// @param factors each with its role, in order of use
/// @param steps the sum, in order
/// @param adjustments what was taken off the unadjusted reduction, of all vintages; a reduction's
///   deductions are these, rounded up for each vintage
/// @param findings in the order of their codes
public record Quantification(
        MethodologyId methodology,
        Optional<Reduction> reduction,
        List<CitedFactor> factors,
        List<Step> steps,
        List<Adjustment> adjustments,
        List<MethodologyFinding> findings) {

    /// One line of the sum.
    ///
    /// @param inputs by the names that the formula has for them, each with its unit
    /// @param result exact decimal text
    public record Step(
            String what, String formula, Map<String, String> inputs, String result, String unit) {

        public Step {
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        }

        /// `electricity saved = n(Pb − Pp)h: n 120, Pb 90 W, … = 15600 kWh`
        @Override
        public String toString() {
            return what + " = " + formula + ": " + inputs + " = " + result + " " + unit;
        }
    }

    /// Why grams were taken off.
    public enum Cause {
        /// For what a measurement or a model does not know.
        UNCERTAINTY,
        /// What the law asks for anyway is nobody's credit.
        BASELINE_CAP,
        /// More than the measure can save by the engineer's estimate.
        ENGINEERING_CAP,
        /// A change at the site that is not of the measure.
        NON_ROUTINE,
        PROJECT_EMISSIONS,
        LEAKAGE
    }

    /// @param grams what it took off, exact, not negative
    /// @param because a sentence with its numbers
    public record Adjustment(Cause cause, BigDecimal grams, String because) {

        public Adjustment {
            grams = Reduction.exact(grams);
            if (grams.signum() < 0) {
                throw new IllegalArgumentException("an adjustment adds: " + grams);
            }
        }
    }

    public Quantification {
        factors = List.copyOf(factors);
        steps = List.copyOf(steps);
        adjustments = List.copyOf(adjustments);
        findings =
                findings.stream().sorted(Comparator.comparing(MethodologyFinding::code)).toList();
    }

    /// What may be issued; nothing where nothing could be quantified.
    public Co2e net() {
        return reduction.map(Reduction::net).orElse(Co2e.ZERO);
    }

    /// INFO where every rule was kept.
    public Outcome worst() {
        return findings.stream()
                .map(MethodologyFinding::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.INFO);
    }

    /// The findings that keep the claim from passing by itself.
    public List<MethodologyFinding> open() {
        return findings.stream().filter(it -> it.outcome() != Outcome.INFO).toList();
    }

    /// What this cause took off, in g, before it was rounded up with the others.
    public BigDecimal taken(Cause cause) {
        return adjustments.stream()
                .filter(adjustment -> adjustment.cause() == cause)
                .map(Adjustment::grams)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
