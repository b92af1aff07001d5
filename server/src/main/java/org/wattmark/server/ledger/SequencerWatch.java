package org.wattmark.server.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.wattmark.ledger.Sequencer.Event;

/// Tells an operator what the sequencer meets: in the server's log, and in its health.
///
/// A server leads, or stands by while another leads, or is in trouble: a sequencer that has failed
/// takes no writes for ever, so nobody should send any there. One that waits for the database goes
/// on by itself; readiness asks the database too.
final class SequencerWatch implements Consumer<Event>, HealthIndicator {

    /// It answers reads and no writes. Whoever asks for readiness is told so with 200, whoever asks
    /// for the leader with 503.
    static final Status STANDING_BY = new Status("STANDING_BY", "another server leads");

    private static final Logger LOG = LoggerFactory.getLogger(SequencerWatch.class);

    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean leads;
    private volatile @Nullable String trouble;
    private boolean waiting;

    /// Called on the sequencer's threads.
    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.Committed _ -> waiting = false;
            case Event.Waiting(var cause) -> {
                if (!waiting) {
                    LOG.warn("the journal does not answer, commands wait: {}", cause);
                }
                waiting = true;
            }
            case Event.Violated(var command, var cause) ->
                    LOG.error("ALARM: command {} is quarantined: {}", command.id(), cause);
            case Event.Leads(var epoch) -> {
                LOG.info("this server leads, in epoch {}", epoch);
                waiting = false;
                leads = true;
                begun.countDown();
            }
            case Event.Fenced _ -> {
                LOG.warn("another server has taken the lead: this one stands by");
                leads = false;
            }
            case Event.Failed(var cause) -> {
                LOG.error("ALARM: the sequencer has failed: no writes until a restart", cause);
                trouble = "the sequencer has failed: " + cause.getMessage();
                begun.countDown();
            }
        }
    }

    /// Waits until this server leads or cannot, and says whether that was within the time.
    boolean awaitLead(Duration patience) {
        try {
            return begun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean leads() {
        return leads;
    }

    /// Why nothing is decided here until a restart; empty when all is well.
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public Health health() {
        var reason = trouble;
        if (reason != null) {
            return Health.down().withDetail("reason", reason).build();
        }
        return leads ? Health.up().build() : Health.status(STANDING_BY).build();
    }
}
