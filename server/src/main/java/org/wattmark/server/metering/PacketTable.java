package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.wattmark.metering.SamplePacket;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;

/// Packets that stand, packets that contradict them, and what was found in both.
final class PacketTable implements RowTable<PacketTable.Row> {

    private static final String INSERT =
            """
            insert into packet (device_id, at, hash, stands, milliwatt_seconds, receipt)
            select * from unnest(?, ?, ?, ?, ?, ?)
            """;

    /// Packets and the place of their entry in the journal.
    record Row(PacketsReceived received, long receipt) {

        private Stream<Kept> kept() {
            return Stream.concat(
                    received.taken().stream()
                            .map(each -> kept(each.packet(), true, each.milliwattSeconds())),
                    received.conflicting().stream().map(each -> kept(each, false, 0)));
        }

        private Kept kept(SamplePacket packet, boolean stands, long energy) {
            return new Kept(received.device().value(), packet, stands, energy, receipt);
        }
    }

    private record Kept(
            UUID device, SamplePacket packet, boolean stands, long energy, long receipt) {

        Timestamp at() {
            return Timestamp.from(Instant.ofEpochSecond(packet.unixSeconds()));
        }
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void write(Connection connection, List<Row> rows) throws SQLException {
        var packets = rows.stream().flatMap(Row::kept).toList();
        Insert.into(connection, INSERT)
                .column("uuid", packets.stream().map(Kept::device).toList())
                .column("timestamptz", packets.stream().map(Kept::at).toList())
                .column("bytea", packets.stream().map(e -> e.packet().sha256().bytes()).toList())
                .column("boolean", packets.stream().map(Kept::stands).toList())
                .column("bigint", packets.stream().map(Kept::energy).toList())
                .column("bigint", packets.stream().map(Kept::receipt).toList())
                .execute();
        var findings = new ArrayList<FindingRows.Found>();
        for (var row : rows) {
            findings.addAll(
                    FindingRows.of(
                            row.received().device(),
                            row.received().channel(),
                            row.receipt(),
                            row.received().findings()));
        }
        FindingRows.insert(connection, findings);
    }
}
