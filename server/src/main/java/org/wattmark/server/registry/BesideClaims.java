package org.wattmark.server.registry;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.registry.DesignRecord;
import org.wattmark.registry.DesignState;
import org.wattmark.registry.Project;
import org.wattmark.units.Co2e;
import org.wattmark.verification.Additionality;
import org.wattmark.verification.Claim;
import org.wattmark.verification.ReportedEvidence;
import org.wattmark.verification.VerificationStatement;

/// What stands beside a claim on reported data: the project's design, and its other claims.
final class BesideClaims {

    private final JdbcClient jdbc;

    BesideClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    ReportedEvidence of(Claim claim, Project project) {
        var others = othersOf(claim);
        return new ReportedEvidence(
                ZoneId.of(project.zone()),
                project.region(),
                project.methodology(),
                additionality(project.id()),
                others.stream()
                        .map(BesideClaims::earlier)
                        .filter(each ->
                                !each.period().end().isAfter(claim.monitoringPeriod().start()))
                        .sorted(Comparator.comparing(ReportedEvidence.Earlier::period))
                        .toList(),
                others.stream()
                        .map(record -> record.claimCase().claim())
                        .filter(other -> other.data().isEmpty())
                        .filter(other ->
                                other.monitoringPeriod().overlaps(claim.monitoringPeriod()))
                        .map(Claim::id)
                        .toList());
    }

    private List<ClaimRecord> othersOf(Claim claim) {
        return jdbc.sql(
                        ClaimTable.SELECT
                                + """
                                where project_id = :project and id <> :claim
                                    and state not in ('REFUSED', 'WITHDRAWN')
                                order by id
                                """)
                .param("project", claim.project())
                .param("claim", claim.id().value())
                .query(ClaimTable::record)
                .list();
    }

    private static ReportedEvidence.Earlier earlier(ClaimRecord record) {
        var claim = record.claimCase().claim();
        var net = record.statement().map(VerificationStatement::net).orElse(Co2e.ZERO);
        return new ReportedEvidence.Earlier(claim.id(), claim.monitoringPeriod(), net);
    }

    /// What the newest design that was not refused says.
    private Optional<Additionality> additionality(UUID project) {
        return designs(project).stream()
                .filter(each -> each.state() != DesignState.REFUSED)
                .reduce((_, newer) -> newer)
                .flatMap(each -> each.design().additionality());
    }

    List<DesignRecord> designs(UUID project) {
        return jdbc.sql(DesignTable.SELECT + " where project_id = :project order by number")
                .param("project", project)
                .query(DesignTable::record)
                .list();
    }
}
