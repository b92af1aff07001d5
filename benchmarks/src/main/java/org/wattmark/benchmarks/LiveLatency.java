package org.wattmark.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// From the moment at which a meter sends a reading until who listens to the owner's stream hears
/// of it: 1,000 devices, each reporting every ten seconds.
final class LiveLatency {

    private static final int DEVICES = 1_000;
    private static final int SECONDS_APART = 10;
    private static final int SENDERS = 64;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Report report;
    private final ApiClient owner;
    private final Duration length;

    /// When a device's reading was sent, by the device and the interval's start.
    private final Map<String, Long> sent = new ConcurrentHashMap<>();

    private final Latencies latencies = new Latencies();

    LiveLatency(Report report, ApiClient owner, Duration length) {
        this.report = report;
        this.owner = owner;
        this.length = length.multipliedBy(3);
    }

    void run() throws Exception {
        var fleet = Fleet.bonded(DEVICES, owner);
        var listening = new CountDownLatch(1);
        var lines = owner.events("/api/v1/live");
        var listener =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            listening.countDown();
                            lines.forEach(this::hear);
                        });
        listening.await();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)); // the first look
        var prepared = prepare(fleet);
        long start = System.nanoTime();
        try (var senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int i = 0; i < prepared.size(); i++) {
                long due = start + i * TimeUnit.SECONDS.toNanos(SECONDS_APART) / DEVICES;
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                var each = prepared.get(i);
                var _ = senders.submit(() -> send(each));
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (latencies.count() < prepared.size() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        endOf(lines, listener);
        report.section(
                "Live",
                "%,d devices report every %d s, one reading a request; one client hears of all"
                                .formatted(DEVICES, SECONDS_APART)
                        + " of them. From sending a reading to hearing of it.");
        var measured =
                new Measurement(
                        "readings heard of, %,d of %,d"
                                .formatted(latencies.count(), prepared.size()),
                        latencies.count(),
                        Duration.ofNanos((long) (seconds * 1e9)),
                        latencies.all());
        report.add(Row.of(measured, "readings", measured));
    }

    /// A stream that never ends is cut, and says so.
    private static void endOf(Stream<String> lines, Thread listener) {
        listener.interrupt();
        try {
            lines.close();
        } catch (UncheckedIOException e) {
            System.err.println("the stream is cut: " + e.getMessage());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // filled once and never compared
    private record Due(String key, String path, byte[] body) {}

    private List<Due> prepare(Fleet fleet) {
        var prepared = new ArrayList<Due>();
        long rounds = length.toSeconds() / SECONDS_APART;
        for (long round = 0; round < rounds; round++) {
            for (int meter = 0; meter < DEVICES; meter++) {
                var batch = fleet.next(meter, 1);
                var id = fleet.meters().get(meter).id();
                var at = batch.batch().readings().getFirst().interval().start();
                prepared.add(
                        new Due(
                                id + " " + at,
                                "/api/v1/devices/" + id + "/reading-batches",
                                Meter.json(batch)));
            }
        }
        return prepared;
    }

    /// @return the status that it was answered
    private int send(Due due) throws IOException, InterruptedException {
        sent.put(due.key(), System.nanoTime());
        var answer = owner.post(due.path(), due.body());
        if (answer.statusCode() != 201) {
            throw new IOException("not taken: " + answer.statusCode());
        }
        return answer.statusCode();
    }

    private void hear(String line) {
        if (line.startsWith("data:")) {
            var event = JSON.readTree(line.substring(5));
            var key =
                    event.get("device_id").asString()
                            + " "
                            + event.get("interval_start").asString();
            var began = sent.remove(key);
            if (began != null) {
                latencies.add(System.nanoTime() - began);
            }
        }
    }
}
