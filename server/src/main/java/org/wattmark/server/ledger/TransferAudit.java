package org.wattmark.server.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.TransferPosted;

/// The table of transfers is the journal's transfers, no more and no fewer.
public final class TransferAudit implements RowAudit {

    private long transfers;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        var rows = new HashMap<Long, TransferPosted>();
        jdbc.sql(
                        """
                        select sequence, id, debit, credit, asset, amount, role, hold from transfer
                        where sequence between :first and :last
                        """)
                .param("first", page.getFirst().sequence())
                .param("last", page.getLast().sequence())
                .query(row -> {
                    rows.put(
                            row.getLong("sequence"),
                            new TransferPosted(
                                    new Transfer(
                                            row.getObject("id", UUID.class),
                                            new AccountId(row.getString("debit")),
                                            new AccountId(row.getString("credit")),
                                            new Asset(row.getString("asset")),
                                            row.getLong("amount")),
                                    TransferPosted.Role.valueOf(row.getString("role")),
                                    row.getObject("hold", UUID.class)));
                });
        for (var entry : page) {
            if (entry.fact() instanceof TransferPosted posted) {
                transfers++;
                if (!posted.equals(rows.get(entry.sequence()))) {
                    found.add(entry.sequence(), "its row in the table of transfers differs");
                }
            }
        }
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        long rows = jdbc.sql("select count(*) from transfer").query(Long.class).single();
        if (rows != transfers) {
            found.add(-1, rows + " rows of transfers, but " + transfers + " in the journal");
        }
    }
}
