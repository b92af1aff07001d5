package org.wattmark.ledger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Journal.Appended;
import org.wattmark.ledger.Sequencer.Event;

/// Takes one sealed batch after the other to the journal, while the sequencer decides the next, and
/// gives the answers out when a batch is durable.
final class JournalWriter {

    private static final Duration BACKOFF_START = Duration.ofMillis(5);
    private static final Duration BACKOFF_END = Duration.ofMillis(500);

    private final Journal journal;
    private final Consumer<Event> listener;
    private final BooleanSupplier stopping;
    private final Consumer<Duration> pauses;

    private final SynchronousQueue<Task> tasks = new SynchronousQueue<>();
    private final Runnable whenDone;
    private volatile @Nullable Thread thread;

    /// A batch, or none if all its commands were decided before, and who waits for it.
    static final class Task {

        final @Nullable Batch batch;
        final List<Runnable> answers;
        private volatile @Nullable Appended result;

        Task(@Nullable Batch batch, List<Runnable> answers) {
            this.batch = batch;
            this.answers = answers;
        }

        /// What became of it; null while it is on its way.
        @Nullable Appended result() {
            return result;
        }
    }

    /// @param stopping whether to give up waiting for a store that does not answer
    /// @param whenDone called on this writer's thread each time a result is there
    JournalWriter(
            Journal journal,
            Consumer<Event> listener,
            BooleanSupplier stopping,
            Consumer<Duration> pauses,
            Runnable whenDone) {
        this.journal = journal;
        this.listener = listener;
        this.stopping = stopping;
        this.pauses = pauses;
        this.whenDone = whenDone;
    }

    static void park(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    void start() {
        thread = Thread.ofPlatform().name("journal-writer").daemon().start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                write(tasks.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped while nothing was on its way
        }
    }

    /// Hands a task over; the one before it must be done.
    void hand(Task task) throws InterruptedException {
        tasks.put(task);
    }

    /// Does a task on the caller's thread.
    void write(Task task) {
        Appended result = new Appended.NotCommitted("the server is stopping");
        try {
            result = task.batch == null ? new Appended.Committed() : append(task.batch);
            if (result instanceof Appended.Committed) {
                // The commit point was the journal's. Before it nobody has seen an effect or an
                // answer; after it both stand.
                if (task.batch != null) {
                    listener.accept(new Event.Committed(task.batch));
                }
                task.answers.forEach(Runnable::run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            listener.accept(new Event.Failed(e));
            result = new Appended.Diverged("the journal's writer has failed: " + e);
        } finally {
            task.result = result;
            whenDone.run();
        }
    }

    /// Ends its waiting. A batch that the store has in hand is not torn out of it.
    void interrupt() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /// Sends the batch until it is known what became of it.
    private Appended append(Batch batch) throws InterruptedException {
        for (var pause = BACKOFF_START; ; pause = longer(pause)) {
            switch (journal.append(batch)) {
                case Appended.NotCommitted(var cause) -> pauseOrStop(pause, cause);
                case Appended.Unknown(var cause) -> {
                    if (isCommitted(batch, cause)) {
                        return new Appended.Committed();
                    }
                }
                case Appended known -> {
                    return known;
                }
            }
        }
    }

    private boolean isCommitted(Batch batch, String cause) throws InterruptedException {
        var lastCause = cause;
        for (var pause = BACKOFF_START; ; pause = longer(pause)) {
            pauseOrStop(pause, lastCause);
            try {
                return journal.isCommitted(batch.id());
            } catch (Journal.Unreachable e) {
                lastCause = e.toString();
            }
        }
    }

    /// Asks until the journal answers.
    <T> T ask(Supplier<T> question) throws InterruptedException {
        for (var pause = BACKOFF_START; ; pause = longer(pause)) {
            try {
                return question.get();
            } catch (Journal.Unreachable e) {
                pauseOrStop(pause, e.toString());
            }
        }
    }

    private void pauseOrStop(Duration pause, String cause) throws InterruptedException {
        listener.accept(new Event.Waiting(cause));
        if (stopping.getAsBoolean() || Thread.interrupted()) {
            throw new InterruptedException("stopped while the journal did not answer");
        }
        pauses.accept(pause);
    }

    private static Duration longer(Duration pause) {
        var next = pause.multipliedBy(2);
        return next.compareTo(BACKOFF_END) < 0 ? next : BACKOFF_END;
    }
}
