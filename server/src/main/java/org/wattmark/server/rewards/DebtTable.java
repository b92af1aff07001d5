package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.rewards.OwnerKey;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;

/// What owners owe to pools. A row goes when all is paid back.
final class DebtTable implements MapTable<OwnerKey, Long> {

    private static final String DELETE =
            """
            delete from reward_debt using unnest(?, ?) as gone (programme_id, owner_id)
            where reward_debt.programme_id = gone.programme_id
                and reward_debt.owner_id = gone.owner_id
            """;

    private static final String UPSERT =
            """
            insert into reward_debt (programme_id, owner_id, micros)
            select * from unnest(?, ?, ?)
            on conflict (programme_id, owner_id) do update set micros = excluded.micros
            """;

    @Override
    public String map() {
        return "reward_debt";
    }

    @Override
    public void write(Connection connection, List<Row<OwnerKey, Long>> changes)
            throws SQLException {
        var gone = changes.stream().filter(each -> each.after() == null).map(Row::key).toList();
        Insert.into(connection, DELETE)
                .column("uuid", gone.stream().map(OwnerKey::programme).toList())
                .column("uuid", gone.stream().map(OwnerKey::owner).toList())
                .execute();
        var owed = changes.stream().filter(each -> each.after() != null).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", owed.stream().map(each -> each.key().programme()).toList())
                .column("uuid", owed.stream().map(each -> each.key().owner()).toList())
                .column("bigint", owed.stream().map(Row::value).toList())
                .execute();
    }

    @Override
    public Map<OwnerKey, Long> load(JdbcClient jdbc) {
        return jdbc
                .sql("select * from reward_debt")
                .query((row, _) ->
                        Map.entry(
                                new OwnerKey(
                                        row.getObject("programme_id", UUID.class),
                                        row.getObject("owner_id", UUID.class)),
                                row.getLong("micros")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
