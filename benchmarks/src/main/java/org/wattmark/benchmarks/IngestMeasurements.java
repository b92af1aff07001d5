package org.wattmark.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.metering.FastEd25519;
import org.wattmark.server.postgres.Database;

/// Signed readings on their way into the database, by HTTP and by MQTT, beside the two limits that
/// no intake can pass: checking the same signatures, and copying the same rows.
final class IngestMeasurements {

    private static final int METERS = 1_000;
    private static final int MQTT_METERS = 64;
    private static final int LINES = 4;
    private static final int COPY_ROWS = 10_000;

    /// Readings a signature, and how many batches a request has.
    private enum Size {
        ONE(1, 250),
        SIXTEEN(16, 250),
        DAY(96, 64),
        MONTH(2_880, 8);

        private final int readings;
        private final int batches;

        Size(int readings, int batches) {
            this.readings = readings;
            this.batches = batches;
        }

        /// About as many as a core takes in ten seconds.
        int inTenSeconds() {
            return switch (this) {
                case ONE -> 80_000;
                case SIXTEEN -> 24_000;
                case DAY -> 9_600;
                case MONTH -> 320;
            };
        }
    }

    private final Report report;
    private final Duration length;
    private final Map<Size, Double> limits = new EnumMap<>(Size.class);

    IngestMeasurements(Report report, Duration length) {
        this.report = report;
        this.length = length;
    }

    void run(Path data) throws Exception {
        FastEd25519.install();
        try (var server = OwnersServer.in(data)) {
            ingest(server.owner(), server.processId(), server.database(), server.mqttPort());
        }
    }

    private void ingest(ApiClient owner, long server, Database database, int mqttPort)
            throws Exception {
        report.section(
                "Signed readings taken in",
                "Batches of quarter hours that each device signed, durable before they are"
                        + " answered, each with a receipt in the journal. Client, server and"
                        + " PostgreSQL share this machine, with whatever else runs on it: the"
                        + " processor time that an interval costs is what to compare. The ratio is"
                        + " to the lower of the two limits in the same lines.");
        var jdbc = JdbcClient.create(database.dataSource());
        var fleet = Fleet.bonded(METERS, owner);
        var http = new HttpIngest(owner);
        for (var size : Size.values()) { // so that the JIT has seen all of it
            http.send(prepared(fleet, size, 0.25));
        }
        double sustained = 0;
        for (var size : Size.values()) {
            double limit = limits(fleet, size, database, server);
            double scale = length.toSeconds() / 10.0;
            var lines = prepared(fleet, size, scale);
            var before = CpuTime.of(server);
            var sent = http.send(lines);
            var spent = CpuTime.of(server).since(before);
            double rate = sent.intervals() / sent.seconds();
            sustained = size == Size.ONE ? rate : sustained;
            report.add(row("HTTP, " + words(size), rate, sent.intervals(), spent, limit));
            requireStored(jdbc, fleet);
        }
        try (var mqtt = MqttIngest.of(fleet, MQTT_METERS, owner, mqttPort)) {
            for (var size : Size.values()) {
                int each = Math.max(1, size.inTenSeconds() / 4 / MQTT_METERS);
                mqtt.publish(Math.max(1, each / 4), size.readings, true);
                var before = CpuTime.of(server);
                var sent = mqtt.publish(each, size.readings, true);
                var spent = CpuTime.of(server).since(before);
                long intervals = sent.taken() * size.readings;
                report.add(
                        row(
                                "MQTT, %d meters, %s".formatted(MQTT_METERS, words(size)),
                                intervals / sent.seconds(),
                                intervals,
                                spent,
                                Objects.requireNonNull(limits.get(size))));
            }
            requireStored(jdbc, fleet);
            overload(owner, fleet, mqtt, sustained, jdbc);
        }
    }

    private static String words(Size size) {
        return size.readings == 1 ? "1 reading a signature" : size.readings + " a signature";
    }

