package org.wattmark.verification;

import static org.wattmark.metering.Finding.Outcome.HOLD;
import static org.wattmark.metering.Finding.Outcome.INFO;
import static org.wattmark.metering.Finding.Outcome.REJECT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.verification.CheckFinding.Check;

/// The checks of a claim on reported data: what its methodology finds, and what stands beside it.
///
/// A HOLD calls for a person where units count. Units of class TEST are worth nothing, so that
/// nobody is called for them: the finding then says that it would hold, and passes.
record ReportedChecks(Claim claim, ReportedEvidence beside, Quantification found) {

    CheckReport report() {
        var findings = new ArrayList<CheckFinding>();
        findings.add(tier());
        findings.add(exclusivity());
        findings.add(statement());
        findings.add(otherClaims());
        findings.add(continuity());
        findings.add(projects());
        findings.addAll(additionality());
        found.findings().stream().map(ReportedChecks::ofMethodology).forEach(findings::add);
        return new CheckReport(oneOfEach(findings.stream().map(this::asItCounts).toList()));
    }

    private CheckFinding asItCounts(CheckFinding finding) {
        if (claim.unitClass() == UnitClass.LIVE || finding.outcome() != HOLD) {
            return finding;
        }
        var inputs = new LinkedHashMap<>(finding.inputs());
        inputs.put("class", "TEST, so nobody is called; it would hold a LIVE claim");
        return new CheckFinding(finding.check(), inputs, finding.threshold(), INFO);
    }

    /// Nobody but the owner attests what is reported: a verifier does, or nobody will.
    private CheckFinding tier() {
        boolean attested = claim.tier().compareTo(AssuranceTier.T1) >= 0;
        return new CheckFinding(
                Check.TIER,
                inputs("claimed", claim.tier(), "documents", documents()),
                "T1, or a verifier's statement that names the documents",
                attested ? INFO : HOLD);
    }

    private int documents() {
        return claim.data().orElseThrow().reported().documents().size();
    }

    private CheckFinding exclusivity() {
        return new CheckFinding(
                Check.EXCLUSIVITY,
                Map.of("declared", String.valueOf(claim.exclusivityDeclared())),
                "declared",
                claim.exclusivityDeclared() ? INFO : REJECT);
    }

    private CheckFinding statement() {
        boolean fits = found.factors().size() <= VerificationStatement.MOST_FACTORS;
        return new CheckFinding(
                Check.STATEMENT,
                Map.of("factors", String.valueOf(found.factors().size())),
                VerificationStatement.MOST_FACTORS + " factors: claim the rest by itself",
                fits ? INFO : REJECT);
    }

    /// What is reserved of site, document or batch is refused at once; a meter at the same project
    /// may count the same saving by another name.
    private CheckFinding otherClaims() {
        var inputs =
                inputs("reserved", claim.subjects().size(), "metered", beside.metered().size());
        inputs.put("overlapping", beside.metered().toString());
        return new CheckFinding(
                Check.OTHER_CLAIMS,
                inputs,
                "no claim on metered series of the project overlaps",
                beside.metered().isEmpty() ? INFO : HOLD);
    }

    /// Savings that a gap hides, such as a bill that was left out, would be claimed as a whole.
    private CheckFinding continuity() {
        var start = claim.monitoringPeriod().start();
        var last =
                beside.before().stream()
                        .map(earlier -> earlier.period().end())
                        .filter(end -> !end.isAfter(start))
                        .reduce((one, other) -> one.isAfter(other) ? one : other);
        var gap = last.map(end -> Duration.between(end, start)).orElse(Duration.ZERO);
        return new CheckFinding(
                Check.BILL_CONTINUITY,
                inputs(
                        "last period ended",
                        last.map(Object::toString).orElse("never"),
                        "this one starts",
                        start),
                "no gap since the project's period before",
                gap.isZero() ? INFO : HOLD);
    }

    /// What is claimed is what the project was registered for.
    private CheckFinding projects() {
        var data = claim.data().orElseThrow();
        boolean same =
                data.methodology().equals(beside.methodology())
                        && data.reported().region().equals(beside.region());
        var inputs = inputs("methodology", data.methodology(), "region", data.reported().region());
        inputs.put("project's methodology", beside.methodology().toString());
        inputs.put("project's region", beside.region());
        return new CheckFinding(
                Check.PROJECT, inputs, "those of the project", same ? INFO : REJECT);
    }

    private List<CheckFinding> additionality() {
        if (beside.additionality().isEmpty()) {
            return List.of(
                    new CheckFinding(
                            Check.ADDITIONALITY,
                            Map.of("answers", "none"),
                            "a design that says why the project is additional",
                            HOLD));
        }
        var lists = Methodologies.of(claim.data().orElseThrow()).positiveLists();
        return beside.additionality().get().findings(lists).stream()
                .map(ReportedChecks::ofMethodology)
                .toList();
    }

    private static CheckFinding ofMethodology(MethodologyFinding finding) {
        boolean kept = finding.clearedBy().equals(MethodologyFinding.NOTHING_IS_NEEDED);
        return new CheckFinding(
                Check.valueOf(finding.code().name()),
                finding.inputs(),
                kept ? finding.threshold() : finding.threshold() + "; " + finding.clearedBy(),
                finding.outcome());
    }

    /// The report has each check once: of two findings by one name, both are told.
    private static List<CheckFinding> oneOfEach(List<CheckFinding> findings) {
        var byCheck = new LinkedHashMap<Check, CheckFinding>();
        findings.forEach(finding -> byCheck.merge(finding.check(), finding, ReportedChecks::both));
        return List.copyOf(byCheck.values());
    }

    private static CheckFinding both(CheckFinding one, CheckFinding other) {
        var inputs = new LinkedHashMap<>(one.inputs());
        other.inputs()
                .forEach((name, value) -> {
                    var free = name;
                    while (inputs.containsKey(free)) {
                        free = free + "'";
                    }
                    inputs.put(free, value);
                });
        Outcome worse =
                one.outcome().compareTo(other.outcome()) >= 0 ? one.outcome() : other.outcome();
        return new CheckFinding(
                one.check(), inputs, one.threshold() + "; " + other.threshold(), worse);
    }

    private static Map<String, String> inputs(
            String name, Object value, String other, Object otherValue) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put(name, value.toString());
        inputs.put(other, otherValue.toString());
        return inputs;
    }
}
