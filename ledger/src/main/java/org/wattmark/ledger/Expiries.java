package org.wattmark.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds that expire, in the order in which they do. It is an index of the holds' map: made from it
/// at the first question, kept in step by each change, and taken back with the batch.
final class Expiries {

    private static final Comparator<Due> ORDER =
            Comparator.comparing(Due::expires).thenComparing(Due::hold);

    private final Staging staging;
    private final StagedMap<UUID, Hold> holds;

    /// Null until somebody asks: what a server restores at its start reaches the map alone.
    private @Nullable NavigableSet<Due> inOrder;

    Expiries(Staging staging, StagedMap<UUID, Hold> holds) {
        this.staging = staging;
        this.holds = holds;
    }

    /// The first hold that has expired at this time and comes after the one that is given.
    @Nullable Due after(@Nullable Due last, Instant now) {
        var all = inOrder();
        var next = last == null ? (all.isEmpty() ? null : all.first()) : all.higher(last);
        return next == null || now.isBefore(next.expires()) ? null : next;
    }

    /// The holds changed as a whole: the index is made again at the next question.
    void forget() {
        inOrder = null;
    }

    void begins(Hold hold) {
        var due = Due.of(hold);
        if (due != null) {
            add(due);
            staging.onRollback(() -> remove(due));
        }
    }

    void ends(Hold hold) {
        var due = Due.of(hold);
        if (due != null) {
            remove(due);
            staging.onRollback(() -> add(due));
        }
    }

    private void add(Due due) {
        if (inOrder != null) {
            inOrder.add(due);
        }
    }

    private void remove(Due due) {
        if (inOrder != null) {
            inOrder.remove(due);
        }
    }

    private NavigableSet<Due> inOrder() {
        var all = inOrder;
        if (all == null) {
            all = new TreeSet<>(ORDER);
            for (var hold : holds.values()) {
                var due = Due.of(hold);
                if (due != null) {
                    all.add(due);
                }
            }
            inOrder = all;
        }
        return all;
    }

    record Due(Instant expires, UUID hold) {

        static @Nullable Due of(Hold hold) {
            var expires = hold.terms().expires();
            return expires == null ? null : new Due(expires, hold.id());
        }
    }
}
