package org.wattmark.server.registry;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.Eligibility;

/// What programmes outside ask for and units of a project lack, for pages that people read.
public final class ProgrammeGaps {

    /// Stands beside the gaps, so that nobody takes a short list for a label.
    public static final String NOTICE =
            "Not eligible under CORSIA, not authorised under Article 6 by being listed here, and"
                    + " without a label of the Integrity Council: those decide, not this registry.";

    private ProgrammeGaps() {}

    /// @param vintage of a block; empty where the whole project is asked for
    public static List<Eligibility.Gap> of(JdbcClient jdbc, UUID project, Optional<Year> vintage) {
        return recorded(jdbc, project).gaps(vintage);
    }

    /// What is recorded of a project; nothing where nobody has recorded anything.
    public static Eligibility recorded(JdbcClient jdbc, UUID project) {
        return jdbc.sql("select * from eligibility where project_id = :project")
                .param("project", project)
                .query((row, _) -> read(row))
                .optional()
                .orElseGet(() -> Eligibility.nothingOf(project));
    }

    /// Reads a row with all columns of `eligibility`.
    public static Eligibility read(ResultSet row) throws SQLException {
        return new Eligibility(
                row.getObject("project_id", UUID.class),
                Optional.ofNullable(row.getString("letter_of_authorisation")),
                Eligibility.CorrespondingAdjustment.valueOf(
                        row.getString("corresponding_adjustment")),
                Optional.ofNullable(row.getDate("first_crediting_start")).map(Date::toLocalDate),
                Optional.ofNullable(row.getString("ccp_category")));
    }
}
