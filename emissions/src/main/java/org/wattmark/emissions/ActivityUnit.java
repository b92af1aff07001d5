package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A unit that a bill may be in.
///
/// @param symbol how it is echoed: `kWh (Gross CV)`
/// @param inBase how much of its dimension's base it is, exact: 1 kWh is 3,600,000 J
public record ActivityUnit(String symbol, Dimension dimension, BigDecimal inBase, Heat heat) {

    /// Places after the point that a conversion keeps where its result has no end.
    static final int PLACES = 12;

    /// What is counted, and its base: J, l, kg, m, t·km, passenger·km, nights, hours.
    public enum Dimension {
        ENERGY,
        VOLUME,
        MASS,
        DISTANCE,
        FREIGHT,
        PASSENGER_DISTANCE,
        NIGHTS,
        WORKING_HOURS
    }

    /// Whether a fuel's energy counts what its steam holds (gross, higher) or not (net, lower).
    public enum Heat {
        NONE,
        GROSS,
        NET
    }

    public ActivityUnit {
        if (inBase.signum() <= 0) {
            throw new IllegalArgumentException("a unit is not positive: " + symbol);
        }
    }

    /// Whether an amount in this unit may meet a factor for `factor`'s: of one dimension, and not
    /// gross against net. Fuel bills without a word are gross, as suppliers in the United Kingdom
    /// and in the United States bill (DESNZ, Methodology Paper, fuels; US EPA Hub, table 1: HHV).
    boolean fits(ActivityUnit factor) {
        if (dimension != factor.dimension) {
            return false;
        }
        return heat == factor.heat
                || (heat == Heat.NONE && factor.heat == Heat.GROSS)
                || (heat == Heat.GROSS && factor.heat == Heat.NONE);
    }

    /// The same amount in another unit of the dimension. Exact where it has an end; else rounded up
    /// at the twelfth place, for it is emissions that are counted.
    BigDecimal convert(BigDecimal amount, ActivityUnit to) {
        var exact = amount.multiply(inBase);
        try {
            return exact.divide(to.inBase).stripTrailingZeros();
        } catch (ArithmeticException e) { // it has no end
            return exact.divide(to.inBase, PLACES, RoundingMode.CEILING).stripTrailingZeros();
        }
    }

    /// The unit, such as `kWh (Gross CV)`.
    @Override
    public String toString() {
        return symbol;
    }
}
