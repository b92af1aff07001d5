package org.wattmark.benchmarks;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Ids as clients are advised to make them: UUID version 7 (RFC 9562 §5.7), in the order of time,
/// so that an index takes them at its end.
final class TimeOrderedId {

    private TimeOrderedId() {}

    static UUID next() {
        var random = ThreadLocalRandom.current();
        long time = System.currentTimeMillis() << 16;
        long version = 0x7000 | random.nextInt(0x1000);
        long variant = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
        return new UUID(time | version, variant);
    }
}
