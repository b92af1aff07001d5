package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceId;
import org.wattmark.rewards.RewardedIntervalKey;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Energy;

/// What stands of rewarded intervals that were corrected.
final class CorrectionTable implements MapTable<RewardedIntervalKey, Energy> {

    private static final String UPSERT =
            """
            insert into reward_correction (programme_id, device_id, start_at, metered_wh)
            select * from unnest(?, ?, ?, ?)
            on conflict (programme_id, device_id, start_at) do update
                set metered_wh = excluded.metered_wh
            """;

    @Override
    public String map() {
        return "reward_correction";
    }

    @Override
    public void write(Connection connection, List<Row<RewardedIntervalKey, Energy>> changes)
            throws SQLException {
        var keys = changes.stream().map(Row::key).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", keys.stream().map(RewardedIntervalKey::programme).toList())
                .column("uuid", keys.stream().map(each -> each.device().value()).toList())
                .column(
                        "timestamptz",
                        keys.stream().map(each -> Timestamp.from(each.start())).toList())
                .column("bigint", changes.stream().map(each -> each.value().wattHours()).toList())
                .execute();
    }

    @Override
    public Map<RewardedIntervalKey, Energy> load(JdbcClient jdbc) {
        return jdbc
                .sql("select * from reward_correction")
                .query((row, _) ->
                        Map.entry(
                                new RewardedIntervalKey(
                                        row.getObject("programme_id", UUID.class),
                                        new DeviceId(row.getObject("device_id", UUID.class)),
                                        row.getTimestamp("start_at").toInstant()),
                                new Energy(row.getLong("metered_wh"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
