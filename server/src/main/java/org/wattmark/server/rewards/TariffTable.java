package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.rewards.Tariff;
import org.wattmark.rewards.TariffRegion;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;

/// Tariffs that apply. One that was approved later for the same day takes the place of the other.
final class TariffTable implements MapTable<Tariff.Key, Tariff> {

    private static final String UPSERT =
            """
            insert into reward_tariff (id, region, currency, from_day, per_kilowatt_hour, source)
            select * from unnest(?, ?, ?, ?, ?, ?)
            on conflict (region, currency, from_day) do update
                set id = excluded.id, per_kilowatt_hour = excluded.per_kilowatt_hour,
                    source = excluded.source
            """;

    @Override
    public String map() {
        return "reward_tariff";
    }

    @Override
    public void write(Connection connection, List<Row<Tariff.Key, Tariff>> changes)
            throws SQLException {
        var tariffs = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", tariffs.stream().map(Tariff::id).toList())
                .column("text", tariffs.stream().map(each -> each.region().code()).toList())
                .column(
                        "text",
                        tariffs.stream().map(each -> each.currency().getCurrencyCode()).toList())
                .column("date", tariffs.stream().map(each -> "" + each.from()).toList())
                .column("numeric", tariffs.stream().map(Tariff::perKilowattHour).toList())
                .column("text", tariffs.stream().map(Tariff::source).toList())
                .execute();
    }

    @Override
    public Map<Tariff.Key, Tariff> load(JdbcClient jdbc) {
        return jdbc
                .sql("select * from reward_tariff")
                .query((row, _) -> tariff(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Tariff::key, each -> each));
    }

    static Tariff tariff(ResultSet row) throws SQLException {
        return new Tariff(
                row.getObject("id", UUID.class),
                new TariffRegion(row.getString("region")),
                Currency.getInstance(row.getString("currency")),
                row.getBigDecimal("per_kilowatt_hour"),
                row.getObject("from_day", LocalDate.class),
                row.getString("source"));
    }
}
