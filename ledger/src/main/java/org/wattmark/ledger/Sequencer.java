package org.wattmark.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Orders every command that moves value. One thread decides the waiting commands one by one on the
/// state in memory, into a batch; another takes the batch to the [Journal], and answers when it is
/// durable. While one batch is on its way the next one is decided on top of it, so a batch grows
/// with the queue: a lonely command pays one bare commit and a thousand share one.
public final class Sequencer implements AutoCloseable {

    /// Commands in one batch. Past this a commit's fixed cost is already shared by thousands, and a
    /// larger one only makes everybody wait for it.
    public static final int MAX_BATCH = 8_000;

    /// Entries in one batch, when its commands make many each: past this no further command is
    /// begun, so that a batch is some megabytes at the most.
    public static final int MAX_BATCH_ENTRIES = 2 * MAX_BATCH;

    /// Commands that may wait. It bounds memory and, at tens of thousands of commands a second, the
    /// wait to a second or two; who comes after is told to come again.
    public static final int MAX_WAITING = 65_536;

    /// Commands of one tenant that may wait: half, so that nobody fills the room alone.
    public static final int MAX_WAITING_OF_ONE = MAX_WAITING / 2;

    private static final Object NO_TENANT = "";

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final BatchLoop loop;
    private final WaitingRoom<Waiting<?>> room = new WaitingRoom<>(MAX_WAITING, MAX_WAITING_OF_ONE);

    private Sequencer(Builder builder) {
        this.loop = new BatchLoop(builder, room);
    }

    /// Decides a command and waits until its outcome is durable.
    ///
    /// @throws Unavailable when it cannot be said what came of it: the same command may be sent
    ///   again, under the same id, and is decided once
    /// @throws Quarantined when our own rules contradict each other: a bug, nothing was changed
    public <O> O apply(Command<O> command) {
        return await(submit(command));
    }

    /// Waits for an answer as [#apply] does.
    public static <O> O await(CompletableFuture<O> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unavailable("the journal has not answered in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }

    /// Hands a command in without waiting. The outcome may be seen only when it is durable.
    public <O> CompletableFuture<O> submit(Command<O> command) {
        return submitAll(NO_TENANT, List.of(command)).getFirst();
    }

    /// Hands commands in together: all of them wait, or all are refused as [Full]. Those of one
    /// tenant are decided in their order.
    ///
    /// @param tenant who sends them, by [Object#equals]: the tenants' commands are taken in turn
    public <O> List<CompletableFuture<O>> submitAll(
            Object tenant, List<? extends Command<O>> commands) {
        var group = new ArrayList<Waiting<O>>(commands.size());
        for (var command : commands) {
            group.add(new Waiting<O>(command, new CompletableFuture<>()));
        }
        var reason = loop.whyNotLeading();
        if (reason != null) {
            refuse(group, reason);
        } else if (!room.enter(tenant, group)) {
            group.forEach(each -> each.answer().completeExceptionally(new Full()));
        } else {
            loop.refuseIfStopped(); // it may have stopped between the look and the offer
        }
        return group.stream().map(Waiting::answer).toList();
    }

    public boolean isRunning() {
        return !loop.hasStopped();
    }

    /// Whether commands are decided here: this server leads.
    public boolean isLeading() {
        return loop.whyNotLeading() == null;
    }

    /// Stops after the batch in hand. What still waits is refused and may be sent again.
    @Override
    public void close() {
        loop.stop(PATIENCE);
    }

    static void refuse(List<? extends Waiting<?>> waiting, String why) {
        waiting.forEach(each -> each.answer().completeExceptionally(new Unavailable(why)));
    }

    /// Does some of what there is to do on the caller's thread, for [SteppedSequencer].
    boolean step() throws InterruptedException {
        return loop.step();
    }

    /// A command, and who waits for what comes of it.
    record Waiting<O>(Command<O> command, CompletableFuture<O> answer) {}

    /// What an operator would want to know of. It is told on the sequencer's thread: be quick.
    public sealed interface Event {

        record Committed(Batch batch) implements Event {}

        /// The journal does not answer; the batch waits.
        record Waiting(String cause) implements Event {}

        /// A command broke a rule of our own: an alarm.
        record Violated(Command<?> command, String cause) implements Event {}

        /// This server leads from here on.
        record Leads(long epoch) implements Event {}

        record Fenced() implements Event {}

        record Failed(Throwable cause) implements Event {}
    }

    /// It is not known, or not decided, what came of a command. Sending it again is safe.
    public static sealed class Unavailable extends RuntimeException permits Full {

        public Unavailable(String why) {
            super(why);
        }
    }

    /// So much waits already that the command was not let in. Nothing came of it.
    public static final class Full extends Unavailable {

        public Full() {
            super("too many commands are waiting already");
        }
    }

    /// Deciding the command failed by a fault of ours. Nothing of it was kept.
    public static final class Quarantined extends RuntimeException {

        public Quarantined(UUID command, String cause) {
            super("command " + command + " is quarantined: " + cause);
        }
    }

    /// @param clock dates the batches; whoever stands outside, the server or a test, supplies it
    public static Builder on(Journal journal, Staging staging, InstantSource clock) {
        return new Builder(journal, staging, clock);
    }

    /// Says who handles what, then takes the lead and starts.
    public static final class Builder {

        final Journal journal;
        final Staging staging;
        final InstantSource clock;
        final Map<Class<?>, Function<?, ?>> handlers = new HashMap<>();
        Supplier<UUID> batchIds = UUID::randomUUID;
        Function<Object, byte[]> outcomeEncoder =
                outcome -> outcome.toString().getBytes(StandardCharsets.UTF_8);
        Consumer<Event> listener = _ -> {};
        Consumer<Duration> pauses = JournalWriter::park;
        boolean standsBy;

        private Builder(Journal journal, Staging staging, InstantSource clock) {
            this.journal = journal;
            this.staging = staging;
            this.clock = clock;
        }

        public <O, C extends Command<O>> Builder handle(Class<C> type, Function<C, O> handler) {
            if (handlers.putIfAbsent(type, handler) != null) {
                throw new IllegalArgumentException("handled twice: " + type.getName());
            }
            return this;
        }

        /// Gives a fresh id for each batch.
        public Builder batchIds(Supplier<UUID> ids) {
            this.batchIds = ids;
            return this;
        }

        /// Turns an outcome into the bytes that are kept; the journal reads them back.
        public Builder outcomeEncoder(Function<Object, byte[]> encoder) {
            this.outcomeEncoder = encoder;
            return this;
        }

        public Builder listener(Consumer<Event> eventListener) {
            this.listener = eventListener;
            return this;
        }

        /// Passes the time between two attempts to reach the journal.
        public Builder pauses(Consumer<Duration> pause) {
            this.pauses = pause;
            return this;
        }

        /// Fences off every earlier leader, loads what it has committed, and starts to decide.
        public Sequencer start() {
            var sequencer = leading();
            sequencer.loop.start();
            return sequencer;
        }

        /// Starts to wait until nobody leads, then leads; and waits again when another has taken
        /// the lead. Until it leads, every command is [Unavailable].
        public Sequencer standBy() {
            standsBy = true;
            var sequencer = new Sequencer(this);
            sequencer.loop.start();
            return sequencer;
        }

        /// Takes the lead as [#start] does, and leaves it to the caller to make each step: for
        /// simulations, in which nothing may happen by itself.
        public SteppedSequencer stepped() {
            return new SteppedSequencer(leading());
        }

        private Sequencer leading() {
            var sequencer = new Sequencer(this);
            sequencer.loop.begin(journal.lead());
            return sequencer;
        }
    }
}
