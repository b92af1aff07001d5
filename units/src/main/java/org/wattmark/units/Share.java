package org.wattmark.units;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A part of a whole in basis points: 1 is 0.01 %, 10,000 is all of it.
public record Share(int basisPoints) {

    public static final Share NONE = new Share(0);
    private static final int WHOLE = 10_000;

    public Share {
        if (basisPoints < 0 || basisPoints > WHOLE) {
            throw new IllegalArgumentException(
                    "a share lies between 0 and 10000 basis points, not " + basisPoints);
        }
    }

    public static Share ofPercent(int percent) {
        return new Share(Math.multiplyExact(percent, 100));
    }

    /// The share as a fraction of one, exact: 250 basis points are 0.0250.
    public BigDecimal fraction() {
        return BigDecimal.valueOf(basisPoints, 4);
    }

    /// For what is deducted (a buffer share, a fee): rounds up against who receives the rest.
    public long ceilingOf(long amount) {
        return of(amount, RoundingMode.CEILING);
    }

    /// For what is given: rounds down.
    public long floorOf(long amount) {
        return of(amount, RoundingMode.FLOOR);
    }

    private long of(long amount, RoundingMode rounding) {
        return fraction()
                .multiply(BigDecimal.valueOf(amount))
                .setScale(0, rounding)
                .longValueExact();
    }
}
