package org.wattmark.ledger;

import java.util.concurrent.CompletableFuture;

/// A sequencer without threads: whoever holds it makes each step. For simulations, in which nothing
/// may happen by itself.
public final class SteppedSequencer {

    private final Sequencer sequencer;

    SteppedSequencer(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    public <O> CompletableFuture<O> submit(Command<O> command) {
        return sequencer.submit(command);
    }

    public boolean isRunning() {
        return sequencer.isRunning();
    }

    /// Decides some of what waits, takes it to the journal, and answers. When it has stopped, what
    /// still waits is refused.
    ///
    /// @return whether there was anything to do
    public boolean step() {
        try {
            return sequencer.step();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
