package org.wattmark.server.market;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.market.CreditsTraded;
import org.wattmark.market.Trade;
import org.wattmark.server.ledger.RowAudit;

/// The table of trades is the journal's trades, numbered in the journal's order. The numbers
/// themselves mean nothing: a batch that was not committed leaves a gap.
public final class TradeAudit implements RowAudit {

    private long trades;
    private long lastNumber;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            if (entry.fact() instanceof CreditsTraded(var trade)) {
                trades++;
                if (!List.of(trade).equals(rows(trade, jdbc)) || !isNext(trade, jdbc)) {
                    found.add(entry.sequence(), "its row in the table of trades differs");
                }
            }
        }
    }

    private static List<Trade> rows(Trade trade, JdbcClient jdbc) {
        return jdbc.sql("select * from trade where id = :id")
                .param("id", trade.id())
                .query((row, _) -> TradeTable.trade(row))
                .list();
    }

    private boolean isNext(Trade trade, JdbcClient jdbc) {
        long number =
                jdbc.sql("select coalesce(max(number), 0) from trade where id = :id")
                        .param("id", trade.id())
                        .query(Long.class)
                        .single();
        boolean next = number > lastNumber;
        lastNumber = number;
        return next;
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("trade", trades, jdbc, found);
    }
}
