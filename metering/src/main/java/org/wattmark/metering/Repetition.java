package org.wattmark.metering;

import java.util.Arrays;

/// What repeats in a day, within itself and from another day.
final class Repetition {

    /// Half of the last digit that files carry, twice: two rounded numbers differ by that much.
    private static final double ROUNDING = 0.11;

    /// Relative error of a product that was rounded on the way.
    private static final double RELATIVE_ROUNDING = 1e-4;

    private Repetition() {}

    private static boolean same(double a, double b) {
        return Math.abs(a - b) < ROUNDING / 2;
    }

    /// The longest run of one and the same number above the threshold, in intervals.
    static int stuck(double[] watts, double above) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < watts.length; i++) {
            boolean goes = i > 0 && watts[i] > above && same(watts[i], watts[i - 1]);
            run = goes ? run + 1 : watts[i] > above ? 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /// How many intervals above the threshold say the same as the one before.
    static int pairs(double[] watts, double above) {
        int pairs = 0;
        for (int i = 1; i < watts.length; i++) {
            if (watts[i] > above && same(watts[i], watts[i - 1])) {
                pairs++;
            }
        }
        return pairs;
    }

    /// How many intervals above the threshold lie on the straight line between their neighbours,
    /// where that line is not level.
    ///
    /// @param grid on which the meter's numbers lie, in W: so finely can a line be drawn
    static int straight(double[] watts, double above, double grid) {
        int straight = 0;
        for (int i = 1; i < watts.length - 1; i++) {
            double bend = watts[i - 1] - 2 * watts[i] + watts[i + 1];
            if (Math.min(watts[i - 1], watts[i + 1]) > above
                    && Math.abs(bend) < 2 * Math.max(ROUNDING, grid)
                    && !same(watts[i - 1], watts[i + 1])) {
                straight++;
            }
        }
        return straight;
    }

    /// The longest run in which one day says the same as another, moved by some intervals.
    static int replayed(double[] day, double[] other, int shift, double above) {
        int longest = 0;
        int run = 0;
        for (int i = Math.max(0, -shift); i < Math.min(day.length, other.length - shift); i++) {
            boolean goes = day[i] > above && same(day[i], other[i + shift]);
            run = goes ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /// The longest run in which one day is the same multiple of another. Each pair of numbers
    /// allows a range of multiples, by their rounding; the run lasts while one multiple fits all.
    ///
    /// @param grid on which the meter's numbers lie, in W
    static int scaled(double[] day, double[] other, double above, double grid) {
        double rounding = Math.max(ROUNDING, grid) / 2;
        int longest = 0;
        int run = 0;
        double least = 0;
        double most = Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(day.length, other.length); i++) {
            if (!(day[i] > above && other[i] > above)) {
                run = 0;
                continue;
            }
            double ratio = day[i] / other[i];
            double error = ratio * (RELATIVE_ROUNDING + rounding / day[i] + rounding / other[i]);
            boolean goes = run > 0 && ratio + error >= least && ratio - error <= most;
            least = goes ? Math.max(least, ratio - error) : ratio - error;
            most = goes ? Math.min(most, ratio + error) : ratio + error;
            run = goes ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    static double[] reversed(double[] watts) {
        var reversed = new double[watts.length];
        for (int i = 0; i < watts.length; i++) {
            reversed[i] = watts[watts.length - 1 - i];
        }
        return reversed;
    }

    /// How far the ups and downs of two days go together: Pearson's correlation of their steps, or
    /// Spearman's of the ranks of these if that is less, so that one common gap in the clouds is
    /// not enough. 0 where too few intervals have both.
    static double echo(double[] clearness, double[] other) {
        var steps = new double[clearness.length];
        var otherSteps = new double[clearness.length];
        int n = 0;
        for (int i = 1; i < Math.min(clearness.length, other.length); i++) {
            double a = clearness[i] - clearness[i - 1];
            double b = other[i] - other[i - 1];
            if (!Double.isNaN(a) && !Double.isNaN(b)) {
                steps[n] = a;
                otherSteps[n] = b;
                n++;
            }
        }
        if (n < 8) {
            return 0;
        }
        var a = Arrays.copyOf(steps, n);
        var b = Arrays.copyOf(otherSteps, n);
        return Math.min(correlation(a, b), correlation(ranks(a), ranks(b)));
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int i = 0; i < a.length; i++) {
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
            products += (a[i] - meanA) * (b[i] - meanB);
        }
        return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : 0;
    }

    private static double[] ranks(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(values).map(value -> Arrays.binarySearch(sorted, value)).toArray();
    }

    /// How nearly one day is a multiple of another: the negative logarithm of the spread of their
    /// ratio, dawn and dusk included, where even neighbouring clear days differ. 0 where too few
    /// intervals have both.
    static double likeness(double[] day, double[] other, double above) {
        int n = 0;
        var ratios = new double[day.length];
        for (int i = 0; i < Math.min(day.length, other.length); i++) {
            if (Math.max(day[i], other[i]) > above) {
                double ratio = Math.log(Math.max(1e-3, day[i]) / Math.max(1e-3, other[i]));
                ratios[n++] = Double.isNaN(ratio) ? 0 : ratio;
            }
        }
        if (n < 8) {
            return 0;
        }
        double middle = PanelModel.median(Arrays.copyOf(ratios, n));
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double off = Math.clamp(ratios[i] - middle, -1, 1);
            squares += off * off;
        }
        return -Math.log(Math.sqrt(squares / n) + 0.005);
    }
}
