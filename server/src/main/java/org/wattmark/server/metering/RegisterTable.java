package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Register;
import org.wattmark.metering.RegisterProgress;
import org.wattmark.metering.RegisterProgress.Open;
import org.wattmark.metering.RegisterReading;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.RuleBroken;
import org.wattmark.server.ledger.UnreadableRow;

/// How far the registers of devices have come.
final class RegisterTable implements MapTable<RegisterKey, RegisterState> {

    /// A row that is there is changed only by a later entry.
    private static final String UPSERT =
            """
            insert into register_progress as known
                (device_id, channel, rolls_over_at, most_watts, last_at, last_wh, open_start,
                 open_wh, receipt)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (device_id, channel) do update set
                rolls_over_at = excluded.rolls_over_at,
                most_watts = excluded.most_watts,
                last_at = excluded.last_at,
                last_wh = excluded.last_wh,
                open_start = excluded.open_start,
                open_wh = excluded.open_wh,
                receipt = excluded.receipt
            where known.receipt < excluded.receipt
            """;

    @Override
    public String map() {
        return RegisterMeters.PROGRESS;
    }

    @Override
    public void write(Connection connection, List<Row<RegisterKey, RegisterState>> changes)
            throws SQLException {
        try (var statement = connection.prepareStatement(UPSERT)) {
            for (var change : changes) {
                var values = values(change.key(), change.value());
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                if (statement.executeUpdate() != 1) {
                    throw new RuleBroken("a register in the table is ahead of memory");
                }
            }
        }
    }

    private static List<@Nullable Object> values(RegisterKey key, RegisterState state) {
        var progress = state.progress();
        var values = new ArrayList<@Nullable Object>();
        Collections.addAll(
                values,
                key.device().value(),
                key.channel().name(),
                progress.register().rollsOverAt(),
                progress.register().mostWatts(),
                progress.last().map(each -> Timestamp.from(each.at())).orElse(null),
                progress.last().map(RegisterReading::wattHours).orElse(null),
                progress.open().map(each -> Timestamp.from(each.start())).orElse(null),
                progress.open().map(Open::wattHours).orElse(null),
                state.receipt());
        return values;
    }

    @Override
    public Map<RegisterKey, RegisterState> load(JdbcClient jdbc) {
        var registers = new HashMap<RegisterKey, RegisterState>();
        jdbc.sql("select * from register_progress")
                .query(row -> {
                    registers.put(key(row), state(row));
                });
        return registers;
    }

    static RegisterKey key(ResultSet row) throws SQLException {
        return new RegisterKey(
                new DeviceId(row.getObject("device_id", UUID.class)),
                Channel.valueOf(row.getString("channel")));
    }

    /// Reads a row with all columns of `register_progress`.
    static RegisterState state(ResultSet row) throws SQLException {
        var lastAt = row.getTimestamp("last_at");
        var lastCount = row.getObject("last_wh", Long.class);
        var openStart = row.getTimestamp("open_start");
        var openEnergy = row.getObject("open_wh", Long.class);
        if ((lastAt == null) != (lastCount == null)
                || (openStart == null) != (openEnergy == null)) {
            throw new UnreadableRow("a register's reading without its time or its count");
        }
        Optional<RegisterReading> last =
                lastAt == null || lastCount == null
                        ? Optional.empty()
                        : Optional.of(new RegisterReading(lastAt.toInstant(), lastCount));
        Optional<Open> open =
                openStart == null || openEnergy == null
                        ? Optional.empty()
                        : Optional.of(new Open(openStart.toInstant(), openEnergy));
        return new RegisterState(
                new RegisterProgress(
                        new Register(row.getLong("rolls_over_at"), row.getLong("most_watts")),
                        last,
                        open),
                row.getLong("receipt"));
    }
}
