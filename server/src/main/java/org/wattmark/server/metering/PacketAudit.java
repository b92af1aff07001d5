package org.wattmark.server.metering;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.SampleIntake;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.Sha256;
import org.wattmark.server.ledger.RowAudit;

/// Each packet in the journal is signed by its device, what it adds up to is what its entry says,
/// and its row in the table says the same. Each device that sends packets was deposited by its
/// maker before it was bonded.
public final class PacketAudit implements RowAudit {

    /// Whether a packet came from the future was judged when it came.
    private static final Instant ANY_TIME = Instant.parse("2200-01-01T00:00:00Z");

    private static final String ROWS =
            """
            select at, hash, stands, milliwatt_seconds from packet
            where device_id = :device and receipt = :receipt
            """;

    private static final String STANDING =
            """
            select at, hash from packet
            where device_id = :device and stands and receipt < :receipt
                and at in (
                    select to_timestamp(second) from unnest(:seconds) as given (second))
            """;

    private final Map<MakerId, Provisioned> provisions = new HashMap<>();
    private final Map<DeviceId, Device> devices = new HashMap<>();
    private final Map<DeviceId, PacketProgress> progress = new HashMap<>();
    private long packets;

    private record Provisioned(DevicesProvisioned.Deposit deposit, long receipt) {}

    private record Row(Instant at, Sha256 hash, boolean stands, long milliwattSeconds) {

        static Row of(SamplePacket packet, boolean stands, long milliwattSeconds) {
            return new Row(
                    Instant.ofEpochSecond(packet.unixSeconds()),
                    packet.sha256(),
                    stands,
                    milliwattSeconds);
        }
    }

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            switch (entry.fact()) {
                case DevicesProvisioned list ->
                        list.devices()
                                .forEach(each ->
                                        provisions.put(
                                                each.provision().device(),
                                                new Provisioned(each, entry.sequence())));
                case PacketDeviceBonded bonded -> bonded(entry.sequence(), bonded, found);
                case PacketsReceived received -> received(entry.sequence(), received, jdbc, found);
                default -> {}
            }
        }
    }

    private void bonded(long sequence, PacketDeviceBonded bonded, Discrepancies found) {
        devices.put(bonded.device().id(), bonded.device());
        var opened = provisions.get(bonded.makerId());
        if (opened == null
                || opened.receipt() != bonded.provision()
                || !opened.deposit().provision().key().equals(bonded.device().key())) {
            found.add(sequence, "the bond is not of a device that its maker deposited");
        }
    }

    private void received(
            long sequence, PacketsReceived received, JdbcClient jdbc, Discrepancies found) {
        var before = progress.getOrDefault(received.device(), PacketProgress.NONE);
        progress.put(received.device(), before.after(received, sequence));
        packets += received.taken().size() + received.conflicting().size();
        var device = devices.get(received.device());
        if (device == null
                || !Optional.of(received)
                        .equals(
                                again(
                                        device,
                                        before,
                                        standing(sequence, received, jdbc),
                                        received))) {
            found.add(sequence, "its packets do not add up to what it says");
        }
        if (!rows(sequence, received, jdbc).equals(rows(received))) {
            found.add(sequence, "its rows in the table of packets differ");
        }
    }

    /// What the packets come to if they are taken in once more; empty if one is not its device's.
    private static Optional<PacketsReceived> again(
            Device device,
            PacketProgress before,
            Map<Long, Sha256> standing,
            PacketsReceived received) {
        var packets = new ArrayList<SamplePacket>();
        received.taken().forEach(each -> packets.add(each.packet()));
        packets.addAll(received.conflicting());
        var inspected = new ArrayList<Inspected>();
        for (var packet : packets) {
            if (!(SampleIntake.inspect(packet, device, ANY_TIME) instanceof Inspected sound)) {
                return Optional.empty();
            }
            inspected.add(sound);
        }
        // Those that were taken come first in their second, as they did.
        inspected.sort(Comparator.comparing(each -> each.sample().at()));
        return PacketRun.of(inspected, before.progress(), device.intervalLength(), standing)
                .received(received.device());
    }

    private static Map<Long, Sha256> standing(
            long sequence, PacketsReceived received, JdbcClient jdbc) {
        var standing = new HashMap<Long, Sha256>();
        if (!received.conflicting().isEmpty()) {
            jdbc.sql(STANDING)
                    .param("device", received.device().value())
                    .param("receipt", sequence)
                    .param(
                            "seconds",
                            received.conflicting().stream()
                                    .map(SamplePacket::unixSeconds)
                                    .toArray(Long[]::new))
                    .query(row -> {
                        standing.put(
                                row.getTimestamp("at").toInstant().getEpochSecond(),
                                Sha256.ofDigest(row.getBytes("hash")));
                    });
        }
        return standing;
    }

    private static Set<Row> rows(long sequence, PacketsReceived received, JdbcClient jdbc) {
        return new HashSet<>(
                jdbc.sql(ROWS)
                        .param("device", received.device().value())
                        .param("receipt", sequence)
                        .query((row, _) ->
                                new Row(
                                        row.getTimestamp("at").toInstant(),
                                        Sha256.ofDigest(row.getBytes("hash")),
                                        row.getBoolean("stands"),
                                        row.getLong("milliwatt_seconds")))
                        .list());
    }

    private static Set<Row> rows(PacketsReceived received) {
        var rows = new HashSet<Row>();
        received.taken()
                .forEach(each -> rows.add(Row.of(each.packet(), true, each.milliwattSeconds())));
        received.conflicting().forEach(each -> rows.add(Row.of(each, false, 0)));
        return rows;
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("packet", packets, jdbc, found);
        ReadingAudit.requireDistinct("sample_progress", "device_id", jdbc, found);
        ReadingAudit.requireDistinct("maker_provision", "maker_id", jdbc, found);
    }
}
