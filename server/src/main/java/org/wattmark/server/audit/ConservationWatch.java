package org.wattmark.server.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Looks every minute whether the books conserve what was issued and paid in, and tells everybody
/// when they do not.
///
/// An alarm stays until somebody has looked into it and starts the server again: what is wrong in
/// the database does not become right by itself.
final class ConservationWatch implements HealthIndicator, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConservationWatch.class);

    static final Duration INTERVAL = Duration.ofSeconds(60);

    private final Conservation conservation;
    private final Timer timer;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("conservation").factory());

    private volatile List<String> violations = List.of();
    private volatile String missed = "";

    ConservationWatch(Conservation conservation, MeterRegistry meters) {
        this.conservation = conservation;
        this.timer =
                Timer.builder("wattmark.conservation.look")
                        .description("How long it takes to compare balances with the journal")
                        .register(meters);
        Gauge.builder("wattmark.conservation.violations", this, watch -> watch.violations.size())
                .description("What was found wrong when balances were compared with the journal")
                .strongReference(true)
                .register(meters);
    }

    void start() {
        var _ = clock.scheduleWithFixedDelay(this::look, 0, INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /// One look. It never throws: nobody would hear of it, and there would be no other.
    synchronized void look() {
        try {
            timer.record(() -> {
                var wrong = conservation.look();
                if (!wrong.isEmpty()) {
                    wrong.forEach(each -> LOG.error("ALARM: the books do not balance: {}", each));
                    violations = wrong;
                }
            });
            missed = "";
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("the books were not looked at: {}", e.toString());
            missed = "the last look failed";
        } catch (RuntimeException e) {
            LOG.error("ALARM: the books cannot be looked at", e);
            violations = List.of("the books cannot be looked at: " + e);
        }
    }

    @Override
    public Health health() {
        var wrong = violations;
        var health = wrong.isEmpty() ? Health.up() : Health.down();
        if (!wrong.isEmpty()) {
            health.withDetail("reason", "the books do not balance").withDetail("found", wrong);
        }
        if (!missed.isEmpty()) {
            health.withDetail("missed", missed);
        }
        return health.build();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
