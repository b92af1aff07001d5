package org.wattmark.server.edge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.wattmark.metering.Channel;
import org.wattmark.metering.RegisterReading;

/// What one counter of a source showed.
///
/// @param at when, a whole second
/// @param wattHours cumulated, rounded down
/// @param rollsOverAt the first count in Wh that it cannot show
record Count(Channel channel, Instant at, long wattHours, long rollsOverAt) {

    /// For counters that are numbers in a text: they do not roll over.
    static final long NEVER = 1L << 62;

    static Count of(Channel channel, Instant at, long wattHours, long rollsOverAt) {
        return new Count(channel, at.truncatedTo(ChronoUnit.SECONDS), wattHours, rollsOverAt);
    }

    RegisterReading reading() {
        return new RegisterReading(at, wattHours);
    }
}
