package org.wattmark.server.ledger;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;

/// Only a source of units or money may be overdrawn. How much lies where is compared with the
/// ledger's own map, which has no such flag.
public final class BalanceAudit implements RowAudit {

    private static final String WRONGLY_ALLOWED =
            """
            select balance.account, balance.asset from balance
            left join account on account.number = balance.account
            where balance.may_be_overdrawn
                is distinct from coalesce(account.kind in ('SOURCE', 'CLEARING'), false)
            order by balance.account, balance.asset limit 10
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
    }
}
