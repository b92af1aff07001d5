package org.wattmark.metering;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.wattmark.metering.Sky.Light;

/// The shape of a day's power against the sky: its level, its unrest, its place in time.
final class Shape {

    /// Minutes: the furthest and the finest shift that is tried.
    private static final int FURTHEST_SHIFT = 300;

    private static final int FINEST_SHIFT = 5;

    /// Below this correlation with the clear-sky curve, clouds decide and the clock cannot be read.
    private static final double CLEAR_DAY = 0.985;

    /// A window of clear hours, in intervals, and how clear its darkest is.
    private static final int WINDOW = 7;

    private static final double CLEAR_HOURS = 0.85;

    /// Of a clear sky: on an even day the range would be next to nothing.
    private static final double LEAST_RANGE = 0.05;

    private static final int ENOUGH = 8;

    private Shape() {}

    /// Minutes by which the day runs behind the clear-sky curve; `NaN` on a day with clouds.
    static double lag(double[] watts, double[] clearWatts, double minutesOfStep) {
        double best = CLEAR_DAY;
        double at = Double.NaN;
        for (int shift = -FURTHEST_SHIFT; shift <= FURTHEST_SHIFT; shift += FINEST_SHIFT) {
            double agreement = agreement(watts, clearWatts, shift / minutesOfStep);
            if (agreement > best) {
                best = agreement;
                at = shift;
            }
        }
        return at;
    }

    /// Pearson's correlation of the power with a curve moved by some intervals.
    static double agreement(double[] watts, double[] curve, double shift) {
        double n = 0;
        double sumA = 0;
        double sumB = 0;
        double sumAA = 0;
        double sumBB = 0;
        double sumAB = 0;
        for (int i = 0; i < watts.length; i++) {
            int left = (int) Math.floor(i - shift);
            if (left < 0 || left + 1 >= curve.length || Double.isNaN(watts[i])) {
                continue;
            }
            double share = i - shift - left;
            double b = (1 - share) * orZero(curve[left]) + share * orZero(curve[left + 1]);
            double a = Math.max(0, watts[i]);
            n++;
            sumA += a;
            sumB += b;
            sumAA += a * a;
            sumBB += b * b;
            sumAB += a * b;
        }
        double spread = (sumAA - sumA * sumA / n) * (sumBB - sumB * sumB / n);
        return spread > 0 ? (sumAB - sumA * sumB / n) / Math.sqrt(spread) : 0;
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /// The least root-mean-square distance from a formula's curve of the best height, as a share of
    /// the day's largest power. The formulas are those that a forger has at hand: of the sun's
    /// elevation alone, none knows how a panel leans.
    static double fromFormula(double[] watts, Light[] light) {
        double least = Double.POSITIVE_INFINITY;
        for (double power : new double[] {0.5, 1, 1.2, 1.5, 2}) {
            least = Math.min(least, distance(watts, curve(light, l -> Math.pow(sine(l), power))));
        }
        least = Math.min(least, distance(watts, curve(light, l -> l.clear().global())));
        least = Math.min(least, distance(watts, curve(light, l -> l.clear().beam())));
        least = Math.min(least, distance(watts, curve(light, l -> l.clear().mostOnAPanel())));
        least = Math.min(least, distance(watts, curve(light, l -> l.clear().beam() * sine(l))));
        return Math.min(
                least, distance(watts, curve(light, l -> ClearSky.haurwitz(l.elevation()))));
    }

    private static double sine(Light light) {
        return Math.max(0, Math.sin(Math.toRadians(light.elevation())));
    }

    private interface Formula {
        double of(Light light);
    }

    private static double[] curve(Light[] light, Formula formula) {
        return Arrays.stream(light).mapToDouble(formula::of).toArray();
    }

    private static double distance(double[] watts, double[] curve) {
        double squares = 0;
        double products = 0;
        double ofCurve = 0;
        double most = 0;
        int n = 0;
        for (int i = 0; i < watts.length; i++) {
            double w = Math.max(0, orZero(watts[i]));
            if (w > 0 || curve[i] > 0) {
                n++;
                squares += w * w;
                products += w * curve[i];
                ofCurve += curve[i] * curve[i];
                most = Math.max(most, w);
            }
        }
        return n < ENOUGH || most == 0 || ofCurve == 0
                ? Double.NaN
                : Math.sqrt(Math.max(0, squares - products * products / ofCurve) / n) / most;
    }

    /// Natural logarithm of the fourth differences against the largest power: what clouds, gusts
    /// and the instrument write into every real curve.
    static double fineStructure(double[] watts, double above) {
        double squares = 0;
        int n = 0;
        double most = 0;
        for (int i = 2; i < watts.length - 2; i++) {
            if (Math.min(Math.min(watts[i - 2], watts[i + 2]), watts[i]) > above) {
                double fourth =
                        watts[i - 2]
                                - 4 * watts[i - 1]
                                + 6 * watts[i]
                                - 4 * watts[i + 1]
                                + watts[i + 2];
                squares += fourth * fourth;
                most = Math.max(most, watts[i]);
                n++;
            }
        }
        return n < ENOUGH ? Double.NaN : Math.log(Math.sqrt(squares / n) / most + 1e-6);
    }

    /// The mean bend from one interval to the next but one, of the clearness.
    static double unrest(double[] clearness) {
        double sum = 0;
        int n = 0;
        for (int i = 1; i < clearness.length - 1; i++) {
            double bend = bend(clearness, i);
            if (!Double.isNaN(bend)) {
                sum += bend;
                n++;
            }
        }
        return n < ENOUGH ? Double.NaN : sum / n;
    }

    /// The unrest against the range that the clearness runs through: real weather jumps, and what
    /// was smoothed does not.
    static double unrestOfRange(double[] clearness) {
        double range = PanelModel.quantile(clearness, 1) - PanelModel.quantile(clearness, 0);
        return unrest(clearness) / (range + LEAST_RANGE);
    }

    private static double bend(double[] values, int i) {
        return Math.abs(values[i - 1] - 2 * values[i] + values[i + 1]);
    }

    /// The largest mean bend in a window of clear hours; 0 without such a window.
    static double jitter(double[] clearness) {
        return unrestOfClearWindows(clearness).max().orElse(0);
    }

    private static DoubleStream unrestOfClearWindows(double[] clearness) {
        return IntStream.rangeClosed(0, clearness.length - WINDOW)
                .mapToObj(from -> Arrays.copyOfRange(clearness, from, from + WINDOW))
                .filter(window -> Arrays.stream(window).allMatch(clear -> clear > CLEAR_HOURS))
                .mapToDouble(window ->
                        IntStream.range(1, WINDOW - 1)
                                .mapToDouble(i -> bend(window, i))
                                .average()
                                .orElse(0));
    }

    /// Degrees of the sun's elevation in the first interval above a threshold, or in the last;
    /// `NaN` of a day that never is.
    static double edge(double[] watts, Light[] light, double above, boolean first) {
        for (int n = 0; n < watts.length; n++) {
            int i = first ? n : watts.length - 1 - n;
            if (watts[i] > above) {
                return light[i].elevation();
            }
        }
        return Double.NaN;
    }
}
