package org.wattmark.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A keyed part of a machine's state: what is committed, and on top of it what the batches in hand
/// have changed. One table of the database mirrors it.
///
/// Keys and values are immutable. Only the sequencer's thread touches it.
public final class StagedMap<K, V> {

    private final String name;
    private final Staging staging;
    private final boolean isTotal;
    private final Map<K, V> current = new HashMap<>();

    /// What the table will hold, when the batches before the open one are committed, of each key
    /// that was touched since; empty if nothing.
    private Map<K, Optional<V>> before = new LinkedHashMap<>();

    /// The same for the batch under way, to fall back to if it fails.
    private Map<K, Optional<V>> sealed = Map.of();

    StagedMap(String name, Staging staging, boolean isTotal) {
        this.name = name;
        this.staging = staging;
        this.isTotal = isTotal;
    }

    boolean isTotal() {
        return isTotal;
    }

    /// How many keys have changes that the table does not have yet.
    int touched() {
        return before.size();
    }

    public String name() {
        return name;
    }

    public @Nullable V get(K key) {
        return current.get(key);
    }

    public V getOrDefault(K key, V otherwise) {
        return current.getOrDefault(key, otherwise);
    }

    public boolean containsKey(K key) {
        return current.containsKey(key);
    }

    /// The values as they stand with the batch in hand, in no particular order.
    public Collection<V> values() {
        return Collections.unmodifiableCollection(current.values());
    }

    public Map<K, V> asMap() {
        return Collections.unmodifiableMap(current);
    }

    public void put(K key, V value) {
        remember(key, current.put(key, value));
    }

    public void remove(K key) {
        var old = current.remove(key);
        if (old != null) {
            remember(key, old);
        }
    }

    private void remember(K key, @Nullable V old) {
        if (staging.isReplaying()) {
            return;
        }
        before.putIfAbsent(key, Optional.ofNullable(old));
        staging.onRollback(() -> {
            if (old == null) {
                current.remove(key);
            } else {
                current.put(key, old);
            }
        });
    }

    /// Takes a row that is committed already, when a server starts.
    void restore(K key, V value) {
        current.put(key, value);
    }

    void clear() {
        current.clear();
        before.clear();
        sealed = Map.of();
    }

    /// What was put is the table's already.
    void forget() {
        if (!before.isEmpty()) {
            before.clear();
        }
    }

    /// The net changes since the last seal: a key that is back at its old value has none.
    List<Change> changes() {
        var changes = new ArrayList<Change>(before.size());
        for (var each : before.entrySet()) {
            var old = each.getValue().orElse(null);
            var value = current.get(each.getKey());
            if (!Objects.equals(old, value)) {
                changes.add(new Change(name, each.getKey(), old, value));
            }
        }
        return changes;
    }

    /// The changes so far go with a batch; those from here on are the next one's.
    void seal() {
        sealed = before;
        before = new LinkedHashMap<>();
    }

    void commitSealed() {
        sealed = Map.of();
    }

    /// The values are rolled back already. What was due to the table before the seal is due again.
    void discard() {
        var due = isTotal ? new LinkedHashMap<>(sealed) : new LinkedHashMap<K, Optional<V>>();
        if (isTotal) {
            before.forEach(due::putIfAbsent);
        }
        before = due;
        sealed = Map.of();
    }

    /// What a batch does to one row.
    ///
    /// @param before null if the row is new
    /// @param after null if the row goes
    public record Change(String map, Object key, @Nullable Object before, @Nullable Object after) {}
}
