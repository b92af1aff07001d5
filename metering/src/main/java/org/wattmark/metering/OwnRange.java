package org.wattmark.metering;

import java.util.Arrays;

/// How one trait ran over a device's own days.
///
/// @param fewest the smallest value
/// @param middle the median
/// @param most the largest value
/// @param days how many days have a value
/// @param vouchedFor whether all days are honest; else the edges are drawn from the middle half
record OwnRange(double fewest, double middle, double most, int days, boolean vouchedFor) {

    /// With fewer, the next honest day may easily lie outside.
    private static final int ENOUGH_DAYS = 10;

    /// Of days that nobody vouches for, on each side: as many may be cheated.
    private static final double DOUBTFUL = 0.25;

    /// The middle half of a normal spread reaches 0.67 standard deviations, its hundredth 2.33.
    private static final double BEYOND_THE_MIDDLE_HALF = 2.33 / 0.67;

    static OwnRange of(double[] values, boolean vouchedFor) {
        var sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        if (sorted.length == 0) {
            return new OwnRange(Double.NaN, Double.NaN, Double.NaN, 0, vouchedFor);
        }
        double middle = sorted[sorted.length / 2];
        if (vouchedFor) {
            return new OwnRange(sorted[0], middle, sorted[sorted.length - 1], sorted.length, true);
        }
        int doubtful = (int) (DOUBTFUL * sorted.length);
        double low = sorted[doubtful];
        double high = sorted[sorted.length - 1 - doubtful];
        return new OwnRange(
                middle - BEYOND_THE_MIDDLE_HALF * (middle - low),
                middle,
                middle + BEYOND_THE_MIDDLE_HALF * (high - middle),
                sorted.length,
                false);
    }

    boolean known() {
        return days >= ENOUGH_DAYS;
    }

    /// The fewer days, the further out the next one may lie: twice as far at 15 days.
    double caution() {
        return 1 + 15.0 / days;
    }
}
