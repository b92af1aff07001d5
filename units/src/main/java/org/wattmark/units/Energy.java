package org.wattmark.units;

import java.math.BigDecimal;
import java.util.Collection;

/// Electrical energy over some interval, in whole watt-hours, 0 to 2^63 − 1. Never a running
/// register count.
public record Energy(long wattHours) implements Comparable<Energy> {

    public static final Energy ZERO = new Energy(0);

    public Energy {
        if (wattHours < 0) {
            throw new IllegalArgumentException("energy is negative: " + wattHours + " Wh");
        }
    }

    public static Energy ofKilowattHours(long kilowattHours) {
        return new Energy(Math.multiplyExact(kilowattHours, 1_000L));
    }

    public static Energy sum(Collection<Energy> parts) {
        return parts.stream().reduce(ZERO, Energy::plus);
    }

    /// Adds exactly: past 2^63 − 1 Wh it throws `ArithmeticException`, it never wraps.
    public Energy plus(Energy other) {
        return new Energy(Math.addExact(wattHours, other.wattHours));
    }

    /// Subtracts exactly; a negative rest is `IllegalArgumentException`.
    public Energy minus(Energy other) {
        return new Energy(wattHours - other.wattHours);
    }

    /// Exact: a watt-hour is 0.001 kWh.
    public BigDecimal kilowattHours() {
        return BigDecimal.valueOf(wattHours, 3);
    }

    public boolean isZero() {
        return wattHours == 0;
    }

    @Override
    public int compareTo(Energy other) {
        return Long.compare(wattHours, other.wattHours);
    }

    @Override
    public String toString() {
        return wattHours + " Wh";
    }
}
