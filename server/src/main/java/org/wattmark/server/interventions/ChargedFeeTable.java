package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.registry.ChargedEntry;
import org.wattmark.registry.FeeCharged;
import org.wattmark.registry.FeeSchedule;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;

/// Fees that were paid.
final class ChargedFeeTable implements RowTable<ChargedEntry> {

    private static final String INSERT =
            """
            insert into registry_fee_charged (id, sequence, kind, payer, version, quantity_grams,
                currency, minor_units)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<ChargedEntry> type() {
        return ChargedEntry.class;
    }

    @Override
    public void write(Connection connection, List<ChargedEntry> rows) throws SQLException {
        var fees = rows.stream().map(ChargedEntry::fee).toList();
        Insert.into(connection, INSERT)
                .column("uuid", fees.stream().map(FeeCharged::id).toList())
                .column("bigint", rows.stream().map(ChargedEntry::sequence).toList())
                .column("text", fees.stream().map(each -> each.kind().name()).toList())
                .column("text", fees.stream().map(each -> each.payer().value()).toList())
                .column("integer", fees.stream().map(FeeCharged::version).toList())
                .column("bigint", fees.stream().map(each -> each.quantity().grams()).toList())
                .column(
                        "text",
                        fees.stream()
                                .map(each -> each.amount().currency().getCurrencyCode())
                                .toList())
                .column("bigint", fees.stream().map(each -> each.amount().minorUnits()).toList())
                .execute();
    }

    static FeeCharged read(ResultSet row) throws SQLException {
        return new FeeCharged(
                row.getObject("id", UUID.class),
                FeeSchedule.Kind.valueOf(row.getString("kind")),
                new AccountId(row.getString("payer")),
                row.getInt("version"),
                new Co2e(row.getLong("quantity_grams")),
                Money.of(row.getLong("minor_units"), row.getString("currency")));
    }
}
