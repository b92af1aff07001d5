package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Hold;
import org.wattmark.ledger.HoldTerms;

/// Holds that still reserve something.
final class HoldTable implements MapTable<UUID, Hold> {

    private static final String DELETE =
            "delete from hold using unnest(?) as gone (id) " + "where hold.id = gone.id";

    private static final String UPSERT =
            """
            insert into hold (id, account, asset, remaining, payee, expires)
            select * from unnest(?, ?, ?, ?, ?, ?)
            on conflict (id) do update set remaining = excluded.remaining
            """;

    private final Numbers numbers;

    HoldTable(Numbers numbers) {
        this.numbers = numbers;
    }

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
                .column("bigint", kept.stream().map(it -> numbers.of(it.account())).toList())
                .column("integer", kept.stream().map(it -> numbers.of(it.asset())).toList())
                .column("bigint", kept.stream().map(Hold::remaining).toList())
                .column("bigint", kept.stream().map(this::payee).toList())
                .column("timestamptz", kept.stream().map(HoldTable::expires).toList())
                .execute();
    }

    private @Nullable Long payee(Hold hold) {
        var payee = hold.terms().payee();
        return payee == null ? null : numbers.of(payee);
    }

    private static @Nullable Timestamp expires(Hold hold) {
        var expires = hold.terms().expires();
        return expires == null ? null : Timestamp.from(expires);
    }

    @Override
    public Map<UUID, Hold> load(JdbcClient jdbc) {
        var holds = new HashMap<UUID, Hold>();
        jdbc.sql("select id, account, asset, remaining, payee, expires from hold")
                .query(row -> {
                    var id = row.getObject("id", UUID.class);
                    holds.put(
                            id,
                            new Hold(
                                    id,
                                    numbers.account(row.getLong("account"), jdbc),
                                    numbers.asset(row.getInt("asset"), jdbc),
                                    row.getLong("remaining"),
                                    terms(row, jdbc)));
                });
        return holds;
    }

    private HoldTerms terms(ResultSet row, JdbcClient jdbc) throws SQLException {
        long payee = row.getLong("payee");
        boolean anybody = row.wasNull();
        var expires = row.getTimestamp("expires");
        return anybody && expires == null
                ? HoldTerms.NONE
                : new HoldTerms(
                        anybody ? null : numbers.account(payee, jdbc),
                        expires == null ? null : expires.toInstant());
    }
}
