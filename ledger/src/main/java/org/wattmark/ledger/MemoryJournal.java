package org.wattmark.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// A journal in memory: for tests and simulations, and for the rules without their disk.
public final class MemoryJournal implements Journal {

    private final List<Entry> entries = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();
    private final Set<UUID> batches = new HashSet<>();
    private final Map<UUID, Decided> decided = new HashMap<>();
    private final Map<String, Map<Object, Object>> maps = new HashMap<>();
    private long epoch;
    private int settled;
    private boolean leaseRuns;

    @Override
    public synchronized long lead() {
        leaseRuns = true;
        addTailTo(maps);
        settled = entries.size();
        return ++epoch;
    }

    @Override
    public synchronized OptionalLong leadIfFree() {
        return leaseRuns ? OptionalLong.empty() : OptionalLong.of(lead());
    }

    @Override
    public synchronized boolean renew(long leader) {
        return leader == epoch;
    }

    @Override
    public synchronized void resign(long leader) {
        if (leader == epoch) {
            leaseRuns = false;
        }
    }

    /// Lets the lease of whoever leads run out. There is no time in here, so somebody says so.
    public synchronized void expireLease() {
        leaseRuns = false;
    }

    @Override
    public synchronized Loaded load() {
        var copy = new HashMap<String, Map<Object, Object>>();
        maps.forEach((name, content) -> copy.put(name, new HashMap<>(content)));
        addTailTo(copy);
        return new Loaded(entries.size(), copy);
    }

    /// What the transfers since the last settlement add up to: a new leader settles it.
    private void addTailTo(Map<String, Map<Object, Object>> tables) {
        for (var entry : entries.subList(settled, entries.size())) {
            if (entry.fact() instanceof TransferPosted posted) {
                add(tables.computeIfAbsent("balance", _ -> new HashMap<>()), posted.transfer());
            }
        }
    }

    private static void add(Map<Object, Object> balances, Transfer transfer) {
        add(balances, transfer.debit(), transfer.asset(), -transfer.amount());
        add(balances, transfer.credit(), transfer.asset(), transfer.amount());
    }

    private static void add(
            Map<Object, Object> balances, AccountId account, Asset asset, long amount) {
        balances.merge(
                new BalanceKey(account, asset),
                amount,
                (old, more) -> Math.addExact((Long) old, (Long) more));
    }

    @Override
    public synchronized Map<UUID, Decided> decided(Collection<UUID> ids) {
        var found = new HashMap<UUID, Decided>();
        for (var id : ids) {
            var known = decided.get(id);
            if (known != null) {
                found.put(id, known);
            }
        }
        return found;
    }

    @Override
    public synchronized Appended append(Batch batch) {
        if (batch.epoch() != epoch) {
            return new Appended.Fenced();
        }
        if (batches.contains(batch.id())) {
            return new Appended.Committed();
        }
        if (batch.firstSequence() != entries.size()) {
            return new Appended.Diverged(
                    "the journal ends before " + entries.size() + ", not " + batch.firstSequence());
        }
        for (var each : batch.decided()) {
            if (decided.containsKey(each.id())) {
                return new Appended.IdTaken();
            }
        }
        batches.add(batch.id());
        entries.addAll(batch.entries());
        rows.addAll(batch.rows());
        batch.decided().forEach(each -> decided.put(each.id(), each));
        batch.changes().forEach(this::apply);
        if (batch.settlesTotals()) {
            settled = entries.size();
        }
        return new Appended.Committed();
    }

    private void apply(StagedMap.Change change) {
        var map = maps.computeIfAbsent(change.map(), _ -> new HashMap<>());
        if (change.after() == null) {
            map.remove(change.key());
        } else {
            map.put(change.key(), change.after());
        }
    }

    @Override
    public synchronized boolean isCommitted(UUID batch) {
        return batches.contains(batch);
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public synchronized List<Object> rows() {
        return List.copyOf(rows);
    }
}
