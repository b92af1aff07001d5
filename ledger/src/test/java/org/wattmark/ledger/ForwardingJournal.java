package org.wattmark.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/// A journal before another one; what it does differently, it overrides.
class ForwardingJournal implements Journal {

    final Journal store;

    ForwardingJournal(Journal store) {
        this.store = store;
    }

    @Override
    public long lead() {
        return store.lead();
    }

    @Override
    public OptionalLong leadIfFree() {
        return store.leadIfFree();
    }

    @Override
    public boolean renew(long epoch) {
        return store.renew(epoch);
    }

    @Override
    public void resign(long epoch) {
        store.resign(epoch);
    }

    @Override
    public Loaded load() {
        return store.load();
    }

    @Override
    public Map<UUID, Decided> decided(Collection<UUID> ids) {
        return store.decided(ids);
    }

    @Override
    public Appended append(Batch batch) {
        return store.append(batch);
    }

    @Override
    public boolean isCommitted(UUID batch) {
        return store.isCommitted(batch);
    }
}
