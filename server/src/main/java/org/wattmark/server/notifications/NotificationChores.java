package org.wattmark.server.notifications;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.wattmark.ledger.Sequencer;

/// What the leading server does so that people hear of things. Each chore may be done twice.
final class NotificationChores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationChores.class);

    private static final int HOUR = 3600;

    private final Sequencer sequencer;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("notifications").factory());

    NotificationChores(
            Sequencer sequencer, Telling telling, Mailing mailing, SilentMeters silentMeters) {
        this.sequencer = sequencer;
        every(1, () -> tellAll(telling));
        every(2, mailing::sendDue);
        every(HOUR, silentMeters::tell);
    }

    private void every(int seconds, Runnable chore) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> attempt(chore), seconds, seconds, TimeUnit.SECONDS);
    }

    private void tellAll(Telling telling) {
        boolean more = true;
        while (more && sequencer.isLeading() && !Thread.currentThread().isInterrupted()) {
            more = telling.tellNew();
        }
    }

    private void attempt(Runnable chore) {
        if (!sequencer.isLeading()) {
            return;
        }
        try {
            chore.run();
        } catch (DataAccessException e) {
            LOG.warn("nobody is told anything until this passes: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("ALARM: people are not told what concerns them", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
