package org.wattmark.units;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A mass of greenhouse gas as carbon dioxide equivalent, in whole grams, 0 to 2^63 − 1. One unit
/// of a credit block is 1 g; one credit is 1 t = 10⁶ g.
public record Co2e(long grams) implements Comparable<Co2e> {

    public static final Co2e ZERO = new Co2e(0);
    private static final long GRAMS_PER_TONNE = 1_000_000;

    public Co2e {
        if (grams < 0) {
            throw new IllegalArgumentException("CO₂e is negative: " + grams + " g");
        }
    }

    public static Co2e ofTonnes(long tonnes) {
        return new Co2e(Math.multiplyExact(tonnes, GRAMS_PER_TONNE));
    }

    public static Co2e ofKilograms(long kilograms) {
        return new Co2e(Math.multiplyExact(kilograms, 1_000L));
    }

    /// For what is credited: rounds down, so that no gram is credited that was not avoided.
    public static Co2e floor(BigDecimal grams) {
        return new Co2e(grams.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /// For emissions and deductions: rounds up, so that no gram is hidden.
    public static Co2e ceiling(BigDecimal grams) {
        return new Co2e(grams.setScale(0, RoundingMode.CEILING).longValueExact());
    }

    /// Adds exactly: past 2^63 − 1 g it throws `ArithmeticException`, it never wraps.
    public Co2e plus(Co2e other) {
        return new Co2e(Math.addExact(grams, other.grams));
    }

    /// Subtracts exactly; a negative rest is `IllegalArgumentException`.
    public Co2e minus(Co2e other) {
        return new Co2e(grams - other.grams);
    }

    /// Exact: a gram is 0.000001 t.
    public BigDecimal tonnes() {
        return BigDecimal.valueOf(grams, 6);
    }

    public boolean isZero() {
        return grams == 0;
    }

    @Override
    public int compareTo(Co2e other) {
        return Long.compare(grams, other.grams);
    }

    @Override
    public String toString() {
        return grams + " g CO₂e";
    }
}
