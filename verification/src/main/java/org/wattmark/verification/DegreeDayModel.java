package org.wattmark.verification;

/// A building's use as base load, heating and cooling: `use per day = base + heating × HDD +
/// cooling × CDD` (CalTRACK 2.0, section 3). Sums run in the order of the rows and every operation
/// is that of IEEE 754, so that the same data give the same bits on every machine.
///
/// @param heatingPoint balance point in °F; 0 where the model has no heating
/// @param coolingPoint likewise
/// @param slopes how many of the two there are
record DegreeDayModel(
        int heatingPoint,
        int coolingPoint,
        double base,
        double heating,
        double cooling,
        int slopes,
        double adjustedR2) {

    /// Every coefficient that it has is above 0 (CalTRACK 3.4.3.2).
    boolean isQualified() {
        return base > 0 && (heatingPoint == 0 || heating > 0) && (coolingPoint == 0 || cooling > 0);
    }

    /// Use of a mean day of this row.
    double usePerDay(DegreeDaySample sample, int row) {
        double use = base;
        if (heatingPoint != 0) {
            use += heating * sample.heating()[heatingPoint - DegreeDaySample.LOWEST][row];
        }
        if (coolingPoint != 0) {
            use += cooling * sample.cooling()[coolingPoint - DegreeDaySample.LOWEST][row];
        }
        return use;
    }

    double[] residuals(DegreeDaySample sample) {
        var residuals = new double[sample.rows()];
        for (int row = 0; row < residuals.length; row++) {
            residuals[row] = sample.usePerDay()[row] - usePerDay(sample, row);
        }
        return residuals;
    }
}
