package org.wattmark.server.ledger;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.wattmark.ledger.Sequencer;

/// What the leading server does by itself from time to time, and no other server. A chore may be
/// done twice, or later: what the database could not do now is left to the next turn.
public final class LeaderChores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderChores.class);

    /// So that one long chore does not keep the others of its kind waiting.
    private static final int THREADS = 2;

    /// For the statement that is under way when the server stops: interrupted, it would cost its
    /// connection.
    private static final int LAST_TURN_SECONDS = 2;

    private final Sequencer sequencer;
    private final String what;
    private final ScheduledExecutorService threads;

    /// @param what these chores do, for their threads and the log: "rewards"
    public LeaderChores(Sequencer sequencer, String what) {
        this.sequencer = sequencer;
        this.what = what;
        this.threads =
                Executors.newScheduledThreadPool(
                        THREADS, Thread.ofPlatform().daemon().name(what + "-", 0).factory());
    }

    /// Does it each time that so long has passed since it was done.
    public LeaderChores every(Duration pause, Runnable chore) {
        return untilDone(
                pause,
                () -> {
                    chore.run();
                    return false;
                });
    }

    /// Does it again and again until it says that there is no more to do, and then pauses.
    public LeaderChores untilDone(Duration pause, BooleanSupplier moreIsLeft) {
        var _ =
                threads.scheduleWithFixedDelay(
                        () -> attempt(moreIsLeft),
                        pause.toMillis(),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
        return this;
    }

    private void attempt(BooleanSupplier moreIsLeft) {
        try {
            boolean more = true;
            while (more && sequencer.isLeading() && !threads.isShutdown()) {
                more = moreIsLeft.getAsBoolean();
            }
        } catch (DataAccessException | TransactionException | Sequencer.Unavailable e) {
            LOG.warn("{} wait for their next turn: {}", what, e.toString());
        } catch (RuntimeException e) {
            LOG.error("ALARM: {} have failed", what, e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(LAST_TURN_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
