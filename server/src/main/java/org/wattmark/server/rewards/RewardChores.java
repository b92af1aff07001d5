package org.wattmark.server.rewards;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.wattmark.ledger.Sequencer;

/// Lets the leading server reward what was metered, every few minutes. A round may be done twice,
/// or later.
final class RewardChores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RewardChores.class);

    private static final int PERIOD_MINUTES = 5;

    private final Sequencer sequencer;
    private final RewardAccrual accrual;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("reward-chore").factory());

    RewardChores(Sequencer sequencer, RewardAccrual accrual) {
        this.sequencer = sequencer;
        this.accrual = accrual;
        var _ =
                thread.scheduleWithFixedDelay(
                        this::attempt, PERIOD_MINUTES, PERIOD_MINUTES, TimeUnit.MINUTES);
    }

    private void attempt() {
        if (!sequencer.isLeading()) {
            return;
        }
        try {
            accrual.run();
        } catch (DataAccessException | Sequencer.Unavailable e) {
            LOG.warn("rewards wait for their next turn: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("ALARM: rewarding has failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
