package org.wattmark.server.registry;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.registry.DesignRecord;
import org.wattmark.registry.DesignState;
import org.wattmark.registry.Eligibility;
import org.wattmark.registry.Project;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerificationStatement;

/// What anybody may know of a project: what it plans, who validated that, which monitoring periods
/// were claimed, who verified them, and what was issued.
record ProjectPage(JdbcClient jdbc) {

    private static final int MOST_PERIODS = 200;

    ProjectView of(Project project) {
        return new ProjectView(
                project.id(),
                project.proponent().id(),
                proponent(project),
                project.title(),
                project.region(),
                project.zone(),
                project.methodology().toString(),
                project.unitClass(),
                new BesideClaims(jdbc).designs(project.id()).stream().map(DesignView::of).toList(),
                periods(project.id()),
                ProgrammeGaps.of(jdbc, project.id(), Optional.empty()),
                ProgrammeGaps.NOTICE);
    }

    private @Nullable String proponent(Project project) {
        return jdbc.sql("select name from organisation where id = :id")
                .param("id", project.proponent().id())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private List<PeriodView> periods(UUID project) {
        return jdbc
                .sql(
                        ClaimTable.SELECT
                                + """
                                where project_id = :project
                                    and state in ('VERIFIED', 'APPROVED', 'ISSUED')
                                order by id limit :most
                                """)
                .param("project", project)
                .param("most", MOST_PERIODS)
                .query(ClaimTable::record)
                .list()
                .stream()
                .map(PeriodView::of)
                .toList();
    }

    /// @param name of the organisation that runs it
    /// @param monitoringPeriods that somebody stands for
    /// @param programmeGaps what CORSIA, Article 6 and the Integrity Council ask for and is missing
    /// @param programmeNotice what no gap's closing makes of the units
    record ProjectView(
            UUID id,
            UUID proponent,
            @Nullable String name,
            String title,
            String region,
            String zone,
            String methodology,
            UnitClass unitClass,
            List<DesignView> designs,
            List<PeriodView> monitoringPeriods,
            List<Eligibility.Gap> programmeGaps,
            String programmeNotice) {}

    /// @param document SHA-256 of the design document
    /// @param validator the organisation that judged it, and its opinion
    record DesignView(
            int number,
            DesignState state,
            String document,
            String summary,
            String location,
            Period creditingPeriod,
            boolean renewable,
            String exclusivity,
            @Nullable UUID validator,
            String opinion) {

        static DesignView of(DesignRecord record) {
            var design = record.design();
            return new DesignView(
                    design.number(),
                    record.state(),
                    design.document().hex(),
                    design.summary(),
                    design.location(),
                    design.crediting(),
                    design.renewable(),
                    design.exclusivity(),
                    record.validator().orElse(null),
                    record.opinion());
        }
    }

    /// @param verifiedBy `verifier:` and an organisation, or `machine:` and a policy
    record PeriodView(
            UUID claim, Period period, ClaimState state, @Nullable String verifiedBy, Co2e net) {

        static PeriodView of(ClaimRecord record) {
            var claim = record.claimCase().claim();
            return new PeriodView(
                    claim.id().value(),
                    claim.monitoringPeriod(),
                    record.claimCase().state(),
                    record.claimCase().verifiedBy().map(ClaimTable::text).orElse(null),
                    record.statement().map(VerificationStatement::net).orElse(Co2e.ZERO));
        }
    }
}
