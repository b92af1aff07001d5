package org.wattmark.verification;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// What a methodology's own rule says of reported data, with the numbers that it compared.
///
/// @param inputs what was compared, each with its unit
/// @param threshold what it was compared with, with its unit
/// @param outcome INFO where the rule is kept
/// @param clearedBy what would clear it; `nothing is needed` where it is kept
public record MethodologyFinding(
        Code code,
        Map<String, String> inputs,
        String threshold,
        Outcome outcome,
        String clearedBy) {

    /// The rules, in the order in which they are reported.
    public enum Code {
        /// The data are those that the methodology takes.
        DATA,
        /// At most twelve months of the site's calendar.
        PERIOD,
        /// The methodology holds in the region.
        REGION,
        /// A factor is known, and is the default or no higher.
        FACTOR,
        /// The documents that the methodology asks for.
        DOCUMENTS,
        /// No more hours, days or units than there can be.
        PLAUSIBLE,
        /// How well a sample tells of the whole.
        SAMPLE,
        /// Losses of the grid that the saving spares.
        GRID_LOSSES,
        /// What the law would have asked for anyway.
        LEGAL_BASELINE,
        LEAKAGE,
        /// Enough days or bills of meter and weather data.
        DATA_SUFFICIENCY,
        /// The equipment on site changed what the meter counts.
        NET_METERING,
        OUTLIERS,
        MODEL_FIT,
        /// The measure that the saving is attributed to.
        MEASURE,
        NON_ROUTINE,
        UNCERTAINTY,
        ENGINEERING_CAP,
        /// Carbon stored in forests, which may be lost again.
        FOREST_STORAGE,
        /// Who owns the reduction.
        OWNERSHIP,
        /// What the project itself emits.
        PROJECT_EMISSIONS,
        /// Beyond what the law asks for.
        REGULATORY_SURPLUS,
        ADDITIONALITY,
        /// Something is left to issue.
        NET
    }

    static final String NOTHING_IS_NEEDED = "nothing is needed";

    public MethodologyFinding {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    static MethodologyFinding kept(Code code, Map<String, String> inputs, String threshold) {
        return new MethodologyFinding(code, inputs, threshold, Outcome.INFO, NOTHING_IS_NEEDED);
    }

    /// `SAMPLE HOLD: precision 1400 basis points; threshold 1000 basis points; a larger sample`
    public String explanation() {
        return inputs.entrySet().stream()
                .map(input -> input.getKey() + " " + input.getValue())
                .collect(
                        Collectors.joining(
                                ", ",
                                code + " " + outcome + ": ",
                                "; threshold " + threshold + "; " + clearedBy));
    }

    /// What a statement commits to: every finding, in this order.
    public static Sha256 sha256(List<MethodologyFinding> findings) {
        var bytes = Canonical.of("wattmark/methodology-findings/v1").number(findings.size());
        for (var finding : findings) {
            bytes.text(finding.code.name())
                    .text(finding.outcome.name())
                    .number(finding.inputs.size());
            finding.inputs.forEach((name, value) -> bytes.text(name).text(value));
            bytes.text(finding.threshold).text(finding.clearedBy);
        }
        return Sha256.of(bytes.toByteArray());
    }
}
