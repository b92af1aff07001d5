package org.wattmark.verification;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How far the carbon content of a fuel lies from its default: IPCC 2006 Guidelines, volume 2,
/// table 1.4, default, lower and upper, in kg CO₂/TJ of net calorific value. Only the ratios are
/// used.
enum FuelRange {
    NATURAL_GAS("natural gas", 56_100, 54_300, 58_300),
    LPG("lpg", 63_100, 61_600, 65_600),
    PETROL("petrol", 69_300, 67_500, 73_000),
    MOTOR_GASOLINE("motor gasoline", 69_300, 67_500, 73_000),
    RESIDUAL_OIL("residual fuel oil", 77_400, 75_500, 78_800),
    FUEL_OIL("/fuel oil", 77_400, 75_500, 78_800),
    DISTILLATE("distillate fuel oil", 74_100, 72_600, 74_800),
    DIESEL("diesel", 74_100, 72_600, 74_800),
    GAS_OIL("gas oil", 74_100, 72_600, 74_800),
    BURNING_OIL("burning oil", 71_900, 70_800, 73_700),
    KEROSENE("kerosene", 71_900, 70_800, 73_700),
    ANTHRACITE("anthracite", 98_300, 94_600, 101_000),
    SUB_BITUMINOUS("sub-bituminous", 96_100, 92_800, 100_000),
    LIGNITE("lignite", 101_000, 90_900, 115_000),
    COAL("coal", 94_600, 89_500, 99_700);

    private final String heading;
    private final BigDecimal usual;
    private final BigDecimal lower;
    private final BigDecimal upper;

    FuelRange(String heading, int usual, int lower, int upper) {
        this.heading = heading;
        this.usual = BigDecimal.valueOf(usual);
        this.lower = BigDecimal.valueOf(lower);
        this.upper = BigDecimal.valueOf(upper);
    }

    /// The range of the fuel that a factor's headings name: the first that its last heading holds,
    /// then the first that any holds.
    static Optional<FuelRange> ofPath(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        var last = lower.substring(lower.lastIndexOf('/'));
        return Arrays.stream(values())
                .filter(range -> last.contains(range.heading))
                .findFirst()
                .or(() ->
                        Arrays.stream(values())
                                .filter(range -> lower.contains(range.heading))
                                .findFirst());
    }

    /// What the lower end lacks to the default, of `grams`; rounded up, for it is taken off.
    BigDecimal belowDefault(BigDecimal grams) {
        return Worksheet.quotientUp(grams.multiply(usual.subtract(lower)), usual);
    }

    /// What the upper end has above the default, of `grams`; rounded up, for it is taken off.
    BigDecimal aboveDefault(BigDecimal grams) {
        return Worksheet.quotientUp(grams.multiply(upper.subtract(usual)), usual);
    }

    /// `72600 to 74800 about 74100 kg CO2/TJ`
    @Override
    public String toString() {
        return lower + " to " + upper + " about " + usual + " kg CO2/TJ";
    }
}
