package org.wattmark.server.house.planted.units;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Planted: three ways to read the clock.
final class ReadsTheClock {

    static final InstantSource CLOCK = InstantSource.system();
    static final Supplier<Instant> LATER = Instant::now;

    private ReadsTheClock() {}

    static long milliseconds() {
        return System.currentTimeMillis();
    }
}
