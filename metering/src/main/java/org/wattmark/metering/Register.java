package org.wattmark.metering;

import java.math.BigInteger;
import java.time.Duration;

/// A meter's counter of energy, and what stands behind it.
///
/// @param rollsOverAt the first count in Wh that it cannot show: the next is 0 again
/// @param mostWatts what can flow through the meter at the most: the inverters' nameplate, or the
///   connection's fuses. It tells a roll-over from a counter that runs backwards
public record Register(long rollsOverAt, long mostWatts) {

    /// Both ends of a difference are counts that are rounded down.
    private static final long RESOLUTION_WATT_HOURS = 1;

    private static final long MAX_DIGITS = 12;
    private static final long MAX_BITS = 62;

    public Register {
        if (rollsOverAt < 1_000) {
            throw new IllegalArgumentException(
                    "a register counts to a kilowatt-hour at least, not to " + rollsOverAt);
        }
        if (mostWatts < 1 || mostWatts > Installation.MAX_WATTS_PEAK) {
            throw new IllegalArgumentException("no meter carries " + mostWatts + " W");
        }
    }

    /// A dial of so many digits before the point, in kWh: five go to 99,999.
    public static Register ofKilowattHourDigits(int digits, long mostWatts) {
        if (digits < 1 || digits > MAX_DIGITS) {
            throw new IllegalArgumentException("a dial has 1 to " + MAX_DIGITS + " digits");
        }
        return new Register(BigInteger.TEN.pow(digits).longValueExact() * 1_000, mostWatts);
    }

    /// A binary counter of so many bits, in Wh: Modbus meters mostly have 32.
    public static Register ofBits(int bits, long mostWatts) {
        if (bits < 10 || bits > MAX_BITS) {
            throw new IllegalArgumentException("a counter has 10 to " + MAX_BITS + " bits");
        }
        return new Register(1L << bits, mostWatts);
    }

    /// What can have been counted in this time, rounded up.
    long mostWattHours(Duration time) {
        long wattSeconds = Math.multiplyExact(mostWatts, time.toSeconds());
        return Math.ceilDiv(wattSeconds, 3_600L) + RESOLUTION_WATT_HOURS;
    }
}
