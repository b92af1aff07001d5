package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceProgress;
import org.wattmark.metering.Sha256;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.RuleBroken;

/// How far each device has come.
final class ProgressTable implements MapTable<DeviceId, DeviceProgress> {

    /// A row that is there is changed only if its sequence is the one that memory knew.
    private static final String UPSERT =
            """
            insert into device_progress as known
                (device_id, last_sequence, last_batch, generation_stated, export_stated,
                 import_stated, generation_closed, export_closed, import_closed)
            select device_id, last_sequence, last_batch, generation_stated::tstzmultirange,
                export_stated::tstzmultirange, import_stated::tstzmultirange,
                generation_closed::tstzmultirange, export_closed::tstzmultirange,
                import_closed::tstzmultirange
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                as new (device_id, last_sequence, last_batch, generation_stated, export_stated,
                    import_stated, generation_closed, export_closed, import_closed)
            on conflict (device_id) do update set
                last_sequence = excluded.last_sequence,
                last_batch = excluded.last_batch,
                generation_stated = excluded.generation_stated,
                export_stated = excluded.export_stated,
                import_stated = excluded.import_stated,
                generation_closed = excluded.generation_closed,
                export_closed = excluded.export_closed,
                import_closed = excluded.import_closed
            where known.last_sequence <= excluded.last_sequence
            """;

    @Override
    public String map() {
        return Meters.PROGRESS;
    }

    @Override
    public void write(Connection connection, List<Row<DeviceId, DeviceProgress>> changes)
            throws SQLException {
        var rows = changes.stream().map(Row::value).toList();
        var insert =
                Insert.into(connection, UPSERT)
                        .column("uuid", changes.stream().map(row -> row.key().value()).toList())
                        .column("bigint", rows.stream().map(DeviceProgress::lastSequence).toList())
                        .column(
                                "bytea",
                                rows.stream().map(row -> row.lastBatch().bytes()).toList());
        coverages(insert, rows, DeviceProgress::stated);
        coverages(insert, rows, DeviceProgress::closed);
        if (insert.execute() != changes.size()) {
            throw new RuleBroken("a device's progress in the table is ahead of memory");
        }
    }

    private static void coverages(
            Insert insert,
            List<DeviceProgress> rows,
            BiFunction<DeviceProgress, Channel, Coverage> coverage)
            throws SQLException {
        for (var channel : Channel.values()) {
            insert.column(
                    "text",
                    rows.stream().map(row -> coverage.apply(row, channel).toString()).toList());
        }
    }

    @Override
    public Map<DeviceId, DeviceProgress> load(JdbcClient jdbc) {
        var progress = new HashMap<DeviceId, DeviceProgress>();
        jdbc.sql("select * from device_progress")
                .query(row -> {
                    var device = new DeviceId(row.getObject("device_id", UUID.class));
                    progress.put(device, progress(row));
                });
        return progress;
    }

    /// Reads a row with all columns of `device_progress`.
    static DeviceProgress progress(ResultSet row) throws SQLException {
        return new DeviceProgress(
                row.getLong("last_sequence"),
                Sha256.ofDigest(row.getBytes("last_batch")),
                coverages(row, "stated"),
                coverages(row, "closed"));
    }

    private static Map<Channel, Coverage> coverages(ResultSet row, String kind)
            throws SQLException {
        var coverages = new EnumMap<Channel, Coverage>(Channel.class);
        for (var channel : Channel.values()) {
            var column = channel.name().toLowerCase(Locale.ROOT) + "_" + kind;
            var coverage = Coverage.parse(row.getString(column));
            if (!coverage.isEmpty()) {
                coverages.put(channel, coverage);
            }
        }
        return coverages;
    }
}
