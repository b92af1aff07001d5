package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.Design;
import org.wattmark.registry.DesignKey;
import org.wattmark.registry.DesignRecord;
import org.wattmark.registry.DesignState;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Canonical;

/// The designs of projects where they stand.
final class DesignTable implements MapTable<DesignKey, DesignRecord> {

    static final String SELECT =
            "select content, state, validator_id, opinion from project_design ";

    private static final String UPSERT =
            """
            insert into project_design
                (project_id, number, content, crediting, state, validator_id, opinion)
            select project, number, content, tstzrange(lower, upper, '[)'), state, validator,
                opinion
            from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as changed (project, number, content, lower, upper, state, validator, opinion)
            on conflict (project_id, number) do update set
                state = excluded.state,
                validator_id = excluded.validator_id,
                opinion = excluded.opinion
            """;

    @Override
    public String map() {
        return "project_design";
    }

    @Override
    public void write(Connection connection, List<Row<DesignKey, DesignRecord>> changes)
            throws SQLException {
        var records = changes.stream().map(Row::value).toList();
        var designs = records.stream().map(DesignRecord::design).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", designs.stream().map(Design::project).toList())
                .column("integer", designs.stream().map(Design::number).toList())
                .column("bytea", designs.stream().map(Design::content).toList())
                .column(
                        "timestamptz",
                        designs.stream().map(d -> Timestamp.from(d.crediting().start())).toList())
                .column(
                        "timestamptz",
                        designs.stream().map(d -> Timestamp.from(d.crediting().end())).toList())
                .column("text", records.stream().map(each -> each.state().name()).toList())
                .column(
                        "uuid",
                        records.stream().map(each -> each.validator().orElse(null)).toList())
                .column("text", records.stream().map(DesignRecord::opinion).toList())
                .execute();
    }

    @Override
    public Map<DesignKey, DesignRecord> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query(DesignTable::record).list().stream()
                .collect(Collectors.toMap(DesignTable::key, each -> each));
    }

    private static DesignKey key(DesignRecord record) {
        return new DesignKey(record.design().project(), record.design().number());
    }

    static DesignRecord record(ResultSet row, int unused) throws SQLException {
        try {
            return new DesignRecord(
                    Design.of(row.getBytes("content")),
                    DesignState.valueOf(row.getString("state")),
                    Optional.ofNullable(row.getObject("validator_id", UUID.class)),
                    row.getString("opinion"));
        } catch (Canonical.Malformed e) {
            throw new SQLException("a design's bytes are damaged: " + e.getMessage(), e);
        }
    }
}
