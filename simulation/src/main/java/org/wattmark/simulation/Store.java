package org.wattmark.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Journal.Appended;
import org.wattmark.ledger.Journal.Loaded;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.tlog.Hash;

/// What lies on the disk: committed whole or not at all, and the only thing that outlives a crash.
final class Store {

    private static final String BALANCES = "balance";

    /// Told of every batch at the moment in which it becomes durable.
    private final Consumer<Batch> witness;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Hash> leaves = new ArrayList<>();
    private final Set<UUID> batches = new HashSet<>();
    private final Map<UUID, Decided> decided = new HashMap<>();
    private final Map<String, Map<Object, Object>> maps = new HashMap<>();
    private final Set<UUID> refused = new HashSet<>();
    private @Nullable Batch late;

    /// Up to which entry the balances were written.
    private int settled;

    private long epoch;

    Store(Consumer<Batch> witness) {
        this.witness = witness;
    }

    long lead() {
        finishLate(); // it holds a lock that the new leader waits for
        return ++epoch;
    }

    boolean isLed(long leader) {
        return leader == epoch;
    }

    Loaded load() {
        return new Loaded(entries.size(), maps());
    }

    Appended append(Batch batch) {
        finishLate();
        if (batches.contains(batch.id())) {
            return new Appended.Committed();
        }
        if (batch.epoch() != epoch) {
            return new Appended.Fenced();
        }
        if (batch.firstSequence() != entries.size()) {
            return new Appended.Diverged("the journal has " + entries.size() + " entries");
        }
        for (var each : batch.decided()) {
            if (decided.containsKey(each.id())) {
                return new Appended.IdTaken();
            }
            if (refused.contains(each.id())) {
                return new Appended.Violated("refused: " + each.id());
            }
        }
        commit(batch);
        return new Appended.Committed();
    }

    private void commit(Batch batch) {
        batches.add(batch.id());
        entries.addAll(batch.entries());
        batch.entries().forEach(entry -> leaves.add(Leaf.hash(entry.leaf())));
        batch.decided().forEach(each -> decided.put(each.id(), each));
        batch.changes().forEach(this::apply);
        if (batch.settlesTotals()) {
            settled = entries.size();
        }
        witness.accept(batch);
    }

    private void apply(StagedMap.Change change) {
        var map = maps.computeIfAbsent(change.map(), _ -> new HashMap<>());
        if (change.after() == null) {
            map.remove(change.key());
        } else {
            map.put(change.key(), change.after());
        }
    }

    /// A constraint fires, for no reason that lasts. It is found while the batch is written, so
    /// after whatever the store was still working on.
    Appended violate(Batch batch) {
        finishLate();
        return batches.contains(batch.id())
                ? new Appended.Committed()
                : new Appended.Violated("a constraint");
    }

    /// Works on the batch, and answers nobody.
    void appendLate(Batch batch) {
        finishLate();
        late = batch;
    }

    private void finishLate() {
        var batch = late;
        late = null;
        if (batch != null) {
            append(batch);
        }
    }

    /// What it was working on is gone.
    void restart() {
        late = null;
    }

    void refuse(UUID id) {
        refused.add(id);
    }

    boolean refuses(UUID id) {
        return refused.contains(id);
    }

    boolean isCommitted(UUID batch) {
        return batches.contains(batch);
    }

    @Nullable Decided decided(UUID id) {
        return decided.get(id);
    }

    List<Entry> entries() {
        return entries;
    }

    /// The leaf hashes of all entries, in order.
    List<Hash> leaves() {
        return leaves;
    }

    /// All rows as they stand with the last batch.
    Map<String, Map<Object, Object>> maps() {
        var copy = new HashMap<String, Map<Object, Object>>();
        maps.forEach((name, content) -> copy.put(name, new HashMap<>(content)));
        copy.put(BALANCES, new HashMap<>(map(BALANCES)));
        return copy;
    }

    /// Balances that were not written with the last batches are what the entries since add.
    Map<Object, Object> map(String name) {
        var rows = maps.getOrDefault(name, Map.of());
        if (!name.equals(BALANCES) || settled == entries.size()) {
            return rows;
        }
        var sums = new HashMap<>(rows);
        for (var entry : entries.subList(settled, entries.size())) {
            if (entry.fact() instanceof TransferPosted posted) {
                var transfer = posted.transfer();
                add(sums, new BalanceKey(transfer.debit(), transfer.asset()), -transfer.amount());
                add(sums, new BalanceKey(transfer.credit(), transfer.asset()), transfer.amount());
            }
        }
        return sums;
    }

    private static void add(Map<Object, Object> sums, BalanceKey key, long amount) {
        sums.merge(key, amount, (old, more) -> Math.addExact((Long) old, (Long) more));
    }
}
