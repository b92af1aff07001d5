package org.wattmark.server.ledger;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.wattmark.ledger.Sequencer.Event;

/// Tells an operator what the sequencer meets: in the server's log, and in its readiness.
///
/// A sequencer that has stopped takes no writes for ever, so nobody should send any here. One that
/// waits for the database goes on by itself; readiness asks the database too.
final class SequencerWatch implements Consumer<Event>, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(SequencerWatch.class);

    private volatile @Nullable String trouble;
    private boolean waiting;

    /// Called on the sequencer's thread.
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
                trouble = null;
            }
            case Event.Fenced _ -> {
                LOG.error("another server has taken the lead: no writes here until it is gone");
                trouble = "another server has taken the lead";
            }
            case Event.Failed(var cause) -> {
                LOG.error("ALARM: the sequencer has failed", cause);
                trouble = "the sequencer has failed";
            }
        }
    }

    @Override
    public Health health() {
        var reason = trouble;
        return reason == null
                ? Health.up().build()
                : Health.down().withDetail("reason", reason).build();
    }
}
