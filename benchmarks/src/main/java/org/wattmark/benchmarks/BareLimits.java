package org.wattmark.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.ledger.BinaryCopy;

/// What no intake can pass: to check signatures and do nothing else, on all cores; to `COPY` rows
/// and do nothing else.
final class BareLimits {

    private static final String TABLE =
            """
            drop table if exists bare_interval;
            create table bare_interval (like interval including all);
            """;

    private static final String COLUMNS =
            "(device_id, channel, start_at, seconds, raw_wh, energy_wh, metered_wh, late, receipt)";

    private BareLimits() {}

    /// Batches that a device signed, again and again.
    ///
    /// @return signatures a second, with a thread for each core
    static double signatures(DeviceKey key, List<SignedBatch> batches, Duration length)
            throws InterruptedException {
        var bytes = batches.stream().map(each -> each.batch().canonicalBytes()).toList();
        var checked = new LongAdder();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        var threads = new ArrayList<Thread>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; System.nanoTime() < end; i++) {
                                    int which = i % batches.size();
                                    var by = batches.get(which).signature();
                                    if (!key.verifies(bytes.get(which), by)) {
                                        throw new IllegalStateException("a bad signature");
                                    }
                                    checked.increment();
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        return checked.sum() * 1e9 / (System.nanoTime() - start);
    }

    /// Rows of intervals by binary `COPY` into a table as theirs is, its key and checks included, a
    /// commit for each so many.
    ///
    /// @return rows a second, by one connection
    static double copied(
            DataSource database, List<IntervalReading> readings, int commit, Duration length)
            throws SQLException {
        try (var connection = database.getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
            connection.setAutoCommit(false);
            long rows = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < length.toNanos()) {
                var copy = new BinaryCopy(128 * commit);
                for (int row = 0; row < commit; ) {
                    var device = UUID.randomUUID();
                    int last = Math.min(commit, row + 96);
                    for (int i = 0; row < last; row++, i++) {
                        add(copy, device, readings.get(i));
                    }
                }
                copy.into(connection, "bare_interval " + COLUMNS);
                connection.commit();
                rows += commit;
            }
            double rate = rows * 1e9 / (System.nanoTime() - start);
            try (var statement = connection.createStatement()) {
                statement.execute("drop table bare_interval");
            }
            connection.commit();
            return rate;
        }
    }

    private static void add(BinaryCopy copy, UUID device, IntervalReading reading) {
        long energy = reading.energy().wattHours();
        copy.row(9)
                .uuid(device)
                .text("GENERATION")
                .timestamptz(reading.interval().start())
                .integer((int) reading.interval().length().toSeconds())
                .bigint(reading.rawWattHours())
                .bigint(energy)
                .bigint(energy)
                .bool(false)
                .bigint(1);
    }
}
