package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.ledger.Insert;

/// Readings on their way into the table `interval`, many in one statement.
final class IntervalRows {

    private static final String INSERT =
            """
            insert into interval
                (device_id, channel, start_at, seconds, raw_wh, energy_wh, metered_wh, late,
                 receipt)
            select device_id, channel, start_at, seconds, raw_wh, energy_wh, energy_wh, late,
                receipt
            from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as new (device_id, channel, start_at, seconds, raw_wh, energy_wh, late, receipt)
            """;

    private final Connection connection;
    private final List<UUID> devices = new ArrayList<>();
    private final List<String> channels = new ArrayList<>();
    private final List<Timestamp> starts = new ArrayList<>();
    private final List<Integer> seconds = new ArrayList<>();
    private final List<Long> raw = new ArrayList<>();
    private final List<Long> energy = new ArrayList<>();
    private final List<Boolean> late = new ArrayList<>();
    private final List<@Nullable Long> receipts = new ArrayList<>();

    IntervalRows(Connection connection) {
        this.connection = connection;
    }

    void add(
            DeviceId device,
            Channel channel,
            IntervalReading reading,
            boolean isLate,
            @Nullable Long receipt) {
        devices.add(device.value());
        channels.add(channel.name());
        starts.add(Timestamp.from(reading.interval().start()));
        seconds.add(Math.toIntExact(reading.interval().length().toSeconds()));
        raw.add(reading.rawWattHours());
        energy.add(reading.energy().wattHours());
        late.add(isLate);
        receipts.add(receipt);
    }

    /// A row that is there already breaks the statement.
    void insertAll() throws SQLException {
        insert(INSERT);
    }

    /// @return how many were not there
    int insertMissing() throws SQLException {
        return insert(INSERT + "on conflict do nothing");
    }

    private int insert(String sql) throws SQLException {
        return devices.isEmpty()
                ? 0
                : Insert.into(connection, sql)
                        .column("uuid", devices)
                        .column("text", channels)
                        .column("timestamptz", starts)
                        .column("integer", seconds)
                        .column("bigint", raw)
                        .column("bigint", energy)
                        .column("boolean", late)
                        .column("bigint", receipts)
                        .execute();
    }
}
