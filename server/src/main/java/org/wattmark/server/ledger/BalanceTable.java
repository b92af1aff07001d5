package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.BalanceKey;

/// Balances, as net changes: each row must be where the batch believes it to be, and the table's
/// own CHECK is the second to say that no holder falls below zero. What the table does not have
/// yet, because no batch has settled it, is added from the journal.
final class BalanceTable implements MapTable<BalanceKey, Long> {

    private static final String INSERT =
            """
            insert into balance (account, asset, amount, may_be_overdrawn)
            select opened.account, opened.asset, opened.amount,
                account.kind in ('SOURCE', 'CLEARING')
            from unnest(?, ?, ?) as opened (account, asset, amount)
            join account on account.number = opened.account
            """;

    private static final String UPDATE =
            """
            update balance set amount = balance.amount + change.delta
            from unnest(?, ?, ?, ?) as change (account, asset, before, delta)
            where balance.account = change.account
                and balance.asset = change.asset
                and balance.amount = change.before
            """;

    private final Numbers numbers;

    BalanceTable(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public String map() {
        return "balance";
    }

    @Override
    public void write(Connection connection, List<Row<BalanceKey, Long>> changes)
            throws SQLException {
        var opened = changes.stream().filter(row -> row.before() == null).toList();
        var moved = changes.stream().filter(row -> row.before() != null).toList();
        int written =
                keys(Insert.into(connection, INSERT), opened)
                        .column("bigint", opened.stream().map(Row::value).toList())
                        .execute();
        written +=
                keys(Insert.into(connection, UPDATE), moved)
                        .column("bigint", moved.stream().map(Row::before).toList())
                        .column("bigint", moved.stream().map(BalanceTable::delta).toList())
                        .execute();
        if (written != changes.size()) {
            throw new RuleBroken(
                    (changes.size() - written) + " balances are not what memory believes");
        }
    }

    private Insert keys(Insert insert, List<Row<BalanceKey, Long>> rows) throws SQLException {
        return insert.column(
                        "bigint", rows.stream().map(r -> numbers.of(r.key().account())).toList())
                .column("integer", rows.stream().map(r -> numbers.of(r.key().asset())).toList());
    }

    static long delta(Row<BalanceKey, Long> row) {
        return Math.subtractExact(row.value(), row.before() == null ? 0L : row.before());
    }

    @Override
    public Map<BalanceKey, Long> load(JdbcClient jdbc) {
        var balances = new HashMap<BalanceKey, Long>();
        jdbc.sql("select account, asset, amount from balance_now")
                .query(row -> {
                    balances.put(
                            new BalanceKey(
                                    numbers.account(row.getLong("account"), jdbc),
                                    numbers.asset(row.getInt("asset"), jdbc)),
                            row.getLong("amount"));
                });
        return balances;
    }
}
