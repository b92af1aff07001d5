package org.wattmark.server.log;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether what is committed is being published: what cannot be proven should not be promised.
final class LogHealth implements HealthIndicator {

    private final Publisher publisher;

    LogHealth(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Health health() {
        return publisher
                .complaint()
                .map(reason -> Health.down().withDetail("reason", reason).build())
                .orElseGet(() -> Health.up().build());
    }
}
