package org.wattmark.verification;

import org.apache.commons.math3.distribution.TDistribution;

/// How far a whole-meter saving may be off, at 90 % confidence on both sides: the fractional
/// savings uncertainty of ASHRAE Guideline 14 with the improved polynomial of Sun and Baltazar, as
/// CalTRACK 2.0, section 4.3, has it. The reference is OpenEEmeter 2.10, which counts months of 30
/// days.
///
/// @param deviation CV(RMSE) of the baseline
/// @param autocorrelation of residuals that follow each other; never below 0 here, so that it never
///   narrows the interval
/// @param wattHours half the interval, in Wh
record SavingsUncertainty(double deviation, double autocorrelation, double wattHours) {

    /// 95 % of one side is 90 % of both.
    private static final double ONE_SIDED = 0.95;

    /// CV(RMSE) above which one building's model is for a person. ASHRAE Guideline 14 asks for 25 %
    /// of monthly and 30 % of hourly models; days lie between and take the latter.
    private static final double MOST_DEVIATION_DAILY = 0.30;

    private static final double MOST_DEVIATION_BILLING = 0.25;

    /// CalTRACK's bound for a meter in a portfolio: beyond it a model says nothing.
    static final double MEANINGLESS = 1.0;

    private static final double DAYS_PER_MONTH = 30;

    /// a, b and d of `a M² + b M + d` for days, and for bills.
    private static final double[] DAILY = {-0.00024, 0.03535, 1.00286};

    private static final double[] BILLING = {-0.00022, 0.03306, 0.94054};

    /// The CV(RMSE) above which a person decides.
    static double mostDeviation(boolean daily) {
        return daily ? MOST_DEVIATION_DAILY : MOST_DEVIATION_BILLING;
    }

    /// @param reportingRows days or bills that were compared
    /// @param reportingDays days that they cover
    /// @param predicted what they would have used, in Wh. CalTRACK takes the uncertainty of this,
    ///   the reference of the baseline's use: we take the larger
    static SavingsUncertainty of(
            DegreeDaySample baseline,
            DegreeDayModel model,
            boolean daily,
            int reportingRows,
            double reportingDays,
            double predicted) {
        int rows = baseline.rows();
        var residuals = model.residuals(baseline);
        double squares = 0;
        double use = 0;
        double total = 0;
        for (int row = 0; row < rows; row++) {
            squares += residuals[row] * residuals[row];
            use += baseline.usePerDay()[row];
            total += baseline.usePerDay()[row] * baseline.days()[row];
        }
        int freedom = rows - model.slopes();
        double deviation = Math.sqrt(squares / freedom) / (use / rows);
        double correlation = Math.min(0.99, Math.max(0, autocorrelation(residuals)));
        double independent = rows * (1 - correlation) / (1 + correlation);
        double months = reportingDays / DAYS_PER_MONTH;
        var polynomial = daily ? DAILY : BILLING;
        double fraction =
                new TDistribution(null, freedom).inverseCumulativeProbability(ONE_SIDED)
                        * (polynomial[0] * months * months + polynomial[1] * months + polynomial[2])
                        * deviation
                        * Math.sqrt(rows / independent * (1 + 2 / independent) / reportingRows);
        return new SavingsUncertainty(
                deviation, correlation, fraction * Math.max(total, predicted));
    }

    /// Pearson's correlation of each residual with the next.
    private static double autocorrelation(double[] residuals) {
        int pairs = residuals.length - 1;
        double meanFirst = 0;
        double meanNext = 0;
        for (int i = 0; i < pairs; i++) {
            meanFirst += residuals[i] / pairs;
            meanNext += residuals[i + 1] / pairs;
        }
        double both = 0;
        double first = 0;
        double next = 0;
        for (int i = 0; i < pairs; i++) {
            double one = residuals[i] - meanFirst;
            double other = residuals[i + 1] - meanNext;
            both += one * other;
            first += one * one;
            next += other * other;
        }
        return first > 0 && next > 0 ? both / Math.sqrt(first * next) : 0;
    }
}
