package org.wattmark.metering;

import java.time.Instant;

/// A meter was exchanged, or its register was set: the one way in which a count may fall without a
/// roll-over. Who did it says so; it is never guessed from the numbers.
///
/// @param at when
/// @param lastWattHours the count of the old register at that time
/// @param firstWattHours the count of the new one
/// @param register the new one
public record RegisterReset(
        Instant at, long lastWattHours, long firstWattHours, Register register) {

    RegisterReading last() {
        return new RegisterReading(at, lastWattHours);
    }

    RegisterReading first() {
        return new RegisterReading(at, firstWattHours);
    }
}
