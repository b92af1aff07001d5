package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.server.ledger.BinaryCopy;
import org.wattmark.server.ledger.RowTable;

/// Batches that were taken in: a row for each, and for each of their intervals and findings.
final class BatchTable implements RowTable<BatchTable.Row> {

    private static final String BATCHES =
            "reading_batch (receipt, device_id, sequence, channel, first_start, last_end, hash,"
                    + " signed, accepted, rejected, energy_wh)";

    private static final int BATCH_WIDTH = 11;

    /// What a row takes, about.
    private static final int BATCH_BYTES = 200;

    private final IntervalMonths months = new IntervalMonths();

    /// A batch and the place of its entry in the journal.
    record Row(BatchReceived received, long receipt) {

        ReadingBatch batch() {
            return received.batch();
        }
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void write(Connection connection, List<Row> rows) throws SQLException {
        var batches = new BinaryCopy(BATCH_BYTES * rows.size());
        int readings = rows.stream().mapToInt(row -> row.batch().readings().size()).sum();
        var intervals = new IntervalRows(months, readings);
        var found = new ArrayList<FindingRows.Found>();
        for (var row : rows) {
            var accepted = row.received().accepted();
            add(batches, row, accepted);
            addIntervals(intervals, row, accepted);
            found.addAll(
                    FindingRows.of(
                            row.batch().device(),
                            row.batch().channel(),
                            row.receipt(),
                            row.received().findings()));
        }
        batches.into(connection, BATCHES);
        intervals.writeTo(connection);
        FindingRows.insert(connection, found);
    }

    private static void add(BinaryCopy batches, Row row, List<IntervalReading> accepted) {
        var received = row.received();
        var batch = row.batch();
        batches.row(BATCH_WIDTH)
                .bigint(row.receipt())
                .uuid(batch.device().value())
                .bigint(batch.sequence())
                .text(batch.channel().name())
                .timestamptz(batch.readings().getFirst().interval().start())
                .timestamptz(batch.readings().getLast().interval().end())
                .bytea(received.hash().bytes())
                .bool(received.signature().isPresent())
                .integer(accepted.size())
                .integer(batch.readings().size() - accepted.size())
                .bigint(BatchReceived.energyOf(accepted).wattHours());
    }

    private static void addIntervals(
            IntervalRows intervals, Row row, List<IntervalReading> accepted) {
        var batch = row.batch();
        var late = new HashSet<>(row.received().late());
        for (var reading : accepted) {
            intervals.add(
                    batch.device(),
                    batch.channel(),
                    reading,
                    !late.isEmpty() && late.contains(reading.interval()),
                    row.receipt());
        }
    }

    static Timestamp firstStart(ReadingBatch batch) {
        return Timestamp.from(batch.readings().getFirst().interval().start());
    }

    static Timestamp lastEnd(ReadingBatch batch) {
        return Timestamp.from(batch.readings().getLast().interval().end());
    }
}
