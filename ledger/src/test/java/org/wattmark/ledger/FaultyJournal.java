package org.wattmark.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/// A journal that meets faults: each call takes the next one of its kind.
final class FaultyJournal extends ForwardingJournal {

    /// What becomes of an append.
    enum Fault {
        NONE,
        NOT_COMMITTED,
        UNKNOWN_BUT_COMMITTED,
        UNKNOWN_AND_LOST,
        VIOLATED,
        /// Another leader takes over just before.
        FENCED
    }

    /// Every batch that was sent, in order.
    final List<Batch> sent = Collections.synchronizedList(new ArrayList<>());

    /// Every batch that was asked for, in order.
    final List<UUID> askedFor = Collections.synchronizedList(new ArrayList<>());

    private final Supplier<Fault> appends;
    private final Supplier<Boolean> lookups;

    /// @param appends the fault of each append
    /// @param lookups whether a lookup reaches the store
    FaultyJournal(Journal store, Supplier<Fault> appends, Supplier<Boolean> lookups) {
        super(store);
        this.appends = appends;
        this.lookups = lookups;
    }

    /// Meets these faults one after the other, and none after the last.
    static FaultyJournal scripted(Journal store, Fault... appends) {
        var script = new ArrayDeque<>(List.of(appends));
        return new FaultyJournal(
                store, () -> script.isEmpty() ? Fault.NONE : script.remove(), () -> true);
    }

    /// Cannot be asked at first, this many times.
    static FaultyJournal unreachable(Journal store, int times, Fault... appends) {
        var script = new ArrayDeque<>(List.of(appends));
        var left = new ArrayDeque<>(Collections.nCopies(times, false));
        return new FaultyJournal(
                store,
                () -> script.isEmpty() ? Fault.NONE : script.remove(),
                () -> left.isEmpty() || left.remove());
    }

    /// Meets a random fault in one of three appends, and one of five lookups.
    static FaultyJournal seeded(Journal store, long seed) {
        var random =
                new SplittableRandom(seed); // its own, for the sequencer's thread draws from it
        var faults = Fault.values();
        return new FaultyJournal(
                store,
                () -> random.nextInt(3) == 0 ? faults[random.nextInt(faults.length)] : Fault.NONE,
                () -> random.nextInt(5) != 0);
    }

    /// Refuses each batch that decides this command.
    static ForwardingJournal refusing(Journal store, UUID command) {
        return new ForwardingJournal(store) {
            @Override
            public Appended append(Batch batch) {
                return batch.decided().stream().anyMatch(each -> each.id().equals(command))
                        ? new Appended.Violated("balance_not_negative")
                        : super.append(batch);
            }
        };
    }

    @Override
    public Appended append(Batch batch) {
        sent.add(batch);
        return switch (appends.get()) {
            case NONE -> store.append(batch);
            case NOT_COMMITTED -> new Appended.NotCommitted("40001: could not serialize");
            case UNKNOWN_BUT_COMMITTED -> {
                var appended = store.append(batch);
                yield appended instanceof Appended.Committed
                        ? new Appended.Unknown("the connection broke after the commit")
                        : appended;
            }
            case UNKNOWN_AND_LOST -> new Appended.Unknown("the connection broke before the commit");
            case VIOLATED -> new Appended.Violated("a constraint");
            case FENCED -> {
                store.lead();
                yield store.append(batch);
            }
        };
    }

    @Override
    public Map<UUID, Decided> decided(Collection<UUID> ids) {
        reach();
        return store.decided(ids);
    }

    @Override
    public boolean isCommitted(UUID batch) {
        askedFor.add(batch);
        reach();
        return store.isCommitted(batch);
    }

    private void reach() {
        if (!lookups.get()) {
            throw new Unreachable("connection refused", new IOException("refused"));
        }
    }
}
