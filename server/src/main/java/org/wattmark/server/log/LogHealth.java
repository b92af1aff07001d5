package org.wattmark.server.log;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether what is committed is being published: what cannot be proven should not be promised.
///
/// A witness that does not cosign is told of, and makes nobody unready: the log goes on.
final class LogHealth implements HealthIndicator {

    private final Publisher publisher;
    private final Witnesses witnesses;

    LogHealth(Publisher publisher, Witnesses witnesses) {
        this.publisher = publisher;
        this.witnesses = witnesses;
    }

    @Override
    public Health health() {
        var complaint = publisher.complaint();
        var health = complaint.isEmpty() ? Health.up() : Health.down();
        complaint.ifPresent(reason -> health.withDetail("reason", reason));
        var states = witnesses.states();
        if (!states.isEmpty()) {
            health.withDetail("witnesses", states);
        }
        return health.build();
    }
}
