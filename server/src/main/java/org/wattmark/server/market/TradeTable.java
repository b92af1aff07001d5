package org.wattmark.server.market;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.market.Trade;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// Trades. The table numbers them as they come, which is the order of the journal.
final class TradeTable implements RowTable<Trade> {

    private static final String INSERT =
            """
            insert into trade (id, listing_id, seller, buyer, block_id, unit_class, quantity_grams,
                currency, price_minor_units, fee_minor_units, proceeds_minor_units, at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<Trade> type() {
        return Trade.class;
    }

    @Override
    public void write(Connection connection, List<Trade> trades) throws SQLException {
        Insert.into(connection, INSERT)
                .column("uuid", trades.stream().map(Trade::id).toList())
                .column("uuid", trades.stream().map(Trade::listing).toList())
                .column("text", trades.stream().map(each -> each.seller().value()).toList())
                .column("text", trades.stream().map(each -> each.buyer().value()).toList())
                .column("uuid", trades.stream().map(Trade::block).toList())
                .column("text", trades.stream().map(each -> each.unitClass().name()).toList())
                .column("bigint", trades.stream().map(each -> each.quantity().grams()).toList())
                .column("text", trades.stream().map(TradeTable::currency).toList())
                .column("bigint", trades.stream().map(each -> each.price().minorUnits()).toList())
                .column("bigint", trades.stream().map(each -> each.fee().minorUnits()).toList())
                .column(
                        "bigint",
                        trades.stream().map(each -> each.proceeds().minorUnits()).toList())
                .column(
                        "timestamptz",
                        trades.stream().map(each -> Timestamp.from(each.at())).toList())
                .execute();
    }

    private static String currency(Trade trade) {
        return trade.price().currency().getCurrencyCode();
    }

    static Trade trade(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new Trade(
                row.getObject("id", UUID.class),
                row.getObject("listing_id", UUID.class),
                new AccountId(row.getString("seller")),
                new AccountId(row.getString("buyer")),
                row.getObject("block_id", UUID.class),
                UnitClass.valueOf(row.getString("unit_class")),
                new Co2e(row.getLong("quantity_grams")),
                Money.of(row.getLong("price_minor_units"), currency),
                Money.of(row.getLong("fee_minor_units"), currency),
                Money.of(row.getLong("proceeds_minor_units"), currency),
                row.getTimestamp("at").toInstant());
    }
}
