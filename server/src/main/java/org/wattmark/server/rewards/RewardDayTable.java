package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceId;
import org.wattmark.rewards.RewardDay;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;

/// Rewarded days; only their energy and what it was granted ever change.
final class RewardDayTable implements MapTable<RewardDay.Key, RewardDay> {

    private static final String UPSERT =
            """
            insert into reward_day (programme_id, device_id, day, tariff_id, per_kilowatt_hour,
                rate_basis_points, cap_wh, metered_wh, rewarded_wh, granted_micros)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (programme_id, device_id, day) do update
                set metered_wh = excluded.metered_wh, rewarded_wh = excluded.rewarded_wh,
                    granted_micros = excluded.granted_micros
            """;

    @Override
    public String map() {
        return "reward_day";
    }

    @Override
    public void write(Connection connection, List<Row<RewardDay.Key, RewardDay>> changes)
            throws SQLException {
        var days = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", days.stream().map(RewardDay::programme).toList())
                .column("uuid", days.stream().map(each -> each.device().value()).toList())
                .column("date", days.stream().map(each -> "" + each.day()).toList())
                .column("uuid", days.stream().map(RewardDay::tariff).toList())
                .column("numeric", days.stream().map(RewardDay::perKilowattHour).toList())
                .column("integer", days.stream().map(each -> each.rate().basisPoints()).toList())
                .column("bigint", days.stream().map(each -> each.cap().wattHours()).toList())
                .column("bigint", days.stream().map(each -> each.metered().wattHours()).toList())
                .column("bigint", days.stream().map(each -> each.rewarded().wattHours()).toList())
                .column("numeric", days.stream().map(RewardDay::granted).toList())
                .execute();
    }

    @Override
    public Map<RewardDay.Key, RewardDay> load(JdbcClient jdbc) {
        return jdbc.sql("select * from reward_day").query((row, _) -> day(row)).list().stream()
                .collect(Collectors.toMap(RewardDay::key, each -> each));
    }

    static RewardDay day(ResultSet row) throws SQLException {
        return new RewardDay(
                row.getObject("programme_id", UUID.class),
                new DeviceId(row.getObject("device_id", UUID.class)),
                row.getObject("day", LocalDate.class),
                row.getObject("tariff_id", UUID.class),
                row.getBigDecimal("per_kilowatt_hour"),
                new Share(row.getInt("rate_basis_points")),
                new Energy(row.getLong("cap_wh")),
                new Energy(row.getLong("metered_wh")),
                new Energy(row.getLong("rewarded_wh")),
                row.getBigDecimal("granted_micros"));
    }
}
