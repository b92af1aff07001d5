package org.wattmark.verification;

import java.util.Comparator;
import java.util.List;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// All findings of a claim's checks, one for each check, in the order of the checks.
public record CheckReport(List<CheckFinding> findings) {

    public CheckReport {
        findings = findings.stream().sorted(Comparator.comparing(CheckFinding::check)).toList();
    }

    /// INFO where every check passed.
    public Outcome worst() {
        return findings.stream()
                .map(CheckFinding::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.INFO);
    }

    /// The findings that keep the claim from passing by itself.
    public List<CheckFinding> open() {
        return findings.stream().filter(finding -> finding.outcome() != Outcome.INFO).toList();
    }

    /// What a statement commits to.
    public Sha256 sha256() {
        var bytes = Canonical.of("wattmark/check-report/v1").number(findings.size());
        for (var finding : findings) {
            bytes.text(finding.check().name())
                    .text(finding.outcome().name())
                    .number(finding.inputs().size());
            finding.inputs().forEach((name, value) -> bytes.text(name).text(value));
            bytes.text(finding.threshold());
        }
        return Sha256.of(bytes.toByteArray());
    }
}
