package org.wattmark.verification;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.wattmark.metering.Finding.Outcome;

/// What a check says about a claim, with the numbers that it compared: whoever reads it can do the
/// sum again.
///
/// @param inputs what went into the check, each with its unit, in the order of the sum
/// @param threshold what the inputs were compared with, with its unit
/// @param outcome INFO where the check passed
public record CheckFinding(
        Check check, Map<String, String> inputs, String threshold, Outcome outcome) {

    public CheckFinding {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /// The checks of a claim, in the order in which they are made and reported.
    public enum Check {
        /// All series are of the channel that the methodology credits.
        CHANNEL,
        /// The evidence attests at least tier T1, and what the claim says of itself.
        TIER,
        /// Simulated devices claim for class TEST.
        SIMULATED_IS_TEST,
        EXCLUSIVITY,
        /// The monitoring period has ended and is no longer than twelve months.
        PERIOD,
        /// How much of the period was metered. What is missing counts as nothing.
        COMPLETENESS,
        /// How much of what was metered waits for a person or was rejected.
        UNRESOLVED_FINDINGS,
        /// How many days look cheated, by the sun, the device's other days and its neighbours.
        CHEATED_DAYS,
        /// No more energy than the devices could make.
        CAPACITY,
        /// What is reserved for the claim is what is quantified.
        RESERVED,
        FACTOR,
        /// Methodology and region are those that the project is registered for.
        PROJECT,
        /// What a statement can hold: no more factors than its leaf has room for.
        STATEMENT,
        /// Other claims of the proponent, or for the site, that lie beside this one.
        OTHER_CLAIMS,
        /// Reported periods of the project follow each other without a gap.
        BILL_CONTINUITY,
        // What methodologies for reported data find: a check for each MethodologyFinding.Code, of
        // the same name where the meaning is the same.
        DATA,
        REGION,
        DOCUMENTS,
        PLAUSIBLE,
        SAMPLE,
        GRID_LOSSES,
        LEGAL_BASELINE,
        LEAKAGE,
        DATA_SUFFICIENCY,
        NET_METERING,
        OUTLIERS,
        MODEL_FIT,
        MEASURE,
        NON_ROUTINE,
        UNCERTAINTY,
        ENGINEERING_CAP,
        FOREST_STORAGE,
        OWNERSHIP,
        PROJECT_EMISSIONS,
        REGULATORY_SURPLUS,
        ADDITIONALITY,
        /// Something is left to issue.
        NET
    }

    /// `PERIOD REJECT: end 2026-05-01T00:00:00Z; threshold ends by 2026-04-30T12:00:00Z`
    public String explanation() {
        return inputs.entrySet().stream()
                .map(input -> input.getKey() + " " + input.getValue())
                .collect(
                        Collectors.joining(
                                ", ", check + " " + outcome + ": ", "; threshold " + threshold));
    }
}
