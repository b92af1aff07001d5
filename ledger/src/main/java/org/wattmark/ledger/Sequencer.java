package org.wattmark.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Journal.Appended;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Orders every command that moves value. One thread decides the waiting commands one by one on the
/// state in memory, hands what they change to the [Journal] as one batch, and answers when the
/// batch is durable. The batch grows with the queue, so a lonely command pays one bare commit and a
/// thousand share one.
public final class Sequencer implements AutoCloseable {

    /// Commands in one batch. Past this a commit's fixed cost is already shared by thousands, and a
    /// larger one only makes everybody wait for it.
    public static final int MAX_BATCH = 8_000;

    /// Commands that may wait. It bounds memory and, at thousands of commands a second, the wait to
    /// a few seconds; who comes after is told to come again.
    public static final int MAX_WAITING = 65_536;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BACKOFF_START = Duration.ofMillis(5);
    private static final Duration BACKOFF_END = Duration.ofMillis(500);

    private final Journal journal;
    private final Staging staging;
    private final InstantSource clock;
    private final Supplier<UUID> batchIds;
    private final Function<Object, byte[]> outcomeEncoder;
    private final Map<Class<?>, Function<?, ?>> handlers;
    private final Consumer<Event> listener;

    private final BlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile @Nullable String stopped;
    private long epoch;

    private Sequencer(Builder builder) {
        this.journal = builder.journal;
        this.staging = builder.staging;
        this.clock = builder.clock;
        this.batchIds = builder.batchIds;
        this.outcomeEncoder = builder.outcomeEncoder;
        this.handlers = Map.copyOf(builder.handlers);
        this.listener = builder.listener;
        this.thread = Thread.ofPlatform().name("sequencer").unstarted(this::run);
    }

    /// Decides a command and waits until its outcome is durable.
    ///
    /// @throws Unavailable when it cannot be said what came of it: the same command may be sent
    ///   again, under the same id, and is decided once
    /// @throws Quarantined when our own rules contradict each other: a bug, nothing was changed
    public <O> O apply(Command<O> command) {
        var answer = submit(command);
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
        var waiting = new Waiting<>(command, new CompletableFuture<>());
        var reason = stopped;
        if (reason != null) {
            waiting.answer().completeExceptionally(new Unavailable(reason));
        } else if (!queue.offer(waiting)) {
            waiting.answer()
                    .completeExceptionally(
                            new Unavailable(MAX_WAITING + " commands are waiting already"));
        } else if (stopped != null) {
            refuseWaiting(String.valueOf(stopped)); // it stopped between the look and the offer
        }
        return waiting.answer();
    }

    public boolean isRunning() {
        return stopped == null;
    }

