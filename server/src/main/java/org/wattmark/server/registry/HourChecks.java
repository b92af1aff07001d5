package org.wattmark.server.registry;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.registry.GranularIssuance;
import org.wattmark.registry.Project;
import org.wattmark.verification.CheckFinding.Check;
import org.wattmark.verification.CheckReport;
import org.wattmark.verification.Claim;

/// The checks of a claim on credits, for hours that are to be certified: the same meter, the same
/// detectors. What is about grams is left out, and so is what compares with a claim's reservation.
public final class HourChecks {

    private static final Set<Check> OF_CREDITS_ALONE =
            Set.of(Check.FACTOR, Check.NET, Check.RESERVED);

    private final JdbcClient jdbc;
    private final Assessor assessor;

    HourChecks(JdbcClient jdbc, Assessor assessor) {
        this.jdbc = jdbc;
        this.assessor = assessor;
    }

    /// Whoever asked has declared that nobody else claims the energy.
    public CheckReport of(GranularIssuance issuance, Project project) {
        var claim =
                new Claim(
                        new ClaimId(issuance.id()),
                        project.id(),
                        project.proponent(),
                        issuance.requestedBy(),
                        project.proponent().id(),
                        project.id(),
                        List.of(issuance.series()),
                        issuance.span(),
                        issuance.tier(),
                        issuance.unitClass(),
                        Optional.empty(),
                        true);
        var report = assessor.checks(claim, project);
        return new CheckReport(
                report.findings().stream()
                        .filter(each -> !OF_CREDITS_ALONE.contains(each.check()))
                        .toList());
    }

    public Optional<Project> project(UUID id) {
        return jdbc.sql(ProjectTable.SELECT + " where id = :id")
                .param("id", id)
                .query(ProjectTable::project)
                .optional();
    }
}
