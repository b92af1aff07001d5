package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.wattmark.server.postgres.Migrations;
import org.wattmark.server.postgres.OpenDatabase;

/// Durable transfers a second: of what people build without us, of the sequencer, and of the whole
/// server under a client that sends in bulk; and what the transparency log takes. Then signed
/// readings on their way in, the look at a stored year, and who hears of them live. All on the same
/// PostgreSQL with `fsync` on, in one run, so that the ratios mean something.
public final class LedgerBenchmark {

    private static final int WARM_UP_SECONDS = 10;

    private static final String LEDGER = "ledger";
    private static final String INTAKE = "intake";
    private static final String YEAR = "year";
    private static final String LIVE = "live";

    private final Duration measured;
    private final long prefill;
    private final Duration load;
    private final Set<String> parts;
    private final Report report = new Report();

    private LedgerBenchmark(Duration measured, long prefill, Duration load, Set<String> parts) {
        this.measured = measured;
        this.prefill = prefill;
        this.load = load;
        this.parts = parts;
    }

    /// @param arguments how many seconds each short measurement takes, how many entries the ledger
    ///   has before the load over HTTP, how many seconds that load lasts, the page to write, and
    ///   which parts: `ledger,intake,year,live`
    public static void main(String[] arguments) throws Exception {
        var benchmark =
                new LedgerBenchmark(
                        Duration.ofSeconds(Long.parseLong(arguments[0])),
                        Long.parseLong(arguments[1]),
                        Duration.ofSeconds(Long.parseLong(arguments[2])),
                        arguments.length > 4
                                ? Set.of(arguments[4].split(","))
                                : Set.of(LEDGER, INTAKE, YEAR, LIVE));
        var data = Files.createTempDirectory("wattmark-benchmark");
        try {
            benchmark.run(data);
        } finally {
            delete(data);
        }
        if (arguments.length > 3 && !arguments[3].isBlank()) {
            benchmark.report.writeTo(Path.of(arguments[3]));
        }
    }

    private void run(Path data) throws Exception {
        report.note("# Performance");
        report.note(
                "Made by `./wattmark benchmark` on %s: %d cores, %s, Java %s."
                        .formatted(
                                LocalDate.now(java.time.ZoneOffset.UTC),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                                Runtime.version()));
        if (parts.contains(LEDGER)) {
            ledger(data);
        }
        if (parts.contains(INTAKE)) {
            new IngestMeasurements(report, measured).run(data.resolve(INTAKE));
        }
        if (parts.contains(YEAR)) {
            try (var server = OwnersServer.in(data.resolve(YEAR))) {
                new StoredYear(report, server).run();
            }
        }
        if (parts.contains(LIVE)) {
            try (var server = OwnersServer.in(data.resolve(LIVE))) {
                new LiveLatency(report, server.owner(), measured).run();
            }
        }
    }

    private void ledger(Path data) throws Exception {
        new LogMeasurements(report, measured).run(data.resolve("tlog"));
        new MemoryMeasurements(report).run();
        var served = Files.createDirectories(data.resolve("served"));
        try (var open = OpenDatabase.embeddedIn(served)) {
            Migrations.apply(open.database());
            report.note("PostgreSQL: " + settings(open.database().dataSource()));
            var rival = rivals(open.database().dataSource());
            try (var books = new SequencedBooks(open.database().dataSource())) {
                sequencer(books, rival);
                fill(books);
            }
            report.note(
                    String.format(
                            Locale.ROOT,
                            "Restart on all of it: the first decision after %.2f s.",
                            SequencedBooks.restart(open.database().dataSource()).toMillis() / 1e3));
        }
        new ServerMeasurements(report, load).run(served, prefill);
    }

    private Measurement rivals(DataSource database) throws Exception {
        report.section(
                "Rivals",
                "What PostgreSQL takes without Wattmark: 1,000 accounts, unique transfer ids, "
                        + measured.toSeconds()
                        + " s each. The first is the rival of all ratios below.");
        RivalTables.make(database);
        var one = new TransactionEach(database).run(measured, 1);
        report.add(Row.of(one, "transfers", one));
        report.add(Row.of(new TransactionEach(database).run(measured, 8), "transfers", one));
        for (var how : BatchedRival.How.values()) {
            for (int size : new int[] {1_000, 8_000}) {
                RivalTables.make(database);
                var rival = new BatchedRival(database, how, size).run(measured);
                report.add(Row.of(rival, "transfers", one));
            }
        }
        return one;
    }

    private void sequencer(SequencedBooks books, Measurement rival) throws Exception {
        report.section(
                "At the sequencer, empty ledger",
                "Commands in the server's own process, each decided in memory, journalled, hashed"
                        + " into a leaf and answered when durable.");
        books.run(Duration.ofSeconds(WARM_UP_SECONDS), SequencedBooks.FULL);
        for (int underWay : new int[] {1, 250, 1_000, 2_000, SequencedBooks.FULL, 24_000}) {
            report.add(Row.of(books.run(measured, underWay), "transfers", rival));
        }
    }

    private void fill(SequencedBooks books) throws Exception {
        if (books.posted() >= prefill) {
            return;
        }
        long before = books.posted();
        long start = System.nanoTime();
        while (books.posted() < prefill) {
            books.run(Duration.ofSeconds(10), SequencedBooks.FULL);
        }
        report.note(
                String.format(
                        Locale.ROOT,
                        "Filled to %,d transfers at %,.0f a second; conserved: %s.",
                        books.posted(),
                        (books.posted() - before) * 1e9 / (System.nanoTime() - start),
                        books.isConserved()));
    }

    private static String settings(DataSource database) throws Exception {
        var text = new StringBuilder();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (var name :
                    List.of(
                            "server_version",
                            "fsync",
                            "synchronous_commit",
                            "full_page_writes",
                            "shared_buffers",
                            "max_wal_size",
                            "checkpoint_timeout",
                            "wal_compression")) {
                try (var row = statement.executeQuery("show " + name)) {
                    row.next();
                    text.append('`')
                            .append(name)
                            .append(" = ")
                            .append(row.getString(1))
                            .append("` ");
                }
            }
        }
        return text.toString().strip();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
