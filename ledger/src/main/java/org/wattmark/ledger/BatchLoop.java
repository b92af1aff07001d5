package org.wattmark.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Journal.Appended;
import org.wattmark.ledger.Sequencer.Event;
import org.wattmark.ledger.Sequencer.Quarantined;
import org.wattmark.ledger.Sequencer.Waiting;

/// What the sequencer's thread does: it takes the lead, and as long as it has it, decides what
/// waits into the open batch and sends a batch off whenever the journal is free.
final class BatchLoop {

    /// Commands decided between two looks whether the journal is free for the next batch.
    private static final int STRIDE = 256;

    /// Batches whose ids are looked up before they are decided, after one met an id that was taken:
    /// who sends old commands again sends more of them.
    private static final int WARY_BATCHES = 64;

    /// Totals are written along with a batch at once if they are so few that it costs nothing.
    private static final int FEW_TOTALS = 64;

    /// … and at the latest when so many have changed: more would hold up the batch that brings
    /// them.
    private static final int MANY_TOTALS = 4_096;

    /// … or when so many entries have passed, which a start has to add up: a tenth of a second.
    private static final int MANY_ENTRIES = 100_000;

    private static final Duration FINISH = Duration.ofSeconds(15);
    private static final long IDLE_MILLIS = Journal.LEASE.toMillis() / 3;

    private final Journal journal;
    private final Staging staging;
    private final InstantSource clock;
    private final Supplier<UUID> batchIds;
    private final Consumer<Event> listener;
    private final Decider decider;
    private final boolean standsBy;
    private final JournalWriter writer;
    private final WaitingRoom<Waiting<?>> room;

    /// Taken back from batches that failed, to be decided before all others.
    private final ArrayDeque<Waiting<?>> again = new ArrayDeque<>();

    private final Thread thread;
    private volatile @Nullable String stopped;
    private volatile @Nullable String waits;
    private long epoch;
    private int wary;
    private OpenBatch open = new OpenBatch();
    private @Nullable OpenBatch underWay;
    private JournalWriter.@Nullable Task task;

    BatchLoop(Sequencer.Builder builder, WaitingRoom<Waiting<?>> room) {
        this.journal = builder.journal;
        this.staging = builder.staging;
        this.clock = builder.clock;
        this.batchIds = builder.batchIds;
        this.listener = builder.listener;
        this.decider =
                new Decider(
                        staging,
                        Map.copyOf(builder.handlers),
                        builder.outcomeEncoder,
                        listener,
                        this::lookUp);
        this.standsBy = builder.standsBy;
        this.waits = standsBy ? "another server leads" : null;
        this.room = room;
        this.writer =
                new JournalWriter(
                        journal, listener, () -> stopped != null, builder.pauses, room::wake);
        this.thread = Thread.ofPlatform().name("sequencer").unstarted(this::run);
    }

    /// What has been decided since the last seal, and who waits for it.
    private static final class OpenBatch {
        final List<Waiting<?>> waiting = new ArrayList<>();
        final List<Decided> decided = new ArrayList<>();
        final List<Runnable> answers = new ArrayList<>();

        /// Whether it is known of each id that it was not taken before.
        boolean isLookedUp;
    }

    void start() {
        writer.start();
        thread.start();
    }

    /// Why no command is decided here; null if it is.
    @Nullable String whyNotLeading() {
        var reason = stopped;
        return reason != null ? reason : waits;
    }

    boolean hasStopped() {
        return stopped != null;
    }

    void refuseIfStopped() {
        var reason = stopped;
        if (reason != null) {
            refuseWaiting(reason);
        }
    }

