package org.wattmark.emissions;

import java.math.BigDecimal;

/// How much of something was used: an exact number and its unit, never negative.
public record Quantity(BigDecimal amount, ActivityUnit unit) {

    public Quantity {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a quantity is negative: " + amount);
        }
    }

    Quantity in(ActivityUnit other) {
        return unit.equals(other) ? this : new Quantity(unit.convert(amount, other), other);
    }

    /// As a person reads it: `52310 kWh (Gross CV)`.
    @Override
    public String toString() {
        return plain(amount) + " " + unit;
    }

    static String plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
}
