package org.wattmark.server.market;

import java.math.BigInteger;
import org.wattmark.server.registry.Refusals;

/// Whole numbers of grams or minor units that somebody wants to move.
final class Positive {

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Positive() {}

    static long number(String pointer, BigInteger value) {
        if (value.signum() < 1 || value.compareTo(LARGEST) > 0) {
            throw Refusals.invalid(pointer, "lies between 1 and " + LARGEST);
        }
        return value.longValueExact();
    }
}
