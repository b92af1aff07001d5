package org.wattmark.server.edge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The registers of one SunSpec model, behind its id and length.
///
/// Types, their "not implemented" values and scale factors are those of the SunSpec Device
/// Information Model Specification 1.2 (6.4 and 6.5).
///
/// @param model the model's id, which errors name
/// @param registers big-endian, two bytes each
record SunSpecBlock(int model, ByteBuffer registers) {

    private static final int LARGEST_SCALE = 10;

    /// A counter in whole watt-hours, and where it rolls over.
    record Counter(long wattHours, long rollsOverAt) {}

    /// What stands in the registers cannot be.
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /// `acc32` with a scale factor. 0 is "no value": inverters that wake up show it for a moment.
    Counter acc32(String name, int at, int scaleAt) throws Unreadable {
        long count = Integer.toUnsignedLong(registers.getInt(2 * at));
        if (count == 0) {
            throw new Unreadable(point(name) + " is 0, which says that there is no value");
        }
        return scaled(name, BigDecimal.valueOf(count), BigDecimal.valueOf(1L << 32), scaleAt);
    }

    /// `uint64` with a scale factor.
    Counter uint64(String name, int at, int scaleAt) throws Unreadable {
        long count = registers.getLong(2 * at);
        if (count == -1) {
            throw new Unreadable(point(name) + " is not implemented (0xFFFFFFFFFFFFFFFF)");
        }
        if (count < 0) {
            throw new Unreadable(
                    point(name)
                            + " is "
                            + Long.toUnsignedString(count)
                            + ": no meter counts so far");
        }
        var end = BigDecimal.TWO.pow(64);
        return scaled(name, BigDecimal.valueOf(count), end, scaleAt);
    }

    /// `float32` in watt-hours. Past 16.8 MWh its steps are longer than one.
    Counter float32(String name, int at) throws Unreadable {
        float count = registers.getFloat(2 * at);
        if (!Float.isFinite(count)) {
            throw new Unreadable(point(name) + " is not implemented (" + count + ")");
        }
        if (count < 0) {
            throw new Unreadable(point(name) + " is " + count + " Wh: a counter is not negative");
        }
        return counter(name, new BigDecimal(count), BigDecimal.valueOf(Count.NEVER));
    }

    private Counter scaled(String name, BigDecimal count, BigDecimal end, int scaleAt)
            throws Unreadable {
        int scale = scale(name, scaleAt);
        return counter(name, count.scaleByPowerOfTen(scale), end.scaleByPowerOfTen(scale));
    }

    /// Both are rounded down, so a roll-over counts a watt-hour too little rather than too much.
    private Counter counter(String name, BigDecimal wattHours, BigDecimal end) throws Unreadable {
        var never = BigDecimal.valueOf(Count.NEVER);
        if (wattHours.compareTo(never) >= 0) {
            throw new Unreadable(point(name) + " is " + wattHours + " Wh: no meter counts so far");
        }
        return new Counter(floor(wattHours), floor(end.min(never)));
    }

    private static long floor(BigDecimal wattHours) {
        return wattHours.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private int scale(String name, int at) throws Unreadable {
        short scale = registers.getShort(2 * at);
        if (scale == Short.MIN_VALUE) {
            throw new Unreadable("the scale factor of " + point(name) + " is not implemented");
        }
        if (Math.abs(scale) > LARGEST_SCALE) {
            throw new Unreadable(
                    "the scale factor of "
                            + point(name)
                            + " is "
                            + scale
                            + "; it lies between -"
                            + LARGEST_SCALE
                            + " and "
                            + LARGEST_SCALE);
        }
        return scale;
    }

    /// Power of type `int16` in W, rounded down; empty if it is not implemented.
    Optional<Long> watts16(int at, int scaleAt) {
        short watts = registers.getShort(2 * at);
        short scale = registers.getShort(2 * scaleAt);
        if (watts == Short.MIN_VALUE || Math.abs(scale) > LARGEST_SCALE) {
            return Optional.empty();
        }
        return Optional.of(floor(BigDecimal.valueOf(watts).scaleByPowerOfTen(scale)));
    }

    /// Power of type `float32` in W, rounded down; empty if it is not implemented.
    Optional<Long> wattsFloat(int at) {
        float watts = registers.getFloat(2 * at);
        return Math.abs(watts) < Count.NEVER // false for NaN
                ? Optional.of(floor(new BigDecimal(watts)))
                : Optional.empty();
    }

    /// Text up to the first NUL, without blanks around it.
    String text(int at, int length) {
        var bytes = new byte[2 * length];
        registers.get(2 * at, bytes);
        var text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf(0);
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    private String point(String name) {
        return "model " + model + " " + name;
    }
}
