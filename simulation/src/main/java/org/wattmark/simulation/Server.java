package org.wattmark.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Sequencer.Event;
import org.wattmark.ledger.SteppedSequencer;
import org.wattmark.simulation.Decision.Death;

/// One life of a server: from taking the lead until it dies or is fenced off.
final class Server {

    /// What a client hears: the outcome, or why there is none.
    interface Client {

        void hear(Asked asked, @Nullable Object outcome, @Nullable Throwable trouble);
    }

    final Machines machines;
    final FaultyJournal journal;
    private final SteppedSequencer sequencer;
    private final World world;
    private final long life;
    private boolean dead;
    private Death death = Death.NONE;
    private int decided;
    private long batches;

    Server(World world, int slot, long life, Store store, Runnable meanwhile) {
        this.world = world;
        this.life = life;
        this.machines = new Machines(life);
        this.journal = new FaultyJournal(store, meanwhile, this::die);
        this.sequencer =
                machines.sequencer(
                                journal,
                                () -> {
                                    dieIf(Death.BEFORE_DECIDING);
                                    return world.time(slot);
                                })
                        .batchIds(this::nextBatch)
                        .outcomeEncoder(this::encode)
                        .listener(this::notice)
                        .pauses(_ -> {})
                        .stepped();
    }

    /// Counts up: who has the higher number took the lead later.
    long life() {
        return life;
    }

    boolean isRunning() {
        return !dead && sequencer.isRunning();
    }

    void die() {
        dead = true;
    }

    <O> void receive(Asked asked, Command<O> command, Client client) {
        var _ =
                sequencer
                        .submit(command)
                        .whenComplete(
                                (outcome, trouble) -> answer(asked, outcome, trouble, client));
    }

    private void answer(
            Asked asked, @Nullable Object outcome, @Nullable Throwable trouble, Client client) {
        if (!dead) {
            client.hear(asked, outcome, trouble);
            dead = death == Death.AMID_ANSWERING;
        }
    }

    /// One batch; afterwards the server may be dead.
    ///
    /// @return whether there was anything to do
    boolean step(Death plan) {
        death = plan;
        decided = 0;
        try {
            return sequencer.step();
        } catch (Crash _) {
            dead = true;
            return true;
        } finally {
            death = Death.NONE;
        }
    }

    private UUID nextBatch() {
        dieIf(Death.BEFORE_APPENDING);
        return new UUID(life, ++batches);
    }

    /// The bytes that the journal keeps of an outcome, which the judge reads.
    private byte[] encode(Object outcome) {
        if (++decided > 1) {
            dieIf(Death.AMID_DECIDING);
        }
        return Words.of(outcome).getBytes(StandardCharsets.UTF_8);
    }

    private void notice(Event event) {
        switch (event) {
            case Event.Committed _ -> dieIf(Death.BEFORE_ANSWERING);
            case Event.Violated(var command, var cause) -> world.alarm(command.id(), cause, this);
            case Event.Failed(var cause) -> {
                if (!dead) {
                    world.failed(cause);
                }
            }
            default -> {}
        }
    }

    private void dieIf(Death here) {
        if (death == here) {
            dead = true;
            throw new Crash(here.name());
        }
    }

    /// How far its clock is off.
    static Duration atMost(Duration skew) {
        var limit = Duration.ofHours(3);
        return skew.compareTo(limit) > 0
                ? limit
                : skew.compareTo(limit.negated()) < 0 ? limit.negated() : skew;
    }
}
