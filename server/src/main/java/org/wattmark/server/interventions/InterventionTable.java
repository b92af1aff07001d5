package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.Grounds;
import org.wattmark.registry.Intervention;
import org.wattmark.registry.InterventionCase;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.UnreadableRow;
import org.wattmark.units.Canonical;

/// Interventions; only their state and who decided them ever change.
final class InterventionTable implements MapTable<UUID, InterventionCase> {

    static final String SELECT = "select * from intervention";

    private static final String UPSERT =
            """
            insert into intervention
                (id, proposed_by, kind, intervention, reason, evidence, state, decided_by)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
                set state = excluded.state, decided_by = excluded.decided_by
            """;

    @Override
    public String map() {
        return "intervention";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, InterventionCase>> changes)
            throws SQLException {
        var cases = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", cases.stream().map(InterventionCase::id).toList())
                .column("uuid", cases.stream().map(InterventionCase::proposedBy).toList())
                .column("text", cases.stream().map(c -> c.intervention().kind().name()).toList())
                .column("bytea", cases.stream().map(c -> c.intervention().toByteArray()).toList())
                .column("text", cases.stream().map(c -> c.grounds().reason()).toList())
                .column("bytea", cases.stream().map(c -> c.grounds().evidence().bytes()).toList())
                .column("text", cases.stream().map(c -> c.state().name()).toList())
                .column("uuid", cases.stream().map(c -> c.decidedBy().orElse(null)).toList())
                .execute();
    }

    @Override
    public Map<UUID, InterventionCase> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> read(row)).list().stream()
                .collect(Collectors.toMap(InterventionCase::id, each -> each));
    }

    static InterventionCase read(ResultSet row) throws SQLException {
        try {
            var intervention = Intervention.of(row.getBytes("intervention"));
            if (!intervention.kind().name().equals(row.getString("kind"))) {
                throw new UnreadableRow("an intervention is of another kind than its row says");
            }
            return new InterventionCase(
                    row.getObject("id", UUID.class),
                    row.getObject("proposed_by", UUID.class),
                    intervention,
                    new Grounds(row.getString("reason"), Sha256.ofDigest(row.getBytes("evidence"))),
                    InterventionCase.State.valueOf(row.getString("state")),
                    Optional.ofNullable(row.getObject("decided_by", UUID.class)));
        } catch (Canonical.Malformed e) {
            throw new UnreadableRow("an intervention: " + e.getMessage());
        }
    }
}
