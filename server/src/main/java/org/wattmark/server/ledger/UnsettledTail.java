package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What the transfers since the last settlement add up to. A new leader settles it before it
/// begins, so that the table `balance` is what its memory starts from.
final class UnsettledTail {

    private static final String TAIL =
            """
            with tail as (
                select account, asset, sum(delta)::bigint as delta
                from (
                    select debit as account, asset, -amount as delta from journal
                    where debit is not null and sequence >= (select settled_sequence from leader)
                    union all
                    select credit, asset, amount from journal
                    where credit is not null and sequence >= (select settled_sequence from leader)
                ) as moved
                group by account, asset
            )
            """;

    /// The order matters: a row must not be opened and moved.
    private static final List<String> SETTLE =
            List.of(
                    TAIL
                            + """
                            insert into settlement (next_sequence, first_sequence, moved)
                            select leader.next_sequence, leader.settled_sequence, coalesce((
                                select jsonb_object_agg(code, moved) from (
                                    select code, sum(abs(delta)) as moved
                                    from tail join asset on asset.number = tail.asset
                                    group by code having sum(abs(delta)) > 0
                                ) as assets), '{}')
                            from leader where next_sequence > settled_sequence
                            """,
                    TAIL
                            + """
                            update balance set amount = balance.amount + tail.delta from tail
                            where balance.account = tail.account and balance.asset = tail.asset
                            """,
                    TAIL
                            + """
                            insert into balance (account, asset, amount, may_be_overdrawn)
                            select tail.account, tail.asset, tail.delta,
                                account.kind in ('SOURCE', 'CLEARING')
                            from tail join account on account.number = tail.account
                            where not exists (
                                select from balance where balance.account = tail.account
                                    and balance.asset = tail.asset)
                            """,
                    "update leader set settled_sequence = next_sequence");

    private UnsettledTail() {}

    /// Within the connection's transaction, which has the leader's row.
    static void settle(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : SETTLE) {
                statement.executeUpdate(sql);
            }
        }
    }
}
