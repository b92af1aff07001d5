package org.wattmark.ledger;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What ids stand for that were decided or looked up a moment ago, durable or not yet. Clients that
/// ask again do so soon, so most of them are answered from here.
///
/// An id that is not here may still be taken: the journal says so, when the batch comes.
final class RecentDecisions {

    /// A few seconds at full speed, in some 50 MB. It must hold more than the batches in hand.
    private static final int MOST = 1 << 17;

    private final Map<UUID, Decided> byId =
            new LinkedHashMap<>(MOST) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, Decided> eldest) {
                    return size() > MOST;
                }
            };

    @Nullable Decided of(UUID id) {
        return byId.get(id);
    }

    void add(Decided decided) {
        byId.put(decided.id(), decided);
    }

    void addAll(Map<UUID, Decided> decided) {
        byId.putAll(decided);
    }

    void forget(Iterable<Decided> decided) {
        decided.forEach(each -> byId.remove(each.id()));
    }

    void clear() {
        byId.clear();
    }

    /// For tests: what is remembered.
    Map<UUID, Decided> all() {
        return new HashMap<>(byId);
    }
}
