package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.Eligibility;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.registry.ProgrammeGaps;

/// What projects have shown of what programmes outside ask for.
final class EligibilityTable implements MapTable<UUID, Eligibility> {

    private static final String SELECT = "select * from eligibility";

    private static final String UPSERT =
            """
            insert into eligibility (project_id, letter_of_authorisation, corresponding_adjustment,
                first_crediting_start, ccp_category)
            select * from unnest(?, ?, ?, ?, ?)
            on conflict (project_id) do update
                set letter_of_authorisation = excluded.letter_of_authorisation,
                    corresponding_adjustment = excluded.corresponding_adjustment,
                    first_crediting_start = excluded.first_crediting_start,
                    ccp_category = excluded.ccp_category
            """;

    @Override
    public String map() {
        return "eligibility";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Eligibility>> changes)
            throws SQLException {
        var all = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", all.stream().map(Eligibility::project).toList())
                .column(
                        "text",
                        all.stream().map(e -> e.letterOfAuthorisation().orElse(null)).toList())
                .column("text", all.stream().map(e -> e.correspondingAdjustment().name()).toList())
                .column(
                        "date",
                        all.stream()
                                .map(e -> e.firstCreditingStart().map(Date::valueOf).orElse(null))
                                .toList())
                .column("text", all.stream().map(e -> e.ccpCategory().orElse(null)).toList())
                .execute();
    }

    @Override
    public Map<UUID, Eligibility> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> ProgrammeGaps.read(row)).list().stream()
                .collect(Collectors.toMap(Eligibility::project, each -> each));
    }
}
