package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.wattmark.metering.DeviceId;
import org.wattmark.rewards.Reward;
import org.wattmark.rewards.RewardedInterval;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// Rewards, interval by interval. The primary key is the second net below the rule that an interval
/// is rewarded once.
final class RewardTable implements RowTable<Reward> {

    private static final String INSERT =
            """
            insert into reward (programme_id, device_id, start_at, seconds, accrual_id, metered_wh,
                rewarded_wh, micros, reason)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<Reward> type() {
        return Reward.class;
    }

    @Override
    public void write(Connection connection, List<Reward> rewards) throws SQLException {
        var intervals = rewards.stream().map(Reward::interval).toList();
        Insert.into(connection, INSERT)
                .column("uuid", rewards.stream().map(Reward::programme).toList())
                .column("uuid", rewards.stream().map(each -> each.device().value()).toList())
                .column(
                        "timestamptz",
                        intervals.stream()
                                .map(each -> Timestamp.from(each.period().start()))
                                .toList())
                .column(
                        "integer",
                        intervals.stream()
                                .map(each -> (int) each.period().length().toSeconds())
                                .toList())
                .column("uuid", rewards.stream().map(Reward::accrual).toList())
                .column("bigint", intervals.stream().map(e -> e.metered().wattHours()).toList())
                .column("bigint", intervals.stream().map(e -> e.rewarded().wattHours()).toList())
                .column("bigint", intervals.stream().map(RewardedInterval::microUnits).toList())
                .column("text", intervals.stream().map(each -> each.limit().name()).toList())
                .execute();
    }

    static Reward reward(ResultSet row) throws SQLException {
        var period =
                Period.starting(
                        row.getTimestamp("start_at").toInstant(),
                        Duration.ofSeconds(row.getLong("seconds")));
        return new Reward(
                row.getObject("accrual_id", UUID.class),
                row.getObject("programme_id", UUID.class),
                new DeviceId(row.getObject("device_id", UUID.class)),
                new RewardedInterval(
                        period,
                        new Energy(row.getLong("metered_wh")),
                        new Energy(row.getLong("rewarded_wh")),
                        row.getLong("micros"),
                        RewardedInterval.Limit.valueOf(row.getString("reason"))));
    }
}
