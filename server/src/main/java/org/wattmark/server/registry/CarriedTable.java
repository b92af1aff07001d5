package org.wattmark.server.registry;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.Claims.VintageKey;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;

/// Remainders of less than a gram that wait for a project's next statement.
final class CarriedTable implements MapTable<VintageKey, BigDecimal> {

    private static final String UPSERT =
            """
            insert into carried_remainder (project_id, vintage, grams)
            select * from unnest(?, ?, ?)
            on conflict (project_id, vintage) do update set grams = excluded.grams
            """;

    @Override
    public String map() {
        return "carried_remainder";
    }

    @Override
    public void write(Connection connection, List<Row<VintageKey, BigDecimal>> changes)
            throws SQLException {
        Insert.into(connection, UPSERT)
                .column("uuid", changes.stream().map(row -> row.key().project()).toList())
                .column("integer", changes.stream().map(r -> r.key().vintage().getValue()).toList())
                .column("numeric", changes.stream().map(Row::value).toList())
                .execute();
    }

    @Override
    public Map<VintageKey, BigDecimal> load(JdbcClient jdbc) {
        return jdbc
                .sql("select project_id, vintage, grams from carried_remainder")
                .query((row, _) ->
                        Map.entry(
                                new VintageKey(
                                        row.getObject("project_id", UUID.class),
                                        Year.of(row.getInt("vintage"))),
                                row.getBigDecimal("grams").stripTrailingZeros()))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
