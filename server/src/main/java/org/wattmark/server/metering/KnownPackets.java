package org.wattmark.server.metering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Receipt;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.Sha256;
import org.wattmark.tlog.Merkle;

/// Packets as the last commit left them, and how far their devices have come, for any thread.
final class KnownPackets {

    private static final String AT =
            """
            select packet.at, hash, stands, milliwatt_seconds, receipt, leaf
            from packet join journal on journal.sequence = receipt
            where device_id = :device and packet.at in (
                select to_timestamp(second) from unnest(:seconds) as given (second))
            """;

    private final JdbcClient jdbc;

    KnownPackets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param receipt of the entry that took it in, or that found it to contradict another
    record Known(Instant at, Sha256 hash, boolean stands, long milliwattSeconds, Receipt receipt) {}

    /// All that is known of the seconds of some packets.
    List<Known> at(DeviceId device, Collection<SamplePacket> packets) {
        var seconds =
                packets.stream()
                        .mapToLong(SamplePacket::unixSeconds)
                        .distinct()
                        .boxed()
                        .toArray(Long[]::new);
        return jdbc.sql(AT)
                .param("device", device.value())
                .param("seconds", seconds)
                .query((row, _) -> known(row))
                .list();
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getTimestamp("at").toInstant(),
                Sha256.ofDigest(row.getBytes("hash")),
                row.getBoolean("stands"),
                row.getLong("milliwatt_seconds"),
                new Receipt(row.getLong("receipt"), Merkle.leafHash(row.getBytes("leaf")).hex()));
    }

    PacketProgress progress(DeviceId device) {
        return jdbc.sql("select * from sample_progress where device_id = :device")
                .param("device", device.value())
                .query((row, _) -> PacketProgressTable.progress(row))
                .optional()
                .orElse(PacketProgress.NONE);
    }
}
