package org.wattmark.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Twice as much as the server can take, whether it has answered or not: requests are due by the
/// clock. A meter's batches go in their order, and what was turned away goes again, as meters do
/// it. Afterwards each batch whose receipt was given has to be in the database.
final class Overload {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration BEFORE_AGAIN = Duration.ofMillis(250);

    private final ApiClient owner;
    private final Fleet fleet;

    /// The last sequence of each device of which a receipt is held.
    private final ConcurrentHashMap<UUID, Long> receipts = new ConcurrentHashMap<>();

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong otherwise = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();

    Overload(ApiClient owner, Fleet fleet) {
        this.owner = owner;
        this.fleet = fleet;
    }

    /// @param turnedAway how often a batch was, with 503 or 429; it came again
    /// @param otherwise batches that were answered, and not taken
    /// @param drained how long after the last was due all were answered
    /// @param lost batches whose receipt was given and which are not in the database
    record Outcome(
            long offered,
            long taken,
            long turnedAway,
            long otherwise,
            long unanswered,
            Duration drained,
            long lost) {

        String words() {
            return ("%,d batches offered; %,d acknowledged, the last %.1f s after it was due;"
                            + " turned away with 503 or 429, to come again: %,d times; %,d answered"
                            + " otherwise; %,d without an answer; **%,d of the acknowledged are"
                            + " missing** in the database.")
                    .formatted(
                            offered,
                            taken,
                            drained.toMillis() / 1e3,
                            turnedAway,
                            otherwise,
                            unanswered,
                            lost);
        }
    }

    /// @param each batches of so many meters in one request
    /// @param perSecond batches that are due
    Outcome run(int each, double perSecond, int seconds, JdbcClient jdbc) {
        var prepared = new ArrayList<Fleet.Bulk>();
        int meters = fleet.meters().size();
        int first = 0;
        for (long due = 0; due < perSecond * seconds; due += each) {
            prepared.add(fleet.bulk(first, each, 1));
            first = (first + each) % meters;
        }
        // What waits for the answers of the same meters, by the first of them.
        var lines = new HashMap<Integer, CompletableFuture<Boolean>>();
        long start = System.nanoTime();
        for (int i = 0; i < prepared.size(); i++) {
            var bulk = prepared.get(i);
            long due = start + (long) (i * each * 1e9 / perSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            var before = lines.getOrDefault(bulk.first(), CompletableFuture.completedFuture(true));
            lines.put(
                    bulk.first(),
                    before.thenCompose(goesOn -> goesOn ? send(bulk) : stopped(each)));
        }
        long allDue = System.nanoTime();
        lines.values().forEach(CompletableFuture::join);
        var drained = Duration.ofNanos(System.nanoTime() - allDue);
        return new Outcome(
                (long) prepared.size() * each,
                taken.get(),
                turnedAway.get(),
                otherwise.get(),
                unanswered.get(),
                drained,
                lost(jdbc));
    }

    /// What comes after a batch without an answer does not leave.
    private CompletableFuture<Boolean> stopped(int batches) {
        unanswered.addAndGet(batches);
        return CompletableFuture.completedFuture(false);
    }

    /// @return whether the same meters' next batch may follow
    private CompletableFuture<Boolean> send(Fleet.Bulk bulk) {
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            answer = owner.postLater("/api/v1/reading-batches", bulk.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return answer.orTimeout(90, TimeUnit.SECONDS)
                .handle((heard, failure) -> Optional.ofNullable(failure == null ? heard : null))
                .thenCompose(heard ->
                        heard.map(it -> goOn(bulk, it))
                                .orElseGet(() -> stopped(bulk.batches().size())));
    }

    private CompletableFuture<Boolean> goOn(Fleet.Bulk bulk, HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 503 || answer.statusCode() == 429) {
            turnedAway.addAndGet(bulk.batches().size());
            return again(bulk);
        }
        return CompletableFuture.completedFuture(hear(answer));
    }

    private CompletableFuture<Boolean> again(Fleet.Bulk bulk) {
        var later =
                CompletableFuture.delayedExecutor(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> true, later).thenCompose(_ -> send(bulk));
    }

    private boolean hear(HttpResponse<byte[]> answer) {
        boolean all = true;
        var outcomes = JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
        for (var outcome : outcomes.get("outcomes")) {
            if (outcome.get("status").asString().equals("TAKEN")) {
                taken.incrementAndGet();
                receipts.merge(
                        UUID.fromString(outcome.get("device_id").asString()),
                        outcome.get("sequence").asLong(),
                        Math::max);
            } else {
                otherwise.incrementAndGet();
                all = false;
            }
        }
        return all;
    }

    /// A device's sequences have no gaps, so who has the last one and as many rows has all.
    private long lost(JdbcClient jdbc) {
        long lost = 0;
        for (var each : receipts.entrySet()) {
            long rows =
                    jdbc.sql(
                                    """
                                    select count(*) from reading_batch
                                    join interval on interval.receipt = reading_batch.receipt
                                        and interval.device_id = reading_batch.device_id
                                        and start_at = first_start
                                    where reading_batch.device_id = ? and sequence <= ?
                                        and rejected = 0 and accepted = 1
                                    """)
                            .param(each.getKey())
                            .param(each.getValue())
                            .query(Long.class)
                            .single();
            long several =
                    jdbc.sql(
                                    """
                                    select count(*) from reading_batch
                                    where device_id = ? and sequence <= ? and accepted > 1
                                    """)
                            .param(each.getKey())
                            .param(each.getValue())
                            .query(Long.class)
                            .single();
            lost += each.getValue() - rows - several;
        }
        return lost;
    }
}
