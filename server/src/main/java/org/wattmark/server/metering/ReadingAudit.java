package org.wattmark.server.metering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.server.ledger.RowAudit;
import tools.jackson.databind.json.JsonMapper;

/// The batches, intervals and findings in the tables are those of the journal's batches, and each
/// batch that a device signed was signed by that device. What claims have taken of an interval is
/// not looked at here.
public final class ReadingAudit implements RowAudit {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String BATCH =
            """
            select exists (select from reading_batch
                where receipt = :receipt and device_id = :device and sequence = :sequence
                    and channel = :channel and first_start = :first and last_end = :last
                    and hash = :hash and signed = :signed and accepted = :accepted
                    and rejected = :rejected and energy_wh = :energy)
                and (:completed or exists (select from command where id = :command))
            """;

    private static final String INTERVALS =
            """
            select start_at, seconds, raw_wh, energy_wh, metered_wh, shortfall_wh, late
            from interval
            where device_id = :device and channel = :channel
                and start_at >= :first and start_at < :last and receipt = :receipt
            union all
            select start_at, seconds, raw_wh, energy_wh, energy_wh, 0, late
            from interval_undone
            where device_id = :device and channel = :channel
                and start_at >= :first and start_at < :last and receipt = :receipt
            order by start_at
            """;

    private static final String FINDINGS =
            """
            select position, channel, rule, outcome, start_at, end_at, inputs::text as inputs,
                threshold
            from finding
            where device_id = :device and receipt = :receipt
            union all
            select position, channel, rule, outcome, start_at, end_at, inputs::text as inputs,
                threshold
            from finding_undone
            where device_id = :device and receipt = :receipt
            order by position
            """;

    private final Map<DeviceId, Device> devices = new HashMap<>();

    /// Intervals that the last entry completed and whose batches have not come yet.
    private final ArrayDeque<List<IntervalReading>> due = new ArrayDeque<>();

    private Optional<CompletesIntervals> source = Optional.empty();

    /// The import that the next batch is a part of.
    private Optional<ImportPart> part = Optional.empty();

    private long batches;
    private long intervals;
    private long findings;

    private record Row(
            Instant start,
            long seconds,
            long raw,
            long energy,
            long metered,
            long shortfall,
            boolean late) {}

