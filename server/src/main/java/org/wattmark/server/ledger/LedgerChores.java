package org.wattmark.server.ledger;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.wattmark.ledger.Sequencer;

/// What the leading server does by itself, every second. Each chore may be done twice, or a second
/// later.
final class LedgerChores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerChores.class);

    private static final int PERIOD_SECONDS = 1;

    private final Sequencer sequencer;
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(
                    2, Thread.ofPlatform().daemon().name("ledger-chore-", 0).factory());

    LedgerChores(Sequencer sequencer, HoldExpiry expiry, AccountHistory history) {
        this.sequencer = sequencer;
        every(expiry::releaseDue);
        every(() -> catchUp(history));
    }

    private void every(Runnable chore) {
        var _ =
                threads.scheduleWithFixedDelay(
                        () -> attempt(chore), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void attempt(Runnable chore) {
        if (!sequencer.isLeading()) {
            return;
        }
        try {
            chore.run();
        } catch (DataAccessException | Sequencer.Unavailable e) {
            LOG.warn("a chore waits for its next turn: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("ALARM: a chore has failed", e);
        }
    }

    private void catchUp(AccountHistory history) {
        boolean more = true;
        while (more && sequencer.isLeading() && !Thread.currentThread().isInterrupted()) {
            more = history.catchUp();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
