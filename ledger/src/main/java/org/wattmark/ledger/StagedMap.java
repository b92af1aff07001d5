package org.wattmark.ledger;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A keyed part of a machine's state: what is committed, and on top of it what the batch in hand
/// has changed. One table of the database mirrors it.
///
/// Keys and values are immutable. Only the sequencer's thread touches it.
public final class StagedMap<K, V> {

    private final String name;
    private final Staging staging;
    private final Map<K, V> current = new HashMap<>();

    /// The committed value of each key that the batch has touched; empty if there was none.
    private final Map<K, Optional<V>> committed = new LinkedHashMap<>();

    StagedMap(String name, Staging staging) {
        this.name = name;
        this.staging = staging;
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
        var before = current.put(key, value);
        remember(key, before);
    }

    public void remove(K key) {
        var before = current.remove(key);
        if (before != null) {
            remember(key, before);
        }
    }

    private void remember(K key, @Nullable V before) {
        committed.putIfAbsent(key, Optional.ofNullable(before));
        staging.onRollback(() -> {
            if (before == null) {
                current.remove(key);
            } else {
                current.put(key, before);
            }
        });
    }

    /// Takes a row that is committed already, when a server starts.
    void restore(K key, V value) {
        current.put(key, value);
    }

    /// The net changes since the last commit: a key that is back at its old value has none.
    List<Change> changes() {
        return committed.entrySet().stream()
                .map(e -> new Change(name, e.getKey(), e.getValue().orElse(null), get(e.getKey())))
                .filter(change -> !Objects.equals(change.before(), change.after()))
                .toList();
    }

    void forgetChanges() {
        committed.clear();
    }

    /// What a batch does to one row.
    ///
    /// @param before null if the row is new
    /// @param after null if the row goes
    public record Change(String map, Object key, @Nullable Object before, @Nullable Object after) {}
}
