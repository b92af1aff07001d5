package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.wattmark.server.postgres.Migrations;
import org.wattmark.server.postgres.OpenDatabase;

/// Durable transfers a second: through the sequencer, and beside it one transaction for each
/// transfer, on the same PostgreSQL with `fsync` on.
public final class TransferBenchmark {

    private static final int WARM_UP_SECONDS = 5;

    private TransferBenchmark() {}

    /// @param arguments how many seconds each side is measured
    public static void main(String[] arguments) throws Exception {
        var measured = Duration.ofSeconds(Long.parseLong(arguments[0]));
        var data = Files.createTempDirectory("wattmark-benchmark");
        try (var open = OpenDatabase.embeddedIn(data)) {
            Migrations.apply(open.database());
            System.out.println("PostgreSQL with " + settings(open));
            var rival = new TransactionEach(open.database().dataSource()).run(measured);
            try (var books = new SequencedBooks(open.database().dataSource())) {
                books.run(Duration.ofSeconds(WARM_UP_SECONDS), SequencedBooks.FULL);
                var lonely = books.run(measured, 1);
                var half = books.run(measured, SequencedBooks.FULL / 8);
                var full = books.run(measured, SequencedBooks.FULL);
                print(rival, List.of(lonely, half, full));
                System.out.println("conserved: " + books.isConserved());
            }
        } finally {
            delete(data);
        }
    }

    private static String settings(OpenDatabase open) throws Exception {
        var text = new StringBuilder();
        try (var connection = open.database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (var name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (var row = statement.executeQuery("show " + name)) {
                    row.next();
                    text.append(name).append(" = ").append(row.getString(1)).append("  ");
                }
            }
        }
        return text.toString();
    }

    private static void print(Measurement rival, List<Measurement> ours) {
        System.out.printf(
                "%-52s %12s %9s %9s %7s%n", "", "transfers/s", "p50 ms", "p99 ms", "ratio");
        print(rival, rival);
        ours.forEach(each -> print(each, rival));
    }

    private static void print(Measurement each, Measurement rival) {
        System.out.printf(
                "%-52s %12.0f %9.2f %9.2f %6.1fx%n",
                each.name(),
                each.perSecond(),
                each.percentileMillis(0.50),
                each.percentileMillis(0.99),
                each.perSecond() / rival.perSecond());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
