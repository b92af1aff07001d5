package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.wattmark.metering.Finding;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import tools.jackson.databind.json.JsonMapper;

/// Batches that were taken in: a row for each, and for each of their intervals and findings.
final class BatchTable implements RowTable<BatchTable.Row> {

    private static final String INSERT_BATCHES =
            """
            insert into reading_batch
                (receipt, device_id, sequence, channel, first_start, last_end, hash, signed,
                 accepted, rejected, energy_wh)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_FINDINGS =
            """
            insert into finding
                (device_id, receipt, position, channel, rule, outcome, start_at, end_at, inputs,
                 threshold)
            select device_id, receipt, position, channel, rule, outcome, start_at, end_at,
                inputs::json, threshold
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as new (device_id, receipt, position, channel, rule, outcome, start_at, end_at,
                    inputs, threshold)
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    /// A batch and the place of its entry in the journal.
    record Row(BatchReceived received, long receipt) {}

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void write(Connection connection, List<Row> rows) throws SQLException {
        insertBatches(connection, rows);
        insertIntervals(connection, rows);
        insertFindings(connection, rows);
    }

    private static void insertBatches(Connection connection, List<Row> rows) throws SQLException {
        var received = rows.stream().map(Row::received).toList();
        var batches = received.stream().map(BatchReceived::batch).toList();
        var accepted = received.stream().map(BatchReceived::accepted).toList();
        var rejected = new ArrayList<Integer>();
        for (int i = 0; i < rows.size(); i++) {
            rejected.add(batches.get(i).readings().size() - accepted.get(i).size());
        }
        Insert.into(connection, INSERT_BATCHES)
                .column("bigint", rows.stream().map(Row::receipt).toList())
                .column("uuid", batches.stream().map(each -> each.device().value()).toList())
                .column("bigint", batches.stream().map(each -> each.sequence()).toList())
                .column("text", batches.stream().map(each -> each.channel().name()).toList())
                .column("timestamptz", batches.stream().map(BatchTable::firstStart).toList())
                .column("timestamptz", batches.stream().map(BatchTable::lastEnd).toList())
                .column("bytea", received.stream().map(each -> each.hash().bytes()).toList())
                .column("boolean", received.stream().map(e -> e.signature().isPresent()).toList())
                .column("integer", accepted.stream().map(List::size).toList())
                .column("integer", rejected)
                .column(
                        "bigint",
                        accepted.stream()
                                .map(each -> BatchReceived.energyOf(each).wattHours())
                                .toList())
                .execute();
    }

    static Timestamp firstStart(ReadingBatch batch) {
        return Timestamp.from(batch.readings().getFirst().interval().start());
    }

    static Timestamp lastEnd(ReadingBatch batch) {
        return Timestamp.from(batch.readings().getLast().interval().end());
    }

    private static void insertIntervals(Connection connection, List<Row> rows) throws SQLException {
        var intervals = new IntervalRows(connection);
        for (var row : rows) {
            var batch = row.received().batch();
            var late = new HashSet<>(row.received().late());
            for (var reading : row.received().accepted()) {
                intervals.add(
                        batch.device(),
                        batch.channel(),
                        reading,
                        late.contains(reading.interval()),
                        row.receipt());
            }
        }
        intervals.insertAll();
    }

    private static void insertFindings(Connection connection, List<Row> rows) throws SQLException {
        var found = new ArrayList<Found>();
        for (var row : rows) {
            var findings = row.received().findings();
            for (int position = 0; position < findings.size(); position++) {
                found.add(new Found(row, position, findings.get(position)));
            }
        }
        if (found.isEmpty()) {
            return;
        }
        var findings = found.stream().map(Found::finding).toList();
        Insert.into(connection, INSERT_FINDINGS)
                .column("uuid", found.stream().map(each -> each.batch().device().value()).toList())
                .column("bigint", found.stream().map(each -> each.row().receipt()).toList())
                .column("integer", found.stream().map(Found::position).toList())
                .column("text", found.stream().map(each -> each.batch().channel().name()).toList())
                .column("text", findings.stream().map(each -> each.rule().name()).toList())
                .column("text", findings.stream().map(each -> each.outcome().name()).toList())
                .column("timestamptz", findings.stream().map(BatchTable::start).toList())
                .column("timestamptz", findings.stream().map(BatchTable::end).toList())
                .column("text", findings.stream().map(BatchTable::json).toList())
                .column("text", findings.stream().map(Finding::threshold).toList())
                .execute();
    }

    private static Timestamp start(Finding finding) {
        return Timestamp.from(finding.interval().start());
    }

    private static Timestamp end(Finding finding) {
        return Timestamp.from(finding.interval().end());
    }

    private static String json(Finding finding) {
        return JSON.writeValueAsString(finding.inputs());
    }

    private record Found(Row row, int position, Finding finding) {

        ReadingBatch batch() {
            return row.received().batch();
        }
    }
}
