package org.wattmark.simulation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Journal;
import org.wattmark.simulation.Decision.Fault;

/// A server's way to the store, on which each call meets the next fault of a script.
final class FaultyJournal implements Journal {

    private final Store store;

    /// What happens elsewhere while this server is frozen.
    private final Runnable meanwhile;

    private final Deque<Fault> script = new ArrayDeque<>();
    private boolean sawViolation;

    /// Told when the server dies in a call.
    private final Runnable death;

    FaultyJournal(Store store, Runnable meanwhile, Runnable death) {
        this.store = store;
        this.meanwhile = meanwhile;
        this.death = death;
    }

    void meet(List<Fault> faults) {
        script.clear();
        script.addAll(faults);
        sawViolation = false;
    }

    /// Whether a constraint fired in this step for no reason, which may quarantine anybody.
    boolean sawViolation() {
        return sawViolation;
    }

    @Override
    public long lead() {
        return store.lead();
    }

    @Override
    public OptionalLong leadIfFree() {
        return OptionalLong.of(store.lead());
    }

    @Override
    public boolean renew(long epoch) {
        return store.isLed(epoch);
    }

    @Override
    public void resign(long epoch) {
        // Whoever takes the lead here takes it.
    }

    @Override
    public Loaded load() {
        return store.load();
    }

    @Override
    public Map<UUID, Decided> decided(Collection<UUID> ids) {
        var fault = question();
        var found = new HashMap<UUID, Decided>();
        for (var id : ids) {
            var known = store.decided(id);
            if (known != null) {
                found.put(id, known);
            }
        }
        dieAfter(fault);
        return found;
    }

    @Override
    public boolean isCommitted(UUID batch) {
        var fault = question();
        boolean committed = store.isCommitted(batch);
        dieAfter(fault);
        return committed;
    }

    /// A question changes nothing: it is answered, or it is not.
    private Fault question() {
        var fault = next();
        switch (fault) {
            case REFUSED, LOST, ANSWER_LOST, LATE, STORE_DIES -> {
                if (fault == Fault.STORE_DIES) {
                    store.restart();
                }
                throw new Unreachable("the store does not answer", new IOException("simulated"));
            }
            case NONE, VIOLATED, DIES_BEFORE, DIES_AFTER, FROZEN -> {}
        }
        return fault;
    }

    @Override
    public Appended append(Batch batch) {
        var fault = next();
        var appended =
                switch (fault) {
                    case NONE, DIES_BEFORE, DIES_AFTER, FROZEN -> store.append(batch);
                    case REFUSED -> new Appended.NotCommitted("no space left on device");
                    case LOST -> new Appended.Unknown("the connection broke before the commit");
                    case ANSWER_LOST -> answerLost(batch);
                    case LATE -> {
                        store.appendLate(batch);
                        yield new Appended.Unknown("the connection broke during the commit");
                    }
                    case VIOLATED -> {
                        sawViolation = true;
                        yield store.violate(batch);
                    }
                    case STORE_DIES -> {
                        store.restart();
                        yield new Appended.Unknown("the store went away");
                    }
                };
        dieAfter(fault);
        return appended;
    }

    private Appended answerLost(Batch batch) {
        var appended = store.append(batch);
        return appended instanceof Appended.Committed
                ? new Appended.Unknown("the connection broke after the commit")
                : appended;
    }

    private Fault next() {
        var fault = script.isEmpty() ? Fault.NONE : script.remove();
        if (fault == Fault.DIES_BEFORE) {
            death.run();
            throw new Crash("before a call to the store");
        }
        if (fault == Fault.FROZEN) {
            meanwhile.run();
        }
        return fault;
    }

    private void dieAfter(Fault fault) {
        if (fault == Fault.DIES_AFTER) {
            death.run();
            throw new Crash("after a call to the store");
        }
    }
}
