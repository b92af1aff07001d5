package org.wattmark.server.market;

import java.math.BigInteger;
import org.wattmark.units.Co2e;

/// A quantity as a client writes it. It takes any whole number, so that the refusal of one can name
/// the limits.
///
/// @param grams 1 to 2^63 − 1
record QuantityBody(BigInteger grams) {

    Co2e quantity() {
        return new Co2e(Positive.number("/quantity/grams", grams));
    }
}
