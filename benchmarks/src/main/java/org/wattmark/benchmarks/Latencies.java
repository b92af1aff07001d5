package org.wattmark.benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes the times of up to so many transfers, from any thread; those beyond are counted only.
final class Latencies {

    private static final int MOST = 4_000_000;

    private final long[] nanos = new long[MOST];
    private final AtomicInteger count = new AtomicInteger();

    void add(long elapsedNanos) {
        int index = count.getAndIncrement();
        if (index < MOST) {
            nanos[index] = elapsedNanos;
        }
    }

    int count() {
        return count.get();
    }

    long[] all() {
        return Arrays.copyOf(nanos, Math.min(count.get(), MOST));
    }
}
