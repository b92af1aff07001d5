package org.wattmark.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Journal.Appended;

/// Orders every command that moves value. One thread decides the waiting commands one by one on the
/// state in memory, into a batch; another takes the batch to the [Journal], and answers when it is
/// durable. While one batch is on its way the next one is decided on top of it, so a batch grows with
/// the queue: a lonely command pays one bare commit and a thousand share one.
public final class Sequencer implements AutoCloseable {

    /// Commands in one batch. Past this a commit's fixed cost is already shared by thousands, and a
    /// larger one only makes everybody wait for it.
    public static final int MAX_BATCH = 8_000;

    /// Commands that may wait. It bounds memory and, at tens of thousands of commands a second, the
    /// wait to a second or two; who comes after is told to come again.
    public static final int MAX_WAITING = 65_536;

    /// Commands of one tenant that may wait: half, so that nobody fills the room alone.
    public static final int MAX_WAITING_OF_ONE = MAX_WAITING / 2;

    /// Commands decided between two looks whether the journal is free for the next batch.
    private static final int STRIDE = 256;

    /// Batches whose ids are looked up before they are decided, after one met an id that was taken:
    /// who sends old commands again sends more of them.
    private static final int WARY_BATCHES = 64;

    /// Totals are written along with a batch at once if they are so few that it costs nothing.
    private static final int FEW_TOTALS = 64;

    /// … and at the latest when so many have changed: more would hold up the batch that brings them.
    private static final int MANY_TOTALS = 4_096;

    /// … or when so many entries have passed, which a start has to add up: a tenth of a second.
    private static final int MANY_ENTRIES = 100_000;

    private static final Object NO_TENANT = "";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long IDLE_MILLIS = Journal.LEASE.toMillis() / 3;

    private final Journal journal;
    private final Staging staging;
    private final InstantSource clock;
    private final Supplier<UUID> batchIds;
    private final Consumer<Event> listener;
    private final Decider decider;
    private final boolean standsBy;
    private final JournalWriter writer;

    private final WaitingRoom<Waiting<?>> room =
            new WaitingRoom<>(MAX_WAITING, MAX_WAITING_OF_ONE);
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

    private Sequencer(Builder builder) {
        this.journal = builder.journal;
        this.staging = builder.staging;
        this.clock = builder.clock;
        this.batchIds = builder.batchIds;
        this.decider =
                new Decider(
                        staging,
                        Map.copyOf(builder.handlers),
                        builder.outcomeEncoder,
                        builder.listener);
        this.listener = builder.listener;
        this.standsBy = builder.standsBy;
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

    /// Hands commands in together: all of them wait, or all are refused as [Unavailable] because the
    /// room is full. Those of one tenant are decided in their order.
    ///
    /// @param tenant who sends them, by [Object#equals]: the tenants' commands are taken in turn
    public <O> List<CompletableFuture<O>> submitAll(
            Object tenant, List<? extends Command<O>> commands) {
        var group = new ArrayList<Waiting<O>>(commands.size());
        for (var command : commands) {
            group.add(new Waiting<O>(command, new CompletableFuture<>()));
        }
        var reason = stopped != null ? stopped : waits;
        if (reason != null) {
            refuse(group, reason);
        } else if (!room.enter(tenant, group)) {
            refuse(group, "too many commands are waiting already");
        } else if (stopped != null) {
            refuseWaiting(stopped); // it stopped between the look and the offer
        }
        return group.stream().map(Waiting::answer).toList();
    }

    public boolean isRunning() {
        return stopped == null;
    }

    /// Whether commands are decided here: this server leads.
    public boolean isLeading() {
        return stopped == null && waits == null;
    }

    /// Stops after the batch in hand. What still waits is refused and may be sent again.
    @Override
    public void close() {
        stop("the server is stopping");
        room.wake();
        writer.interrupt(); // it may be waiting for a store that does not answer
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(PATIENCE);
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
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (task != null && task.result() == null && System.nanoTime() < deadline) {
            room.await(false, 100);
        }
        if (task != null && task.result() instanceof Appended.Committed) {
            underWay = null;
            staging.commitSealed();
        }
        journal.resign(epoch);
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
        refuse(left, reason);
    }

    private static void refuse(List<? extends Waiting<?>> waiting, String why) {
        waiting.forEach(each -> each.answer().completeExceptionally(new Unavailable(why)));
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

    private void begin(long newEpoch) {
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
        room.await(open.waiting.size() < MAX_BATCH, IDLE_MILLIS);
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
        int most = Math.min(STRIDE, MAX_BATCH - open.waiting.size());
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
        for (var each : some) {
            open.waiting.add(each);
            open.answers.add(decider.decide(each, open.decided));
        }
        return true;
    }

    private void beginBatch() {
        staging.begin(epoch, clock.instant().truncatedTo(ChronoUnit.MICROS));
        open.isLookedUp = wary > 0;
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
                again.addAll(takeBack(sealed));
            }
            case Appended.Violated(var cause) -> isolate(sealed, cause);
            case Appended.Fenced _ -> {
                refuse(takeBack(sealed), "another server has taken the lead");
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
        refuse(takeBack(sealed), cause);
        stop(cause);
    }

    private void fenced() {
        var why = "another server has taken the lead";
        refuse(takeBack(new OpenBatch()), why);
        if (standsBy) {
            waits = why;
        } else {
            stop(why);
        }
        var left = new ArrayList<Waiting<?>>();
        room.take(Integer.MAX_VALUE, left);
        refuse(left, why);
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
            again.addAll(all.subList(sealed.waiting.size(), all.size()));
            for (var single : sealed.waiting.reversed()) {
                again.addFirst(single);
            }
            for (int i = 0; i < sealed.waiting.size() && stopped == null && waits == null; i++) {
                decideAlone();
            }
            return;
        }
        var offender = sealed.waiting.getFirst();
        listener.accept(new Event.Violated(offender.command(), cause));
        offender.answer().completeExceptionally(new Quarantined(offender.command().id(), cause));
        again.addAll(all.subList(1, all.size()));
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
        private Consumer<Duration> pauses = JournalWriter::park;
        private boolean standsBy;

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
            sequencer.writer.start();
            sequencer.thread.start();
            return sequencer;
        }

        /// Starts to wait until nobody leads, then leads; and waits again when another has taken the
        /// lead. Until it leads, every command is [Unavailable].
        public Sequencer standBy() {
            standsBy = true;
            var sequencer = new Sequencer(this);
            sequencer.waits = "another server leads";
            sequencer.writer.start();
            sequencer.thread.start();
            return sequencer;
        }

        /// Takes the lead as [#start] does, and leaves it to the caller to make each step: for
        /// simulations, in which nothing may happen by itself.
        public SteppedSequencer stepped() {
            return new SteppedSequencer(leading());
        }

        private Sequencer leading() {
            var sequencer = new Sequencer(this);
            sequencer.begin(journal.lead());
            return sequencer;
        }
    }
}
