package org.wattmark.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Twice as much as the server can take, whether it answers or not: requests leave when they are
/// due. Afterwards each batch whose receipt was given has to be in the database.
final class Overload {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ApiClient owner;
    private final Fleet fleet;

    /// The last sequence of each device of which a receipt is held, and how many receipts are.
    private final ConcurrentHashMap<UUID, Long> receipts = new ConcurrentHashMap<>();

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong early = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();

    Overload(ApiClient owner, Fleet fleet) {
        this.owner = owner;
        this.fleet = fleet;
    }

    /// @param lost batches whose receipt was given and which are not in the database
    record Outcome(
            long offered, long taken, long turnedAway, long early, long unanswered, long lost) {

        String words() {
            return ("%,d batches offered; %,d acknowledged; %,d turned away with 503 or 429, to"
                            + " come again; %,d early, since the one before was turned away; %,d"
                            + " without an answer; **%,d of the acknowledged are missing** in the"
                            + " database.")
                    .formatted(offered, taken, turnedAway, early, unanswered, lost);
        }
    }

    /// @param perSecond batches that are due
    Outcome run(int each, double perSecond, int seconds, JdbcClient jdbc)
            throws IOException, InterruptedException {
        var prepared = new ArrayList<Fleet.Bulk>();
        int meters = fleet.meters().size();
        int first = 0;
        for (long due = 0; due < perSecond * seconds; due += each) {
            prepared.add(fleet.bulk(first, each, 1));
            first = (first + each) % meters;
        }
        var answers = new ArrayList<CompletableFuture<?>>();
        long start = System.nanoTime();
        for (int i = 0; i < prepared.size(); i++) {
            var bulk = prepared.get(i);
            long due = start + (long) (i * each * 1e9 / perSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            answers.add(
                    owner.postLater("/api/v1/reading-batches", bulk.body())
                            .orTimeout(90, TimeUnit.SECONDS)
                            .handle((answer, failure) -> {
                                if (failure == null) {
                                    hear(answer, bulk);
                                } else {
                                    unanswered.addAndGet(each);
                                }
                                return bulk;
                            }));
        }
        answers.forEach(CompletableFuture::join);
        return new Outcome(
                (long) prepared.size() * each,
                taken.get(),
                turnedAway.get(),
                early.get(),
                unanswered.get(),
                lost(jdbc));
    }

    private void hear(HttpResponse<byte[]> answer, Fleet.Bulk bulk) {
        if (answer.statusCode() == 503 || answer.statusCode() == 429) {
            turnedAway.addAndGet(bulk.batches().size());
            return;
        }
        var outcomes = JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
        for (var outcome : outcomes.get("outcomes")) {
            if (outcome.get("status").asString().equals("TAKEN")) {
                taken.incrementAndGet();
                receipts.merge(
                        UUID.fromString(outcome.get("device_id").asString()),
                        outcome.get("sequence").asLong(),
                        Math::max);
            } else {
                early.incrementAndGet();
            }
        }
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
