package org.wattmark.server.ledger;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;

/// Only a source of units or money may be overdrawn, and nothing that the ledger knows once stands
/// there twice. How much lies where is compared with the ledger's own maps, which have no such flag
/// and each key once.
public final class BalanceAudit implements RowAudit {

    private static final String WRONGLY_ALLOWED =
            """
            select balance.account, balance.asset from balance
            left join account on account.number = balance.account
            where balance.may_be_overdrawn
                is distinct from coalesce(account.kind in ('SOURCE', 'CLEARING'), false)
            order by balance.account, balance.asset limit 10
            """;

    /// Rows beyond the first of each key.
    private static final String TWICE =
            """
            select 'account' as name, count(*) - count(distinct number) as rows from account
            union all select 'asset', count(*) - count(distinct number) from asset
            union all select 'hold', count(*) - count(distinct id) from hold
            """;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {}

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        jdbc.sql(WRONGLY_ALLOWED)
                .query(row -> {
                    found.add(
                            -1,
                            "the balance of %s in %s says wrongly whether it may be overdrawn"
                                    .formatted(row.getString("account"), row.getString("asset")));
                });
        jdbc.sql("select name, rows from (" + TWICE + ") as twice where rows > 0")
                .query(row -> {
                    found.add(
                            -1,
                            "%d rows of %s stand there twice"
                                    .formatted(row.getLong("rows"), row.getString("name")));
                });
    }
}
