package org.wattmark.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.units.Bytes;

/// The batches in hand: what has been decided and is not yet durable. One may be sealed, on its way
/// into the journal; on top of it the next one is open.
///
/// It belongs to the sequencer's thread. Everything in the open batch can be rolled back, to a mark
/// or whole; a sealed batch falls only together with the open one.
public final class Staging {

    private final Supplier<byte[]> salts;
    private final Map<String, StagedMap<?, ?>> maps = new LinkedHashMap<>();
    private final List<Machine> machines = new ArrayList<>();

    /// Steps that undo, the latest last; those of the sealed batch come first.
    private final ArrayDeque<Runnable> undo = new ArrayDeque<>();

    private final List<Entry> entries = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();
    private int sealedUndo;
    private int sealedEntries;
    private long unsettledEntries;
    private long unsettledBeforeSeal;
    private long nextSequence;
    private long epoch;
    private boolean replaying;
    private Instant now = Instant.EPOCH;

    /// @param salts gives [Commitment#SALT_BYTES] fresh random bytes at each call
    public Staging(Supplier<byte[]> salts) {
        this.salts = salts;
    }

    /// Makes a part of a machine's state. Its name is the name of its table too.
    public <K, V> StagedMap<K, V> map(String name) {
        return add(new StagedMap<K, V>(name, this, false));
    }

    /// Makes a part of a machine's state that the transfers of the journal add up to. Its table is
    /// written from time to time only, and stands for the journal up to there.
    public <K, V> StagedMap<K, V> totals(String name) {
        return add(new StagedMap<K, V>(name, this, true));
    }

    private <K, V> StagedMap<K, V> add(StagedMap<K, V> map) {
        if (maps.putIfAbsent(map.name(), map) != null) {
            throw new IllegalArgumentException("two maps are called " + map.name());
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
        apply(entry);
        return entry;
    }

    private void apply(Entry entry) {
        for (var machine : machines) {
            machine.apply(entry);
        }
    }

    /// Adds a row that no machine keeps in memory, such as one metered interval.
    public void write(Object row) {
        if (!replaying) {
            rows.add(row);
        }
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
        machines.forEach(Machine::restored);
    }

    @SuppressWarnings("unchecked") // the journal returns what was put under this name
    private static void restore(@Nullable StagedMap<?, ?> map, String name, Map<?, ?> content) {
        if (map == null && content.isEmpty()) {
            return; // a table of somebody who is not here, and has nothing in it
        }
        if (map == null) {
            throw new IllegalStateException("the journal holds a map that no machine has: " + name);
        }
        content.forEach(((StagedMap<Object, Object>) map)::restore);
    }

    /// Forgets everything: another server leads, and what is here grows old.
    void clear() {
        undo.clear();
        entries.clear();
        rows.clear();
        sealedUndo = 0;
        sealedEntries = 0;
        unsettledEntries = 0;
        nextSequence = 0;
        maps.values().forEach(StagedMap::clear);
        machines.forEach(Machine::restored);
    }

    /// Takes an entry over as it stands in the journal, without making it anew. Whoever replays all
    /// of a journal has the state that it adds up to, in [#contents].
    public void replay(Entry entry) {
        if (entry.sequence() != nextSequence) {
            throw new IllegalArgumentException(
                    "expected entry " + nextSequence + ", found " + entry.sequence());
        }
        nextSequence++;
        replaying = true;
        try {
            apply(entry);
        } finally {
            replaying = false;
        }
    }

    /// What is taken over from a journal stands already: nothing of it is kept to be undone or
    /// written.
    boolean isReplaying() {
        return replaying;
    }

    /// What is open stands, without a journal.
    void commit() {
        undo.clear();
        entries.clear();
        rows.clear();
        maps.values().forEach(StagedMap::forget);
    }

    /// All rows of all maps, by the map's name.
    public Map<String, Map<?, ?>> contents() {
        var contents = new LinkedHashMap<String, Map<?, ?>>();
        maps.forEach((name, map) -> contents.put(name, map.asMap()));
        return contents;
    }

    void onRollback(Runnable step) {
        if (!replaying) {
            undo.addLast(step);
        }
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

    long nextSequence() {
        return nextSequence;
    }

    /// How many entries were made since the last seal.
    int openEntries() {
        return entries.size();
    }

    /// Whether one plain transfer under this id is all that was recorded since the mark.
    boolean isRecordedBy(UUID id, Mark mark) {
        return entries.size() == mark.entries() + 1
                && entries.getLast().fact() instanceof TransferPosted posted
                && posted.role() == TransferPosted.Role.PLAIN
                && posted.transfer().id().equals(id);
    }

    Mark mark() {
        return new Mark(undo.size(), entries.size(), rows.size(), nextSequence);
    }

    /// Undoes what was staged since the mark, which must be of the open batch.
    void rollBackTo(Mark mark) {
        while (undo.size() > mark.undoSteps()) {
            undo.removeLast().run();
        }
        entries.subList(mark.entries(), entries.size()).clear();
        rows.subList(mark.rows(), rows.size()).clear();
        nextSequence = mark.nextSequence();
    }

    /// Entries whose effect on totals the tables do not have yet, those of the open batch included.
    long unsettledEntries() {
        return unsettledEntries + entries.size();
    }

    /// How many totals differ from what their tables hold.
    int touchedTotals() {
        return maps.values().stream().filter(StagedMap::isTotal).mapToInt(StagedMap::touched).sum();
    }

    /// Closes the open batch. No other may be sealed at the time; the next one opens on top of it.
    ///
    /// @param settleTotals whether it takes the changes of totals along
    Batch seal(UUID id, List<Decided> decided, boolean settleTotals) {
        if (sealedEntries != 0) {
            throw new IllegalStateException("a batch is on its way already");
        }
        record(BatchSealed.over(id, decided));
        var changes = new ArrayList<StagedMap.Change>();
        for (var map : maps.values()) {
            if (settleTotals || !map.isTotal()) {
                changes.addAll(map.changes());
                map.seal();
            }
        }
        var batch = new Batch(id, epoch, entries, decided, changes, rows, settleTotals);
        sealedUndo = undo.size();
        sealedEntries = entries.size();
        unsettledBeforeSeal = unsettledEntries;
        unsettledEntries = settleTotals ? 0 : unsettledEntries + entries.size();
        entries.clear();
        rows.clear();
        return batch;
    }

    /// The sealed batch is durable.
    void commitSealed() {
        for (; sealedUndo > 0; sealedUndo--) {
            undo.removeFirst();
        }
        sealedEntries = 0;
        maps.values().forEach(StagedMap::commitSealed);
    }

    /// Takes back the open batch and the sealed one, if there is one.
    void discard() {
        if (sealedEntries > 0) {
            unsettledEntries = unsettledBeforeSeal;
        }
        rollBackTo(new Mark(0, 0, 0, nextSequence - entries.size() - sealedEntries));
        sealedUndo = 0;
        sealedEntries = 0;
        maps.values().forEach(StagedMap::discard);
    }

    record Mark(int undoSteps, int entries, int rows, long nextSequence) {}
}
