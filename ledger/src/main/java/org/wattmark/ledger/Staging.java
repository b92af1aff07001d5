package org.wattmark.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.units.Bytes;

/// The batch in hand: what has been decided since the last commit and is not yet durable.
///
/// It belongs to the sequencer's thread. Everything in it can be rolled back, to a mark or whole.
public final class Staging {

    private final Supplier<byte[]> salts;
    private final Map<String, StagedMap<?, ?>> maps = new LinkedHashMap<>();
    private final List<Machine> machines = new ArrayList<>();

    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();
    private long nextSequence;
    private long epoch;
    private Instant now = Instant.EPOCH;

    /// @param salts gives [Commitment#SALT_BYTES] fresh random bytes at each call
    public Staging(Supplier<byte[]> salts) {
        this.salts = salts;
    }

    /// Makes a part of a machine's state. Its name is the name of its table too.
    public <K, V> StagedMap<K, V> map(String name) {
        var map = new StagedMap<K, V>(name, this);
        if (maps.putIfAbsent(name, map) != null) {
            throw new IllegalArgumentException("two maps are called " + name);
        }
        return map;
    }

    /// Every fact that is recorded reaches this machine.
    public void add(Machine machine) {
        machines.add(machine);
    }

    /// Records a fact: gives it its place, and lets the machines take it over.
    public Entry record(Fact fact) {
        var salt = fact.isSalted() ? Bytes.of(salts.get()) : Bytes.EMPTY;
        var entry = new Entry(nextSequence, epoch, now, fact, salt);
        nextSequence++;
        entries.add(entry);
        machines.forEach(machine -> machine.apply(entry));
        return entry;
    }

    /// Adds a row that no machine keeps in memory, such as one metered interval.
    public void write(Object row) {
        rows.add(row);
    }

    /// The time at which the commands in hand are decided, to the microsecond.
    public Instant now() {
        return now;
    }

    void begin(long leaderEpoch, Instant time) {
        this.epoch = leaderEpoch;
        this.now = time;
    }

    void restore(Journal.Loaded loaded) {
        nextSequence = loaded.nextSequence();
        loaded.maps().forEach((name, content) -> restore(maps.get(name), name, content));
    }

    @SuppressWarnings("unchecked") // the journal returns what was put under this name
    private static void restore(@Nullable StagedMap<?, ?> map, String name, Map<?, ?> content) {
        if (map == null) {
            throw new IllegalStateException("the journal holds a map that no machine has: " + name);
        }
        content.forEach(((StagedMap<Object, Object>) map)::restore);
    }

    /// Takes an entry over as it stands in the journal, without making it anew. Whoever replays all
    /// of a journal has the state that it adds up to, in [#contents].
    public void replay(Entry entry) {
        if (entry.sequence() != nextSequence) {
            throw new IllegalArgumentException(
                    "expected entry " + nextSequence + ", found " + entry.sequence());
        }
        nextSequence++;
        machines.forEach(machine -> machine.apply(entry));
        commit();
    }

    /// All rows of all maps, by the map's name.
    public Map<String, Map<?, ?>> contents() {
        var contents = new LinkedHashMap<String, Map<?, ?>>();
        maps.forEach((name, map) -> contents.put(name, map.asMap()));
        return contents;
    }

    void onRollback(Runnable step) {
        undo.push(step);
    }

    Mark mark() {
        return new Mark(undo.size(), entries.size(), rows.size(), nextSequence);
    }

    /// Undoes what was staged since the mark.
    void rollBackTo(Mark mark) {
        while (undo.size() > mark.undoSteps()) {
            undo.pop().run();
        }
        entries.subList(mark.entries(), entries.size()).clear();
        rows.subList(mark.rows(), rows.size()).clear();
        nextSequence = mark.nextSequence();
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<Object> rows() {
        return List.copyOf(rows);
    }

    List<StagedMap.Change> changes() {
        return maps.values().stream().flatMap(map -> map.changes().stream()).toList();
    }

    void commit() {
        undo.clear();
        entries.clear();
        rows.clear();
        maps.values().forEach(StagedMap::forgetChanges);
    }

    void discard() {
        rollBackTo(new Mark(0, 0, 0, nextSequence - entries.size()));
        maps.values().forEach(StagedMap::forgetChanges);
    }

    record Mark(int undoSteps, int entries, int rows, long nextSequence) {}
}
