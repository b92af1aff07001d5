package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Sends prepared requests of many batches each, and counts the batches that are told to be taken.
final class HttpIngest {

    private static final String PATH = "/api/v1/reading-batches";
    private static final byte[] TAKEN = "\"TAKEN\"".getBytes(StandardCharsets.UTF_8);
    private static final long PAUSE_NANOS = 200_000_000;

    private final ApiClient owner;

    HttpIngest(ApiClient owner) {
        this.owner = owner;
    }

    /// @param seconds from the first request to the last answer
    record Sent(long batches, long intervals, double seconds, Latencies latencies) {}

    /// Each line of requests is sent one after the other, the lines side by side. What the server
    /// has no room for is sent again until it is taken.
    Sent send(List<List<Fleet.Bulk>> lines) throws InterruptedException, ExecutionException {
        var latencies = new Latencies();
        var tasks = new ArrayList<Callable<Long>>();
        for (var line : lines) {
            tasks.add(() -> {
                for (var bulk : line) {
                    long began = System.nanoTime();
                    send(bulk);
                    latencies.add(System.nanoTime() - began);
                }
                return line.stream().mapToLong(each -> each.batches().size()).sum();
            });
        }
        long batches = 0;
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(lines.size())) {
            for (var each : threads.invokeAll(tasks)) {
                batches += each.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long intervals =
                lines.stream().flatMap(List::stream).mapToLong(Fleet.Bulk::intervals).sum();
        return new Sent(batches, intervals, seconds, latencies);
    }

    private void send(Fleet.Bulk bulk) throws IOException, InterruptedException {
        while (true) {
            var answer = owner.post(PATH, bulk.body());
            if (answer.statusCode() == 503 || answer.statusCode() == 429) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            int taken = taken(answer.body());
            if (answer.statusCode() != 207 || taken != bulk.batches().size()) {
                var words = new String(answer.body(), StandardCharsets.UTF_8);
                int at = Math.max(0, words.indexOf("REFUSED") - 200);
                throw new IOException(
                        "%d, %d of %d taken: %s"
                                .formatted(
                                        answer.statusCode(),
                                        taken,
                                        bulk.batches().size(),
                                        words.substring(at, Math.min(at + 700, words.length()))));
            }
            return;
        }
    }

    /// How many batches an answer says are taken.
    static int taken(byte[] body) {
        int count = 0;
        for (int i = 0; i <= body.length - TAKEN.length; i++) {
            int k = 0;
            while (k < TAKEN.length && body[i + k] == TAKEN[k]) {
                k++;
            }
            count += k == TAKEN.length ? 1 : 0;
        }
        return count;
    }
}