    /// Stops after the batch in hand.
    void stop(Duration patience) {
        stop("the server is stopping");
        room.wake();
        writer.interrupt(); // it may be waiting for a store that does not answer
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (stopped == null) {
                if (waits != null) {
                    takeTheLead();
                } else {
                    turn(true);
                }
            }
            finish();
        } catch (InterruptedException e) {
            stop("the server is stopping");
        } catch (RuntimeException | Error e) {
            listener.accept(new Event.Failed(e));
            stop("the sequencer has failed");
            throw e;
        } finally {
            refuseWaiting(stopped == null ? "" : stopped);
        }
    }

    /// Waits for the batch that is on its way, and gives the lead up.
    private void finish() throws InterruptedException {
        long deadline = System.nanoTime() + FINISH.toNanos();
        while (task != null && task.result() == null && System.nanoTime() < deadline) {
            room.await(false, 100);
        }
        if (task != null && task.result() instanceof Appended.Committed) {
            underWay = null;
            staging.commitSealed();
        }
        try {
            journal.resign(epoch);
        } catch (Journal.Unreachable e) {
            listener.accept(new Event.Waiting(e.toString())); // the lease runs out by itself
        }
    }

    private void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    private void refuseWaiting(String reason) {
        var left = new ArrayList<Waiting<?>>();
        if (Thread.currentThread().equals(thread)) {
            left.addAll(again);
            left.addAll(open.waiting);
            if (underWay != null) {
                left.addAll(underWay.waiting);
            }
        }
        room.take(Integer.MAX_VALUE, left);
        Sequencer.refuse(left, reason);
    }

    /// Looks whether nobody leads; then leads, on what the journal holds.
    private void takeTheLead() throws InterruptedException {
        try {
            var free = journal.leadIfFree();
            if (free.isPresent()) {
                begin(free.getAsLong());
            } else {
                room.await(false, IDLE_MILLIS / 4);
            }
        } catch (Journal.Unreachable e) {
            listener.accept(new Event.Waiting(e.toString()));
            room.await(false, IDLE_MILLIS / 4);
        }
    }

    /// Leads from here on, on what the journal holds.
    void begin(long newEpoch) {
        epoch = newEpoch;
        staging.clear();
        decider.recent().clear();
        wary = 0;
        staging.restore(journal.load());
        waits = null;
        listener.accept(new Event.Leads(newEpoch));
    }

    /// One turn of the sequencer: hears what became of the batch on its way, decides some of what
    /// waits, and sends the next batch off as soon as the journal is free.
    private void turn(boolean mayWait) throws InterruptedException {
        var onItsWay = task;
        if (onItsWay != null && onItsWay.result() != null) {
            hear(onItsWay.result());
            return;
        }
        boolean decided = decideSome();
        if (task == null && !open.waiting.isEmpty()) {
            send();
        } else if (!decided && mayWait) {
            rest();
        }
    }

    private void rest() throws InterruptedException {
        long began = System.nanoTime();
        room.await(!isFull(), IDLE_MILLIS);
        boolean idle = System.nanoTime() - began >= TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
        if (idle && task == null && stopped == null) {
            stillLeads();
        }
    }

    private void stillLeads() {
        try {
            if (!journal.renew(epoch)) {
                fenced();
            }
        } catch (Journal.Unreachable e) {
            listener.accept(new Event.Waiting(e.toString()));
        }
    }

    /// Does some of what there is to do on the caller's thread, for [SteppedSequencer].
    ///
    /// @return whether there was anything to do
    boolean step() throws InterruptedException {
        boolean busy = !room.isEmpty() || !again.isEmpty();
        if (stopped == null) {
            turn(false);
        }
        if (stopped == null && task != null) {
            turn(false);
        }
        if (stopped != null) {
            refuseWaiting(stopped);
        }
        return busy;
    }

    /// @return whether there was anything to decide, and room for it
    private boolean decideSome() throws InterruptedException {
        int most = isFull() ? 0 : Math.min(STRIDE, Sequencer.MAX_BATCH - open.waiting.size());
        var some = new ArrayList<Waiting<?>>();
        while (some.size() < most && !again.isEmpty()) {
            some.add(again.removeFirst());
        }
        room.take(most - some.size(), some);
        if (some.isEmpty()) {
            return false;
        }
        if (wary > 0) {
            lookUp(some);
        }
        if (open.waiting.isEmpty()) {
            beginBatch();
        }
        for (int i = 0; i < some.size(); i++) {
            if (isFull()) {
                decideAgain(some.subList(i, some.size()));
                break;
            }
            open.waiting.add(some.get(i));
            open.answers.add(decider.decide(some.get(i), open.decided));
        }
        return true;
    }

    private boolean isFull() {
        return open.waiting.size() >= Sequencer.MAX_BATCH
                || staging.openEntries() >= Sequencer.MAX_BATCH_ENTRIES;
    }

    private void beginBatch() {
        staging.begin(epoch, clock.instant().truncatedTo(ChronoUnit.MICROS));
        open.isLookedUp = wary > 0;
    }

    private Map<UUID, Decided> lookUp(UUID id) throws InterruptedException {
        return writer.ask(() -> journal.decided(List.of(id)));
    }

    private void lookUp(List<Waiting<?>> some) throws InterruptedException {
        var unknown = new ArrayList<UUID>();
        for (var each : some) {
            if (decider.recent().of(each.command().id()) == null) {
                unknown.add(each.command().id());
            }
        }
        if (!unknown.isEmpty()) {
            decider.recent().addAll(writer.ask(() -> journal.decided(unknown)));
        }
    }

    private void send() throws InterruptedException {
        var sealed = open;
        open = new OpenBatch();
        Batch batch = null;
        if (!sealed.decided.isEmpty()) {
            batch = staging.seal(batchIds.get(), sealed.decided, settlesTotals());
        }
        underWay = sealed;
        task = new JournalWriter.Task(batch, sealed.answers);
        if (Thread.currentThread().equals(thread)) {
            writer.hand(task);
        } else {
            writer.write(task); // stepped from outside
        }
        if (wary > 0) {
            wary--;
        }
    }

    private boolean settlesTotals() {
        int touched = staging.touchedTotals();
        return touched <= FEW_TOTALS
                || touched >= MANY_TOTALS
                || staging.unsettledEntries() >= MANY_ENTRIES;
    }

    private void hear(Appended result) throws InterruptedException {
        var sealed = Objects.requireNonNull(underWay);
        task = null;
        underWay = null;
        switch (result) {
            case Appended.Committed _ -> staging.commitSealed();
            case Appended.IdTaken _ when sealed.isLookedUp ->
                    isolate(sealed, "an id is taken, and nothing is kept of it");
            case Appended.IdTaken _ -> {
                wary = WARY_BATCHES;
                decideAgain(takeBack(sealed));
            }
            case Appended.Violated(var cause) -> isolate(sealed, cause);
            case Appended.Fenced _ -> {
                Sequencer.refuse(takeBack(sealed), "another server has taken the lead");
                fenced();
            }
            case Appended.Diverged(var cause) -> {
                listener.accept(new Event.Failed(new IllegalStateException(cause)));
                giveUp(sealed, cause);
            }
            // The writer ends with these only when it was told to stop.
            case Appended.NotCommitted(var cause) -> giveUp(sealed, cause);
            case Appended.Unknown(var cause) -> giveUp(sealed, cause);
        }
    }

    private void giveUp(OpenBatch sealed, String cause) {
        Sequencer.refuse(takeBack(sealed), cause);
        stop(cause);
    }

    private void fenced() {
        var why = "another server has taken the lead";
        Sequencer.refuse(takeBack(new OpenBatch()), why);
        if (standsBy) {
            waits = why;
        } else {
            stop(why);
        }
        var left = new ArrayList<>(again);
        again.clear();
        room.take(Integer.MAX_VALUE, left);
        Sequencer.refuse(left, why);
        listener.accept(new Event.Fenced());
    }

    /// Undoes the sealed batch and the open one on top of it.
    private List<Waiting<?>> takeBack(OpenBatch sealed) {
        var all = new ArrayList<>(sealed.waiting);
        all.addAll(open.waiting);
        decider.recent().forget(sealed.decided);
        decider.recent().forget(open.decided);
        staging.discard();
        open = new OpenBatch();
        return all;
    }

    /// A batch that the store refuses is decided again command by command, so that one command's
    /// fault is not its neighbours'. What was decided on top of it waits until then.
    private void isolate(OpenBatch sealed, String cause) throws InterruptedException {
        var all = takeBack(sealed);
        if (sealed.waiting.size() > 1) {
            decideAgain(all);
            for (int i = 0; i < sealed.waiting.size() && stopped == null && waits == null; i++) {
                decideAlone();
            }
            return;
        }
        var offender = sealed.waiting.getFirst();
        listener.accept(new Event.Violated(offender.command(), cause));
        offender.answer().completeExceptionally(new Quarantined(offender.command().id(), cause));
        decideAgain(all.subList(1, all.size()));
    }

    /// Before all others, and in their order: they came first.
    private void decideAgain(List<Waiting<?>> takenBack) {
        takenBack.reversed().forEach(again::addFirst);
    }

    /// Decides the next of those taken back, and waits until it is known what came of it.
    private void decideAlone() throws InterruptedException {
        if (again.isEmpty()) {
            return;
        }
        var single = again.removeFirst();
        if (wary > 0) {
            lookUp(List.of(single));
        }
        beginBatch();
        open.waiting.add(single);
        open.answers.add(decider.decide(single, open.decided));
        send();
        while (task != null && task.result() == null) {
            room.await(false, IDLE_MILLIS);
        }
        if (task != null && task.result() != null) {
            hear(task.result());
        }
    }
}