    /// Stops after the batch in hand. What still waits is refused and may be sent again.
    @Override
    public void close() {
        stop("the server is stopping");
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (stopped == null) {
                var batch = new ArrayList<Waiting<?>>();
                var first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MAX_BATCH - 1);
                    process(batch);
                }
            }
        } catch (InterruptedException e) {
            stop("the server is stopping");
        } catch (RuntimeException | Error e) {
            listener.accept(new Event.Failed(e));
            stop("the sequencer has failed");
            throw e;
        } finally {
            refuseWaiting(String.valueOf(stopped));
        }
    }

    private void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    private void refuseWaiting(String reason) {
        for (var waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.answer().completeExceptionally(new Unavailable(reason));
        }
    }

    private void process(List<Waiting<?>> waiting) throws InterruptedException {
        try {
            switch (decideAndCommit(waiting)) {
                case Appended.Violated violated -> isolate(waiting, violated.cause());
                case Appended.Fenced _ -> {
                    refuse(waiting, "another server has taken the lead");
                    stop("another server has taken the lead");
                    listener.accept(new Event.Fenced());
                }
                default -> {}
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            refuse(waiting, "the server stopped before the outcome was known");
            throw e;
        }
    }

    private static void refuse(List<Waiting<?>> waiting, String why) {
        waiting.forEach(each -> each.answer().completeExceptionally(new Unavailable(why)));
    }

    /// A batch that the store refuses is decided again command by command, so that one command's
    /// fault is not its neighbours'.
    private void isolate(List<Waiting<?>> waiting, String cause) throws InterruptedException {
        if (waiting.size() > 1) {
            for (var single : waiting) {
                process(List.of(single));
            }
            return;
        }
        var offender = waiting.getFirst();
        listener.accept(new Event.Violated(offender.command(), cause));
        offender.answer().completeExceptionally(new Quarantined(offender.command().id(), cause));
    }

    private Appended decideAndCommit(List<Waiting<?>> waiting) throws InterruptedException {
        Map<UUID, Decided> known;
        try {
            known = lookUp(waiting.stream().map(each -> each.command().id()).toList());
        } catch (RuntimeException unreadable) {
            // An answer that was kept and cannot be read is one command's trouble, not everybody's.
            return new Appended.Violated(unreadable.toString());
        }
        staging.begin(epoch, clock.instant().truncatedTo(ChronoUnit.MICROS));
        var fresh = new LinkedHashMap<UUID, Decided>();
        var answers = new ArrayList<Runnable>();
        for (var each : waiting) {
            answers.add(decide(each, known, fresh));
        }
        if (!fresh.isEmpty()) {
            var decided = List.copyOf(fresh.values());
            var id = batchIds.get();
            staging.record(BatchSealed.over(id, decided));
            var batch =
                    new Batch(
                            id,
                            epoch,
                            staging.entries(),
                            decided,
                            staging.changes(),
                            staging.rows());
            var appended = append(batch);
            if (!(appended instanceof Appended.Committed)) {
                staging.discard();
                return appended;
            }
            // The commit point was the journal's. Before it nobody has seen an effect or an answer;
            // after it both stand.
            staging.commit();
            listener.accept(new Event.Committed(batch));
        }
        answers.forEach(Runnable::run);
        return new Appended.Committed();
    }

    /// Decides one command, or finds what its id already stands for.
    ///
    /// @return what answers the client, to be run after the commit
    private <O> Runnable decide(
            Waiting<O> waiting, Map<UUID, Decided> known, Map<UUID, Decided> fresh) {
        var command = waiting.command();
        var mark = staging.mark();
        try {
            var fingerprint = Bytes.of(Canonical.sha256(command.content()));
            var before = known.getOrDefault(command.id(), fresh.get(command.id()));
            if (before != null) {
                O outcome = answerAgain(command, fingerprint, before);
                return () -> waiting.answer().complete(outcome);
            }
            O outcome = handlerOf(command).apply(command);
            fresh.put(
                    command.id(),
                    new Decided(
                            command.id(),
                            fingerprint,
                            outcome,
                            Bytes.of(outcomeEncoder.apply(outcome))));
            return () -> waiting.answer().complete(outcome);
        } catch (RuntimeException | AssertionError bug) {
            staging.rollBackTo(mark);
            listener.accept(new Event.Violated(command, String.valueOf(bug)));
            return () ->
                    waiting.answer()
                            .completeExceptionally(
                                    new Quarantined(command.id(), String.valueOf(bug)));
        }
    }

    @SuppressWarnings("unchecked") // an id stands for one content, so its outcome has its type
    private static <O> O answerAgain(Command<O> command, Bytes fingerprint, Decided before) {
        return before.standsFor(fingerprint) ? (O) before.outcome() : command.idStandsForAnother();
    }

    @SuppressWarnings("unchecked") // Builder.on pairs a command with a handler of its type
    private <O> Function<Command<O>, O> handlerOf(Command<O> command) {
        var handler = handlers.get(command.getClass());
        if (handler == null) {
            throw new IllegalStateException("nobody handles " + command.getClass().getName());
        }
        return (Function<Command<O>, O>) handler;
    }

    private Map<UUID, Decided> lookUp(List<UUID> ids) throws InterruptedException {
        for (var pause = BACKOFF_START; ; pause = longer(pause)) {
            try {
                return journal.decided(ids);
            } catch (Journal.Unreachable e) {
                pauseOrStop(pause, e.toString());
            }
        }
    }

    /// Sends the batch until it is known what became of it.
    private Appended append(Batch batch) throws InterruptedException {
        for (var pause = BACKOFF_START; ; pause = longer(pause)) {
            switch (journal.append(batch)) {
                case Appended.NotCommitted(var cause) -> pauseOrStop(pause, cause);
                case Appended.Unknown(var cause) -> {
                    if (isCommitted(batch.id(), cause)) {
                        return new Appended.Committed();
                    }
                }
                case Appended known -> {
                    return known;
                }
            }
        }
    }

    private boolean isCommitted(UUID batch, String cause) throws InterruptedException {
        var lastCause = cause;
        for (var pause = BACKOFF_START; ; pause = longer(pause)) {
            pauseOrStop(pause, lastCause);
            try {
                return journal.isCommitted(batch);
            } catch (Journal.Unreachable e) {
                lastCause = e.toString();
            }
        }
    }

    private void pauseOrStop(Duration pause, String cause) throws InterruptedException {
        listener.accept(new Event.Waiting(cause));
        if (stopped != null || Thread.interrupted()) {
            throw new InterruptedException("stopped while the journal did not answer");
        }
        LockSupport.parkNanos(pause.toNanos());
    }

    private static Duration longer(Duration pause) {
        var next = pause.multipliedBy(2);
        return next.compareTo(BACKOFF_END) < 0 ? next : BACKOFF_END;
    }

    private record Waiting<O>(Command<O> command, CompletableFuture<O> answer) {}

    /// What an operator would want to know of. It is told on the sequencer's thread: be quick.
    public sealed interface Event {

        record Committed(Batch batch) implements Event {}

        /// The journal does not answer; the batch waits.
        record Waiting(String cause) implements Event {}

        /// A command broke a rule of our own: an alarm.
        record Violated(Command<?> command, String cause) implements Event {}

        record Fenced() implements Event {}

        record Failed(Throwable cause) implements Event {}
    }

    /// It is not known, or not decided, what came of a command. Sending it again is safe.
    public static final class Unavailable extends RuntimeException {

        public Unavailable(String why) {
            super(why);
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

        private final Journal journal;
        private final Staging staging;
        private final InstantSource clock;
        private final Map<Class<?>, Function<?, ?>> handlers = new HashMap<>();
        private Supplier<UUID> batchIds = UUID::randomUUID;
        private Function<Object, byte[]> outcomeEncoder =
                outcome -> outcome.toString().getBytes(StandardCharsets.UTF_8);
        private Consumer<Event> listener = _ -> {};

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

        /// Fences off every earlier leader, loads what it has committed, and starts to decide.
        public Sequencer start() {
            var sequencer = new Sequencer(this);
            sequencer.epoch = journal.lead();
            staging.restore(journal.load());
            sequencer.thread.start();
            return sequencer;
        }
    }
}
