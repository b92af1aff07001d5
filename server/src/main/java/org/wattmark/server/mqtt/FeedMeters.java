package org.wattmark.server.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what comes by MQTT and what becomes of it.
final class FeedMeters {

    private final Counter received;
    private final Counter taken;
    private final Counter refused;
    private final Counter unavailable;

    FeedMeters(MeterRegistry registry) {
        received =
                Counter.builder("wattmark.mqtt.batches.received")
                        .description("Batches that came by MQTT, the redelivered ones too")
                        .register(registry);
        taken = decided(registry, "taken");
        refused = decided(registry, "refused");
        unavailable =
                Counter.builder("wattmark.mqtt.batches.unavailable")
                        .description("Attempts to decide a batch that have to be made again")
                        .register(registry);
    }

    private static Counter decided(MeterRegistry registry, String outcome) {
        return Counter.builder("wattmark.mqtt.batches.decided")
                .description("Batches that came by MQTT and were decided")
                .tag("outcome", outcome)
                .register(registry);
    }

    void countReceived() {
        received.increment();
    }

    void countTaken() {
        taken.increment();
    }

    void countRefused() {
        refused.increment();
    }

    void countUnavailable() {
        unavailable.increment();
    }
}