    /// @param inputs as they stand there, letter by letter
    private record Found(
            long position,
            String channel,
            String rule,
            String outcome,
            Instant start,
            Instant end,
            String inputs,
            String threshold) {}

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            if (!due.isEmpty() && !(entry.fact() instanceof BatchReceived)) {
                found.add(entry.sequence(), "the intervals that were completed are missing");
                due.clear();
            }
            switch (entry.fact()) {
                case DeviceBonded bonded -> bonded(entry.sequence(), bonded, found);
                case PacketDeviceBonded bonded ->
                        devices.put(bonded.device().id(), bonded.device());
                case PacketsReceived received -> {
                    completed(received);
                    found(
                            entry.sequence(),
                            received.device(),
                            received.channel(),
                            received.findings(),
                            jdbc,
                            found);
                }
                case RegisterAdvanced advanced -> {
                    completed(advanced);
                    found(
                            entry.sequence(),
                            advanced.device(),
                            advanced.channel(),
                            advanced.findings(),
                            jdbc,
                            found);
                }
                case BatchReceived received -> received(entry.sequence(), received, jdbc, found);
                case ImportUndone undone -> {
                    intervals -= undone.accepted();
                    findings -= undone.findings();
                }
                default -> {}
            }
            part = entry.fact() instanceof ImportPart next ? Optional.of(next) : Optional.empty();
        }
    }

    private void bonded(long sequence, DeviceBonded bonded, Discrepancies found) {
        devices.put(bonded.device().id(), bonded.device());
        if (!bonded.device()
                .key()
                .verifies(bonded.challenge().canonicalBytes(), bonded.signature())) {
            found.add(sequence, "the bond is not signed by the device");
        }
    }

    private void received(
            long sequence, BatchReceived received, JdbcClient jdbc, Discrepancies found) {
        batches++;
        intervals += received.accepted().size();
        boolean completed = isDue(received);
        if (!completed && !isVouchedFor(received)) {
            found.add(sequence, "the batch is not signed by its device");
        }
        if (!hasBatch(sequence, received, completed, jdbc)) {
            found.add(sequence, "its row in the table of batches differs");
        }
        if (!rows(sequence, received, jdbc).equals(rows(received))) {
            found.add(sequence, "its rows in the table of intervals differ");
        }
        var batch = received.batch();
        found(sequence, batch.device(), batch.channel(), received.findings(), jdbc, found);
    }

    private void completed(CompletesIntervals completing) {
        source = Optional.of(completing);
        due.addAll(ReadingBatch.runs(completing.completed()));
    }

    /// Whether the entry before completed just these intervals.
    private boolean isDue(BatchReceived received) {
        var batch = received.batch();
        if (due.isEmpty()
                || received.signature().isPresent()
                || !due.getFirst().equals(batch.readings())
                || source.filter(each ->
                                each.device().equals(batch.device())
                                        && each.channel() == batch.channel())
                        .isEmpty()) {
            return false;
        }
        due.removeFirst();
        return true;
    }

    /// Only a device of tier T1 at most may have batches that nobody signed.
    private boolean isVouchedFor(BatchReceived received) {
        var device = devices.get(received.batch().device());
        return device != null
                && received.signature()
                        .map(by -> device.key().verifies(received.batch().canonicalBytes(), by))
                        .orElse(device.tier().compareTo(AssuranceTier.T1) <= 0)
                && device.makerId().isEmpty()
                && due.isEmpty();
    }

    /// A leaf does not show whether its batch was signed. The command that took it in does: its id
    /// is made of that, and the seal of its own batch binds the id.
    ///
    /// @param completed if the entry before vouches for it: then that entry's command took it in
    private boolean hasBatch(
            long sequence, BatchReceived received, boolean completed, JdbcClient jdbc) {
        var accepted = received.accepted();
        var device = devices.get(received.batch().device());
        if (device == null) {
            return false;
        }
        var inspected =
                new Inspected(
                        received.batch(),
                        received.hash(),
                        received.stated(),
                        accepted,
                        received.findings());
        var command =
                part.<Command<BatchAnswer>>map(each ->
                                new AcceptImport(
                                        device.owner(), each.importId(), each.file(), inspected))
                        .orElseGet(() ->
                                new AcceptReadings(
                                        device.owner(), inspected, received.signature()));
        return of(received, sequence, jdbc.sql(BATCH))
                .param("sequence", received.batch().sequence())
                .param("hash", received.hash().bytes())
                .param("signed", received.signature().isPresent())
                .param("accepted", accepted.size())
                .param("rejected", received.batch().readings().size() - accepted.size())
                .param("energy", BatchReceived.energyOf(accepted).wattHours())
                .param("completed", completed)
                .param("command", command.id())
                .query(Boolean.class)
                .single();
    }

    private static List<Row> rows(long sequence, BatchReceived received, JdbcClient jdbc) {
        return of(received, sequence, jdbc.sql(INTERVALS)).query((row, _) -> row(row)).list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getTimestamp("start_at").toInstant(),
                row.getLong("seconds"),
                row.getLong("raw_wh"),
                row.getLong("energy_wh"),
                row.getLong("metered_wh"),
                row.getLong("shortfall_wh"),
                row.getBoolean("late"));
    }

    private static List<Row> rows(BatchReceived received) {
        var late = new HashSet<>(received.late());
        return received.accepted().stream()
                .map(each ->
                        new Row(
                                each.interval().start(),
                                each.interval().length().toSeconds(),
                                each.rawWattHours(),
                                each.energy().wattHours(),
                                each.energy().wattHours(),
                                0,
                                late.contains(each.interval())))
                .toList();
    }

    /// The findings of an entry are in the table as it says.
    private void found(
            long sequence,
            DeviceId device,
            Channel channel,
            List<Finding> said,
            JdbcClient jdbc,
            Discrepancies found) {
        findings += said.size();
        var kept =
                jdbc.sql(FINDINGS)
                        .param("device", device.value())
                        .param("receipt", sequence)
                        .query((row, _) -> found(row))
                        .list();
        if (!kept.equals(found(channel, said))) {
            found.add(sequence, "its rows in the table of findings differ");
        }
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getLong("position"),
                row.getString("channel"),
                row.getString("rule"),
                row.getString("outcome"),
                row.getTimestamp("start_at").toInstant(),
                row.getTimestamp("end_at").toInstant(),
                row.getString("inputs"),
                row.getString("threshold"));
    }

    private static List<Found> found(Channel channel, List<Finding> findings) {
        var all = new ArrayList<Found>();
        for (var each : findings) {
            all.add(
                    new Found(
                            all.size(),
                            channel.name(),
                            each.rule().name(),
                            each.outcome().name(),
                            each.interval().start(),
                            each.interval().end(),
                            JSON.writeValueAsString(each.inputs()),
                            each.threshold()));
        }
        return all;
    }

    private static JdbcClient.StatementSpec of(
            BatchReceived received, long sequence, JdbcClient.StatementSpec query) {
        var batch = received.batch();
        return query.param("receipt", sequence)
                .param("device", batch.device().value())
                .param("channel", batch.channel().name())
                .param("first", BatchTable.firstStart(batch))
                .param("last", BatchTable.lastEnd(batch));
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("reading_batch", batches, jdbc, found);
        RowAudit.requireCount("interval", intervals, jdbc, found);
        RowAudit.requireCount("finding", findings, jdbc, found);
        requireDistinct("device_external_id", "scheme, external_id", jdbc, found);
        requireDistinct("device_progress", "device_id", jdbc, found);
    }

    /// What a row says is compared with memory, which would not see that it stands there twice.
    static void requireDistinct(String table, String key, JdbcClient jdbc, Discrepancies found) {
        long twice =
                jdbc.sql("select count(*) - count(distinct (%s)) from %s".formatted(key, table))
                        .query(Long.class)
                        .single();
        if (twice != 0) {
            found.add(-1, twice + " rows of " + table + " stand there twice");
        }
    }
}
