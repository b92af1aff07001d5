package org.wattmark.metering;

import java.time.Instant;

/// What a meter's register showed: energy cumulated since it was made, never over some interval.
///
/// @param at a whole second
public record RegisterReading(Instant at, long wattHours) {

    public RegisterReading {
        if (!at.equals(Instant.ofEpochSecond(at.getEpochSecond()))) {
            throw new IllegalArgumentException("a register is read at a whole second, not " + at);
        }
        if (wattHours < 0) {
            throw new IllegalArgumentException("a register never shows " + wattHours + " Wh");
        }
    }
}
