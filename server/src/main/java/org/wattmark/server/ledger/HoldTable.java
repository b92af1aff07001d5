package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Hold;

/// Holds that still reserve something.
final class HoldTable implements MapTable<UUID, Hold> {

    private static final String DELETE =
            "delete from hold using unnest(?) as gone (id) " + "where hold.id = gone.id";

    private static final String UPSERT =
            """
            insert into hold (id, account, asset, remaining) select * from unnest(?, ?, ?, ?)
            on conflict (id) do update set remaining = excluded.remaining
            """;

    @Override
    public String map() {
        return "hold";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Hold>> changes) throws SQLException {
        var gone = changes.stream().filter(row -> row.after() == null).map(Row::key).toList();
        Insert.into(connection, DELETE).column("uuid", gone).execute();
        var kept = changes.stream().filter(row -> row.after() != null).map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", kept.stream().map(Hold::id).toList())
                .column("text", kept.stream().map(each -> each.account().value()).toList())
                .column("text", kept.stream().map(each -> each.asset().code()).toList())
                .column("bigint", kept.stream().map(Hold::remaining).toList())
                .execute();
    }

    @Override
    public Map<UUID, Hold> load(JdbcClient jdbc) {
        return jdbc
                .sql("select id, account, asset, remaining from hold")
                .query((row, _) ->
                        new Hold(
                                row.getObject("id", UUID.class),
                                new AccountId(row.getString("account")),
                                new Asset(row.getString("asset")),
                                row.getLong("remaining")))
                .list()
                .stream()
                .collect(Collectors.toMap(Hold::id, each -> each));
    }
}
