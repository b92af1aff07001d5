package org.wattmark.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;

/// The whole server under load: a client in this process, the server in one of its own, PostgreSQL
/// in its own. Afterwards an audit of all of it.
final class ServerMeasurements {

    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private final Report report;
    private final Duration length;

    ServerMeasurements(Report report, Duration length) {
        this.report = report;
        this.length = length;
    }

    void run(Path data, long prefilled) throws Exception {
        Members.Credentials machine;
        try (var open = OpenDatabase.embeddedIn(data)) {
            var members = Members.in(open.database().dataSource());
            var operator = members.organisation("Benchmark operator", "GB", Role.OPERATOR);
            machine = members.addMachine(operator, "benchmark", java.util.Set.of(Role.OPERATOR));
        }
        var log = data.resolve("server.log");
        double empty = startOfAnEmptyOne(data.resolveSibling("empty"));
        long starting = System.nanoTime();
        try (var server = ServerProcess.on(data, log)) {
            report.section(
                    "The server over HTTP",
                    String.format(
                            Locale.ROOT,
                            "A ledger of %,d transfers was serving %.1f s after its start, an empty"
                                    + " one %.1f s after its second start. Client, server and"
                                    + " PostgreSQL share this machine.",
                            prefilled,
                            (System.nanoTime() - starting) / 1e9,
                            empty));
            awaitLog(server.url(), prefilled);
            var load =
                    new HttpLoad(
                            server.url(),
                            machine.clientId(),
                            machine.secret(),
                            SequencedBooks.accounts(),
                            SequencedBooks.asset());
            load.run("warm-up", WARM_UP, 4, 500, 0);
            long first = logSize(server.url());
            long began = System.nanoTime();
            var full = load.run("bulk of 500, 4 clients", length, 4, 500, 0);
            report.add(Row.of(full, "transfers", full));
            double logged = (logSize(server.url()) - first) * 1e9 / (System.nanoTime() - began);
            report.add(
                    Row.rate("log entries under signed checkpoints meanwhile", logged, "entries"));
            var larger = load.run("bulk of 8,000, 4 clients", length.dividedBy(5), 4, 8_000, 0);
            report.add(Row.of(larger, "transfers", larger));
            for (double rate : new double[] {0.5, 0.25}) {
                double due = full.perSecond() * rate;
                var open =
                        load.run(
                                String.format(Locale.ROOT, "bulk of 250, due %,.0f a second", due),
                                length.dividedBy(5),
                                32,
                                250,
                                due);
                report.add(Row.of(open, "transfers", open));
            }
            report.note(memory(server.processId()));
        }
        audit(data, log);
    }

    /// What a start takes that has nothing to load: the JVM, PostgreSQL and the wiring. The first
    /// one makes the database, so it is the second that counts.
    private static double startOfAnEmptyOne(Path data) throws Exception {
        Files.createDirectories(data);
        var log = data.resolve("server.log");
        ServerProcess.on(data, log).close();
        long starting = System.nanoTime();
        try (var _ = ServerProcess.on(data, log)) {
            return (System.nanoTime() - starting) / 1e9;
        }
    }

    private void awaitLog(URI url, long size) throws Exception {
        long first = logSize(url);
        long start = System.nanoTime();
        while (logSize(url) < size) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        if (first < size) {
            report.add(
                    Row.rate(
                            "the log catches up with the journal at the start",
                            (logSize(url) - first) * 1e9 / (System.nanoTime() - start),
                            "entries"));
        }
    }

    /// The second line of a checkpoint.
    private static long logSize(URI url) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(url.resolve("/log/checkpoint")).build(),
                            BodyHandlers.ofString());
            var lines = answer.body().lines().toList();
            return answer.statusCode() == 200 && lines.size() > 1
                    ? Long.parseLong(lines.get(1))
                    : 0;
        }
    }

    private static String memory(long processId) throws Exception {
        for (var line : Files.readAllLines(Path.of("/proc/" + processId + "/status"))) {
            if (line.startsWith("VmHWM")) {
                return "Most memory that the server had: " + line.substring(6).strip() + ".";
            }
        }
        return "";
    }

    private void audit(Path data, Path log) throws Exception {
        long entries;
        try (var open = OpenDatabase.embeddedIn(data)) {
            entries =
                    JdbcClient.create(open.database().dataSource())
                            .sql("select next_sequence from leader")
                            .query(Long.class)
                            .single();
        }
        long start = System.nanoTime();
        var arguments = new ArrayList<>(List.of("audit", "--data", data.toString()));
        int exit = ServerProcess.run(data, log, arguments).waitFor();
        report.section("Audit", "Of all that this run wrote, afterwards.");
        report.add(
                Row.rate(
                        exit == 0 ? "`wattmark audit`, clean" : "`wattmark audit` FAILED: " + exit,
                        entries * 1e9 / (System.nanoTime() - start),
                        "entries"));
        if (exit != 0) {
            report.note("See " + log);
            throw new IllegalStateException("the audit failed with exit code " + exit);
        }
    }
}
