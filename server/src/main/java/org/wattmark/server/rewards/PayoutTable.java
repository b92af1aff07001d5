package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.rewards.Payout;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.units.Money;

/// Rewards that were paid out.
final class PayoutTable implements RowTable<Payout> {

    private static final String INSERT =
            """
            insert into reward_payout (id, programme_id, account, micros, currency, minor_units, at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<Payout> type() {
        return Payout.class;
    }

    @Override
    public void write(Connection connection, List<Payout> payouts) throws SQLException {
        var money = payouts.stream().map(Payout::money).toList();
        Insert.into(connection, INSERT)
                .column("uuid", payouts.stream().map(Payout::id).toList())
                .column("uuid", payouts.stream().map(Payout::programme).toList())
                .column("text", payouts.stream().map(each -> each.account().value()).toList())
                .column("bigint", payouts.stream().map(Payout::microUnits).toList())
                .column("text", money.stream().map(m -> m.currency().getCurrencyCode()).toList())
                .column("bigint", money.stream().map(Money::minorUnits).toList())
                .column(
                        "timestamptz",
                        payouts.stream().map(each -> Timestamp.from(each.at())).toList())
                .execute();
    }

    static Payout payout(ResultSet row) throws SQLException {
        return new Payout(
                row.getObject("id", UUID.class),
                row.getObject("programme_id", UUID.class),
                new AccountId(row.getString("account")),
                row.getLong("micros"),
                Money.of(row.getLong("minor_units"), row.getString("currency")),
                row.getTimestamp("at").toInstant());
    }
}
