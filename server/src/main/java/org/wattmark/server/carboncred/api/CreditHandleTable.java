package org.wattmark.server.carboncred.api;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.Tables;

/// Handles that were used; only that one is retired ever changes.
public final class CreditHandleTable implements MapTable<CreditHandle.Key, CreditHandle> {

    private static final String UPSERT =
            """
            insert into credit_handle (listing_id, kilogram, block_id, holder, trade_id,
                retirement_id)
            select * from unnest(?, ?, ?, ?, ?, ?)
            on conflict (listing_id, kilogram) do update
                set retirement_id = excluded.retirement_id
            """;

    private CreditHandleTable() {}

    public static Tables all() {
        return new Tables(List.of(new CreditHandleTable()), List.of());
    }

    @Override
    public String map() {
        return CreditHandles.HANDLES;
    }

    @Override
    public void write(Connection connection, List<Row<CreditHandle.Key, CreditHandle>> changes)
            throws SQLException {
        var rows = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", rows.stream().map(each -> each.key().listing()).toList())
                .column("bigint", rows.stream().map(each -> each.key().kilogram()).toList())
                .column("uuid", rows.stream().map(CreditHandle::block).toList())
                .column("text", rows.stream().map(each -> each.holder().value()).toList())
                .column("uuid", rows.stream().map(CreditHandle::trade).toList())
                .column("uuid", retirements(rows))
                .execute();
    }

    private static List<@Nullable UUID> retirements(List<CreditHandle> rows) {
        var retirements = new ArrayList<@Nullable UUID>();
        rows.forEach(each -> retirements.add(each.retirement()));
        return retirements;
    }

    @Override
    public Map<CreditHandle.Key, CreditHandle> load(JdbcClient jdbc) {
        return jdbc
                .sql(
                        """
                        select listing_id, kilogram, block_id, holder, trade_id, retirement_id
                        from credit_handle
                        """)
                .query(CreditHandleTable::handle)
                .list()
                .stream()
                .collect(Collectors.toMap(CreditHandle::key, each -> each));
    }

    private static CreditHandle handle(ResultSet row, int unused) throws SQLException {
        return new CreditHandle(
                new CreditHandle.Key(
                        row.getObject("listing_id", UUID.class), row.getLong("kilogram")),
                row.getObject("block_id", UUID.class),
                new AccountId(row.getString("holder")),
                row.getObject("trade_id", UUID.class),
                row.getObject("retirement_id", UUID.class));
    }
}
