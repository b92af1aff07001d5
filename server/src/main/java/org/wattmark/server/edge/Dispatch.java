package org.wattmark.server.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.edge.ServerConnection.Answer;
import org.wattmark.server.metering.BatchJson;

/// Sends what waits in the outbox, and waits itself where the server or the network asks for it.
/// What the server has not taken stays, except for an interval that it has had before.
final class Dispatch {

    /// After the first failure; each further one doubles it.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final ServerConnection server;
    private final Bond bond;
    private final UUID device;
    private final Outbox outbox;
    private final Runnable keep;
    private final Consumer<String> say;
    private final RandomGenerator random;
    private Duration pause = FIRST_PAUSE;
    private Instant notBefore = Instant.EPOCH;

    /// @param keep writes the state to disk
    Dispatch(
            ServerConnection server,
            Bond bond,
            UUID device,
            Outbox outbox,
            Runnable keep,
            Consumer<String> say,
            RandomGenerator random) {
        this.server = server;
        this.bond = bond;
        this.device = device;
        this.outbox = outbox;
        this.keep = keep;
        this.say = say;
        this.random = random;
    }

    /// Sends until nothing waits, or until it has to wait.
    void send(Instant now) {
        if (waits(now)) {
            return;
        }
        while (outbox.size() > 0) {
            var first = outbox.first().orElseThrow();
            keep.run(); // what was signed may arrive, so it must not become something else
            switch (server.post(
                    "/api/v1/devices/" + device + "/reading-batches", BatchJson.of(first))) {
                case Answer.Done(var receipt) -> {
                    taken(
                            first,
                            receipt.path("receipt").path("sequence").asLong(),
                            receipt.path("rejected").asLong());
                }
                case Answer.Refused refused -> {
                    if (!goesOn(refused, first, now)) {
                        return;
                    }
                }
                case Answer.Unreachable(var why) -> {
                    pause(now, why, FIRST_PAUSE, false);
                    return;
                }
            }
        }
    }

    /// No wait is longer than twice the longest pause, unless the clock was set back meanwhile.
    private boolean waits(Instant now) {
        return now.isBefore(notBefore)
                && now.plus(LONGEST_PAUSE.multipliedBy(2)).isAfter(notBefore);
    }

    private void taken(SignedBatch batch, long receipt, long rejected) {
        outbox.firstWasTaken();
        keep.run();
        pause = FIRST_PAUSE;
        var readings = batch.batch().readings();
        say.accept(
                "batch %d of %s: %d intervals to %s, %,d Wh; receipt %d%s"
                        .formatted(
                                batch.batch().sequence(),
                                batch.batch().channel(),
                                readings.size(),
                                readings.getLast().interval().end(),
                                readings.stream().mapToLong(each -> each.rawWattHours()).sum(),
                                receipt,
                                rejected == 0 ? "" : "; " + rejected + " found implausible"));
    }

    /// Whether the next batch may be sent at once.
    private boolean goesOn(Answer.Refused refused, SignedBatch first, Instant now) {
        var why = refused.status() + " " + refused.code() + ": " + refused.detail();
        return switch (refused.code()) {
            case "sequence_gap", "sequence_used", "previous_hash_differs", "replayed" ->
                    resumes(first, why, now);
            case "overlaps_stored" -> {
                giveUp(why);
                yield true;
            }
            case "in_the_future" -> {
                var ahead = server.ahead();
                if (ahead.isPresent() && Agent.isRight(ahead.get())) {
                    giveUp(why); // our clock is right now, and was wrong then
                    yield true;
                }
                pause(now, why, LONGEST_PAUSE, true);
                yield false;
            }
            default -> {
                boolean passes = refused.status() >= 500 || refused.status() == 429;
                pause(
                        now,
                        why,
                        refused.retryAfter().orElse(passes ? FIRST_PAUSE : LONGEST_PAUSE),
                        refused.retryAfter().isPresent() || !passes);
                yield false;
            }
        };
    }

    private void giveUp(String why) {
        outbox.firstWasRefused()
                .ifPresent(reading ->
                        say.accept(
                                "%s, %d Wh, is given up: %s"
                                        .formatted(
                                                reading.interval(), reading.rawWattHours(), why)));
        keep.run();
    }

    /// The server has another last batch than we believe: an answer was lost, or this folder was
    /// restored from a copy.
    private boolean resumes(SignedBatch first, String why, Instant now) {
        var standing = bond.standing();
        if (standing.isEmpty()) {
            pause(now, why, FIRST_PAUSE, false);
            return false;
        }
        var last = standing.get();
        outbox.resumeAt(last.lastSequence(), last.lastBatch());
        keep.run();
        say.accept("the server's last batch is " + last.lastSequence() + ": going on from there");
        var next = outbox.first();
        if (next.isPresent() && next.get().equals(first)) {
            pause(now, why, LONGEST_PAUSE, true);
            return false;
        }
        return true;
    }

    /// @param exactly whether the pause was asked for; else failures in a row make it longer
    private void pause(Instant now, String why, Duration atLeast, boolean exactly) {
        if (!exactly) {
            atLeast = pause.compareTo(atLeast) > 0 ? pause : atLeast;
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
        if (atLeast.compareTo(LONGEST_PAUSE) > 0) {
            atLeast = LONGEST_PAUSE;
        }
        // A tenth at random, so that many agents do not come back together.
        var wait = atLeast.plusMillis(random.nextLong(atLeast.toMillis() / 10 + 1));
        notBefore = now.plus(wait);
        say.accept(
                "%d intervals wait, next attempt in %d s: %s"
                        .formatted(outbox.size(), wait.toSeconds(), why));
    }
}
