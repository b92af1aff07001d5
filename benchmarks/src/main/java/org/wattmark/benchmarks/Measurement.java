package org.wattmark.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/// What one run measured.
final class Measurement {

    private final String name;
    private final double perSecond;
    private final long[] sortedNanos;

    /// @param nanos how long each of some transfers took, from its wish to its durable answer
    Measurement(String name, long transfers, Duration elapsed, long[] nanos) {
        this.name = name;
        this.perSecond = transfers * 1e9 / elapsed.toNanos();
        this.sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    String name() {
        return name;
    }

    double perSecond() {
        return perSecond;
    }

    double percentileMillis(double percentile) {
        int index = (int) Math.ceil(percentile * sortedNanos.length) - 1;
        return sortedNanos.length == 0 ? Double.NaN : sortedNanos[Math.max(0, index)] / 1e6;
    }
}
