package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.FeeSchedule;
import org.wattmark.registry.FeeVersion;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Money;
import org.wattmark.units.Price;

/// Fee schedules. One that was approved stays as it is.
final class RegistryFeeTable implements MapTable<Integer, FeeVersion> {

    static final String SELECT = "select * from registry_fee";

    private static final String INSERT =
            """
            insert into registry_fee (version, applies_from, currency, issuance_minor_units,
                retirement_minor_units)
            select * from unnest(?, ?, ?, ?, ?)
            """;

    @Override
    public String map() {
        return "registry_fee";
    }

    @Override
    public void write(Connection connection, List<Row<Integer, FeeVersion>> changes)
            throws SQLException {
        var versions = changes.stream().map(Row::value).toList();
        var schedules = versions.stream().map(FeeVersion::schedule).toList();
        Insert.into(connection, INSERT)
                .column("integer", versions.stream().map(FeeVersion::number).toList())
                .column(
                        "timestamptz",
                        schedules.stream().map(each -> Timestamp.from(each.from())).toList())
                .column(
                        "text",
                        schedules.stream()
                                .map(s -> s.issuance().perTonne().currency().getCurrencyCode())
                                .toList())
                .column(
                        "bigint",
                        schedules.stream().map(s -> s.issuance().perTonne().minorUnits()).toList())
                .column(
                        "bigint",
                        schedules.stream()
                                .map(s -> s.retirement().perTonne().minorUnits())
                                .toList())
                .execute();
    }

    @Override
    public Map<Integer, FeeVersion> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> version(row)).list().stream()
                .collect(Collectors.toMap(FeeVersion::number, each -> each));
    }

    static FeeVersion version(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new FeeVersion(
                row.getInt("version"),
                new FeeSchedule(
                        row.getTimestamp("applies_from").toInstant(),
                        new Price(Money.of(row.getLong("issuance_minor_units"), currency)),
                        new Price(Money.of(row.getLong("retirement_minor_units"), currency))));
    }
}
