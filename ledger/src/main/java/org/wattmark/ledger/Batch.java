package org.wattmark.ledger;

import java.util.List;
import java.util.UUID;

/// What one commit makes durable: all of it, or nothing.
///
/// @param entries in sequence, the last of them a [BatchSealed]
/// @param changes the net changes of the machines' maps
/// @param settlesTotals whether the changes hold those of [Staging#totals] too, net since the last
///   batch that held them. Until then the totals are what they were, and what the entries since add
/// @param rows what is kept and no machine holds in memory
public record Batch(
        UUID id,
        long epoch,
        List<Entry> entries,
        List<Decided> decided,
        List<StagedMap.Change> changes,
        List<Object> rows,
        boolean settlesTotals) {

    public Batch {
        entries = List.copyOf(entries);
        decided = List.copyOf(decided);
        changes = List.copyOf(changes);
        rows = List.copyOf(rows);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).sequence() != entries.getFirst().sequence() + i) {
                throw new IllegalArgumentException(
                        "entries of a batch follow each other: " + entries.get(i).sequence());
            }
        }
    }

    public long firstSequence() {
        return entries.getFirst().sequence();
    }

    public long lastSequence() {
        return entries.getLast().sequence();
    }
}