    private double limits(Fleet fleet, Size size, Database database, long server) throws Exception {
        var meter = fleet.meters().getFirst();
        var batches = new ArrayList<SignedBatch>();
        for (int i = 0; i < 4; i++) {
            batches.add(fleet.next(0, size.readings));
        }
        BareLimits.signatures(meter.key(), batches, length.dividedBy(4)); // warm
        double signatures =
                BareLimits.signatures(meter.key(), batches, length.dividedBy(4)) * size.readings;
        var before = CpuTime.of(server);
        long start = System.nanoTime();
        double copied =
                BareLimits.copied(
                        database.dataSource(), fleet.day(), COPY_ROWS, length.dividedBy(4));
        double rows = copied * (System.nanoTime() - start) / 1e9;
        double spent = CpuTime.of(server).since(before).database() * 1e6 / rows;
        for (var each : batches.reversed()) {
            fleet.takeBack(0, each);
        }
        report.add(
                Row.rate(
                        "limit: Ed25519 checks alone on all cores, " + words(size),
                        signatures,
                        "intervals"));
        report.add(
                new Row(
                        "limit: `COPY` of the intervals' rows alone",
                        copied,
                        "intervals",
                        String.format(
                                Locale.ROOT, "PostgreSQL %.1f µs of processor an interval", spent),
                        ""));
        double lower = Math.min(signatures, copied);
        limits.put(size, lower);
        return lower;
    }

    private static Row row(String name, double rate, long intervals, CpuTime spent, double limit) {
        return new Row(
                name,
                rate,
                "intervals",
                String.format(
                        Locale.ROOT,
                        "server %.1f + PostgreSQL %.1f µs of processor an interval",
                        spent.server() * 1e6 / intervals,
                        spent.database() * 1e6 / intervals),
                String.format(Locale.ROOT, "%.2f×", rate / limit));
    }

    /// Lines of requests, each of some meters of its own.
    private static List<List<Fleet.Bulk>> prepared(Fleet fleet, Size size, double scale) {
        int lines = Math.min(LINES, METERS / size.batches);
        int metersOfLine = METERS / lines;
        int requests = Math.max(1, (int) (size.inTenSeconds() * scale / lines / size.batches));
        var all = new ArrayList<List<Fleet.Bulk>>();
        for (int line = 0; line < lines; line++) {
            var own = new ArrayList<Fleet.Bulk>();
            int first = 0;
            for (int i = 0; i < requests; i++) {
                own.add(fleet.bulk(line * metersOfLine + first, size.batches, size.readings));
                first = first + 2 * size.batches <= metersOfLine ? first + size.batches : 0;
            }
            all.add(own);
        }
        return all;
    }

    /// Every batch that a meter has a receipt for is there, and all of its intervals.
    private static void requireStored(JdbcClient jdbc, Fleet fleet) {
        long sent = fleet.meters().stream().mapToLong(Meter::sequence).sum();
        long stored = jdbc.sql("select count(*) from reading_batch").query(Long.class).single();
        long apart =
                jdbc.sql(
                                """
                                select (select sum(accepted) from reading_batch)
                                    - (select count(*) from interval)
                                """)
                        .query(Long.class)
                        .single();
        if (sent != stored || apart != 0) {
            throw new IllegalStateException(
                    "%d batches sent, %d stored, %d intervals apart"
                            .formatted(sent, stored, apart));
        }
    }

    private void overload(
            ApiClient owner, Fleet fleet, MqttIngest mqtt, double sustained, JdbcClient jdbc)
            throws Exception {
        var overload = new Overload(owner, fleet);
        var outcome = overload.run(25, 2 * sustained, (int) length.toSeconds(), jdbc);
        report.note(
                String.format(
                                Locale.ROOT,
                                "Twice the sustained load over HTTP (%,.0f single readings a second"
                                        + " for %d s): ",
                                2 * sustained,
                                length.toSeconds())
                        + outcome.words());
        // Meters whose batches were turned away go on where the server is: nothing was lost there.
        fleet.resume(jdbc);
        new HttpIngest(owner).send(prepared(fleet, Size.ONE, 0.1));
        requireStored(jdbc, fleet);
        report.note(flood(mqtt, jdbc));
    }

    /// All meters publish all they have at once; the broker keeps what the server has not taken.
    private static String flood(MqttIngest mqtt, JdbcClient jdbc) throws InterruptedException {
        long before = jdbc.sql("select count(*) from reading_batch").query(Long.class).single();
        var sent = mqtt.publish(400, 1, false);
        long stored =
                jdbc.sql("select count(*) from reading_batch").query(Long.class).single() - before;
        return String.format(
                Locale.ROOT,
                "A flood over MQTT: %,d batches published at once, %,d acknowledged by the broker,"
                        + " %,d receipts, %,d refused, %,d in the database; **%,d are missing**."
                        + " The broker kept what waited; nobody was turned away.",
                (long) mqtt.meters() * 400,
                sent.published(),
                sent.taken(),
                sent.refused(),
                stored,
                Math.max(0, sent.taken() - stored));
    }
}
