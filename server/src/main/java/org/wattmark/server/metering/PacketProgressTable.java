package org.wattmark.server.metering;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.SampleProgress;
import org.wattmark.metering.SampleProgress.Open;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.RuleBroken;
import org.wattmark.server.ledger.UnreadableRow;
import org.wattmark.units.Canonical.Malformed;

/// How far each device has come that sends packets.
final class PacketProgressTable implements MapTable<DeviceId, PacketProgress> {

    /// A row that is there is changed only by a later entry.
    private static final String UPSERT =
            """
            insert into sample_progress as known
                (device_id, last_packet, open_start, open_milliwatt_seconds, carried, fraction,
                 receipt)
            select * from unnest(?, ?, ?, ?, ?, ?, ?)
            on conflict (device_id) do update set
                last_packet = excluded.last_packet,
                open_start = excluded.open_start,
                open_milliwatt_seconds = excluded.open_milliwatt_seconds,
                carried = excluded.carried,
                fraction = excluded.fraction,
                receipt = excluded.receipt
            where known.receipt < excluded.receipt
            """;

    @Override
    public String map() {
        return PacketMeters.PROGRESS;
    }

    @Override
    public void write(Connection connection, List<Row<DeviceId, PacketProgress>> changes)
            throws SQLException {
        var rows = changes.stream().map(Row::value).toList();
        var progress = rows.stream().map(PacketProgress::progress).toList();
        int written =
                Insert.into(connection, UPSERT)
                        .column("uuid", changes.stream().map(each -> each.key().value()).toList())
                        .column("bytea", rows.stream().map(PacketProgressTable::last).toList())
                        .column(
                                "timestamptz",
                                progress.stream().map(PacketProgressTable::start).toList())
                        .column(
                                "bigint",
                                progress.stream().map(PacketProgressTable::energy).toList())
                        .column("bigint", progress.stream().map(SampleProgress::carried).toList())
                        .column("numeric", progress.stream().map(SampleProgress::fraction).toList())
                        .column("bigint", rows.stream().map(PacketProgress::receipt).toList())
                        .execute();
        if (written != changes.size()) {
            throw new RuleBroken("a device's packets in the table are ahead of memory");
        }
    }

    private static byte @Nullable [] last(PacketProgress row) {
        return row.last().map(SamplePacket::toByteArray).orElse(null);
    }

    private static @Nullable Timestamp start(SampleProgress progress) {
        return progress.open().map(each -> Timestamp.from(each.start())).orElse(null);
    }

    private static @Nullable Long energy(SampleProgress progress) {
        return progress.open().map(Open::milliwattSeconds).orElse(null);
    }

    @Override
    public Map<DeviceId, PacketProgress> load(JdbcClient jdbc) {
        var progress = new HashMap<DeviceId, PacketProgress>();
        jdbc.sql("select * from sample_progress")
                .query(row -> {
                    var device = new DeviceId(row.getObject("device_id", UUID.class));
                    progress.put(device, progress(row));
                });
        return progress;
    }

    /// Reads a row with all columns of `sample_progress`.
    static PacketProgress progress(ResultSet row) throws SQLException {
        var bytes = Optional.ofNullable(row.getBytes("last_packet"));
        var start = row.getTimestamp("open_start");
        if ((start == null) != (row.getObject("open_milliwatt_seconds") == null)) {
            throw new UnreadableRow("an open interval without its start or its energy");
        }
        BigDecimal fraction = row.getBigDecimal("fraction");
        var last = bytes.map(PacketProgressTable::packet);
        var progress =
                new SampleProgress(
                        Optional.empty(),
                        start == null
                                ? Optional.empty()
                                : Optional.of(
                                        new Open(
                                                start.toInstant(),
                                                row.getLong("open_milliwatt_seconds"))),
                        row.getLong("carried"),
                        fraction.signum() == 0 ? BigDecimal.ZERO : fraction.stripTrailingZeros());
        return new PacketProgress(
                last, SampleBytes.withLast(progress, last), row.getLong("receipt"));
    }

    private static SamplePacket packet(byte[] bytes) {
        try {
            return SamplePacket.read(bytes);
        } catch (Malformed e) {
            throw new UnreadableRow("not a packet: " + e.getMessage());
        }
    }
}
