package org.wattmark.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until the test moves it.
public final class SettableClock implements InstantSource {

    private volatile Instant now;

    public SettableClock(Instant start) {
        this.now = start;
    }

    /// Starts at an RFC 3339 instant, such as `2026-03-01T00:00:00Z`.
    public static SettableClock at(String instant) {
        return new SettableClock(Instant.parse(instant));
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration step) {
        now = now.plus(step);
    }

    /// Moves to any instant, also backwards, as a wrong system clock would.
    public void set(Instant instant) {
        now = instant;
    }
}
