package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.Reversal;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// Reversals; only what is left of one to make good ever changes.
final class ReversalTable implements MapTable<UUID, Reversal> {

    static final String SELECT = "select * from reversal";

    private static final String UPSERT =
            """
            insert into reversal (id, block_id, project_id, proponent_id, unit_class, lost_grams,
                drawn_grams, owed_grams, left_grams)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set left_grams = excluded.left_grams
            """;

    @Override
    public String map() {
        return "reversal";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Reversal>> changes)
            throws SQLException {
        var reversals = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", reversals.stream().map(Reversal::id).toList())
                .column("uuid", reversals.stream().map(Reversal::block).toList())
                .column("uuid", reversals.stream().map(Reversal::project).toList())
                .column("uuid", reversals.stream().map(Reversal::proponent).toList())
                .column("text", reversals.stream().map(r -> r.unitClass().name()).toList())
                .column("bigint", reversals.stream().map(r -> r.lost().grams()).toList())
                .column("bigint", reversals.stream().map(r -> r.drawn().grams()).toList())
                .column("bigint", reversals.stream().map(r -> r.owed().grams()).toList())
                .column("bigint", reversals.stream().map(r -> r.left().grams()).toList())
                .execute();
    }

    @Override
    public Map<UUID, Reversal> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> read(row)).list().stream()
                .collect(Collectors.toMap(Reversal::id, each -> each));
    }

    static Reversal read(ResultSet row) throws SQLException {
        return new Reversal(
                row.getObject("id", UUID.class),
                row.getObject("block_id", UUID.class),
                row.getObject("project_id", UUID.class),
                row.getObject("proponent_id", UUID.class),
                UnitClass.valueOf(row.getString("unit_class")),
                new Co2e(row.getLong("lost_grams")),
                new Co2e(row.getLong("drawn_grams")),
                new Co2e(row.getLong("owed_grams")),
                new Co2e(row.getLong("left_grams")));
    }
}
