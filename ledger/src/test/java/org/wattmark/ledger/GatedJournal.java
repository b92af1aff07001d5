package org.wattmark.ledger;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A journal with a gate: while it is shut, an append waits before it. So a test has a batch in
/// hand, and may let the next one gather behind it.
final class GatedJournal extends ForwardingJournal {

    private volatile Gate gate = new Gate();

    GatedJournal(Journal store) {
        super(store);
        gate.open.countDown();
    }

    void shut() {
        gate = new Gate();
    }

    void open() {
        gate.open.countDown();
    }

    /// Waits until a batch stands before the gate.
    void awaitBatch() throws InterruptedException {
        await(gate.arrived);
    }

    /// A sequencer that is told to stop does not tear the batch out of the store's hand: the gate
    /// opens, and the batch goes through.
    @Override
    public Appended append(Batch batch) {
        var closed = gate;
        closed.arrived.countDown();
        try {
            await(closed.open);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return store.append(batch);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody came to the gate in 10 s");
        }
    }

    private static final class Gate {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
    }
}
