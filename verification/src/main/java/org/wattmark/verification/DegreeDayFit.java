package org.wattmark.verification;

import java.util.ArrayList;
import java.util.List;

/// Fits every candidate model to a sample and takes the best (CalTRACK 2.0, section 3.4): weighted
/// least squares about the means, so that no digits cancel, with sums in the order of the rows.
final class DegreeDayFit {

    /// Days with degree days that a candidate for daily data has at least (CalTRACK 3.2.2.2.1).
    private static final int LEAST_DAYS = 10;

    /// Degree days in all that a candidate has at least (CalTRACK 3.2.2.2.2).
    private static final double LEAST_DEGREE_DAYS = 20;

    private final DegreeDaySample sample;
    private final Centred use;

    /// Σ days × (use − mean use)².
    private final double total;

    /// Degree days of one balance point less their mean, or the use less its mean.
    private static final class Centred {

        private final int point;
        private final double mean;
        private final double[] values;

        private Centred(DegreeDaySample sample, int point, double[] raw) {
            this.point = point;
            double sum = 0;
            double days = 0;
            for (int row = 0; row < raw.length; row++) {
                sum += sample.days()[row] * raw[row];
                days += sample.days()[row];
            }
            this.mean = sum / days;
            this.values = new double[raw.length];
            for (int row = 0; row < raw.length; row++) {
                values[row] = raw[row] - mean;
            }
        }
    }

    private DegreeDayFit(DegreeDaySample sample) {
        this.sample = sample;
        this.use = new Centred(sample, 0, sample.usePerDay());
        this.total = product(use, use);
    }

    /// The qualified candidate with the highest adjusted R²; of equals the first that was tried.
    ///
    /// @param electricity gas is not cooled with: no cooling then (CalTRACK 3.2.1.1)
    /// @param daily bills need no least number of days with degree days
    static DegreeDayModel best(DegreeDaySample sample, boolean electricity, boolean daily) {
        var fit = new DegreeDayFit(sample);
        var heating = fit.usable(sample.heating(), daily);
        var cooling = electricity ? fit.usable(sample.cooling(), daily) : List.<Centred>of();
        var best = new DegreeDayModel(0, 0, fit.use.mean, 0, 0, 0, 0);
        for (var heat : heating) {
            best = better(best, fit.one(heat, true));
        }
        for (var cool : cooling) {
            best = better(best, fit.one(cool, false));
        }
        for (var heat : heating) {
            for (var cool : cooling) {
                if (cool.point >= heat.point) {
                    best = better(best, fit.two(heat, cool));
                }
            }
        }
        return best;
    }

    private static DegreeDayModel better(DegreeDayModel best, DegreeDayModel candidate) {
        return candidate.isQualified() && candidate.adjustedR2() > best.adjustedR2()
                ? candidate
                : best;
    }

    private List<Centred> usable(double[][] degreeDays, boolean daily) {
        var usable = new ArrayList<Centred>();
        for (int point = 0; point < DegreeDaySample.POINTS; point++) {
            int some = 0;
            double sum = 0;
            for (int row = 0; row < sample.rows(); row++) {
                some += degreeDays[point][row] > 0 ? 1 : 0;
                sum += degreeDays[point][row] * sample.days()[row];
            }
            if (sum >= LEAST_DEGREE_DAYS && (!daily || some >= LEAST_DAYS)) {
                usable.add(new Centred(sample, DegreeDaySample.LOWEST + point, degreeDays[point]));
            }
        }
        return usable;
    }

    private DegreeDayModel one(Centred degrees, boolean heats) {
        double slope = product(degrees, use) / product(degrees, degrees);
        double base = use.mean - slope * degrees.mean;
        double unexplained = 0;
        for (int row = 0; row < sample.rows(); row++) {
            double residual = use.values[row] - slope * degrees.values[row];
            unexplained += sample.days()[row] * residual * residual;
        }
        double fit = adjusted(unexplained, 1);
        return heats
                ? new DegreeDayModel(degrees.point, 0, base, slope, 0, 1, fit)
                : new DegreeDayModel(0, degrees.point, base, 0, slope, 1, fit);
    }

    private DegreeDayModel two(Centred heat, Centred cool) {
        double heatHeat = product(heat, heat);
        double coolCool = product(cool, cool);
        double heatCool = product(heat, cool);
        double heatUse = product(heat, use);
        double coolUse = product(cool, use);
        double determinant = heatHeat * coolCool - heatCool * heatCool;
        double heating = (heatUse * coolCool - coolUse * heatCool) / determinant;
        double cooling = (coolUse * heatHeat - heatUse * heatCool) / determinant;
        double base = use.mean - heating * heat.mean - cooling * cool.mean;
        double unexplained = 0;
        for (int row = 0; row < sample.rows(); row++) {
            double residual =
                    use.values[row] - heating * heat.values[row] - cooling * cool.values[row];
            unexplained += sample.days()[row] * residual * residual;
        }
        return new DegreeDayModel(
                heat.point, cool.point, base, heating, cooling, 2, adjusted(unexplained, 2));
    }

    /// Adjusted R² (CalTRACK 3.4.3.3). A fit of too few rows, or to a use that never varies, is
    /// none.
    private double adjusted(double unexplained, int slopes) {
        int freedom = sample.rows() - slopes - 1;
        return freedom > 0 && total > 0
                ? 1 - (unexplained / freedom) / (total / (sample.rows() - 1))
                : Double.NEGATIVE_INFINITY;
    }

    private double product(Centred one, Centred other) {
        double sum = 0;
        for (int row = 0; row < one.values.length; row++) {
            sum += sample.days()[row] * one.values[row] * other.values[row];
        }
        return sum;
    }
}
