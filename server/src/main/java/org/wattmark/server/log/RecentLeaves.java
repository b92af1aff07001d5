package org.wattmark.server.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.ledger.Entry;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Leaves;

/// The leaves of the latest commits, so that what was just written to the database need not be read
/// back from it. Whatever is not at hand comes from the journal.
final class RecentLeaves implements Leaves {

    /// A few seconds at full load; some 100 MB. What does not fit is forgotten and read instead.
    static final int MOST_ENTRIES = 262_144;

    private final Leaves journal;
    private final ArrayDeque<List<Entry>> commits = new ArrayDeque<>();
    private int entries;

    RecentLeaves(Leaves journal) {
        this.journal = journal;
    }

    /// Called on the sequencer's thread: it hashes nothing.
    synchronized void add(List<Entry> committed) {
        if (committed.isEmpty()) {
            return;
        }
        var last = commits.peekLast();
        boolean follows =
                last == null || last.getLast().sequence() + 1 == committed.getFirst().sequence();
        if (!follows || entries + committed.size() > MOST_ENTRIES) {
            forget();
        }
        if (committed.size() <= MOST_ENTRIES) {
            commits.addLast(committed);
            entries += committed.size();
        }
    }

    private void forget() {
        commits.clear();
        entries = 0;
    }

    @Override
    public List<Hash> from(long index) {
        var recent = take(index);
        return recent.isEmpty()
                ? journal.from(index)
                : recent.stream().map(it -> Hash.of(it.leafHash())).toList();
    }

    /// All entries at hand from `index` on, which are then no longer at hand; none if the first of
    /// them is not.
    private synchronized List<Entry> take(long index) {
        while (!commits.isEmpty() && commits.getFirst().getLast().sequence() < index) {
            entries -= commits.removeFirst().size();
        }
        if (commits.isEmpty() || commits.getFirst().getFirst().sequence() > index) {
            return List.of();
        }
        var taken = new ArrayList<Entry>(entries);
        commits.forEach(taken::addAll);
        forget();
        return taken.subList((int) (index - taken.getFirst().sequence()), taken.size());
    }
}
