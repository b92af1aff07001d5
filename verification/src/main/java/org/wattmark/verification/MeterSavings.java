package org.wattmark.verification;

/// What the model of the baseline says of the reporting rows (CalTRACK 2.0, section 3.6).
///
/// @param counterfactual what would have been used, by reporting row, in Wh
/// @param observed what was used, in Wh
/// @param savings the first less the second: below 0 where more was used
@SuppressWarnings("ArrayRecordComponent") // figures on the way; never compared
record MeterSavings(
        DegreeDayModel model,
        double[] counterfactual,
        double observed,
        double savings,
        SavingsUncertainty uncertainty) {

    static MeterSavings of(WholeMeterReadings data, MeterRows baseline, MeterRows reporting) {
        boolean daily = data.frequency() == WholeMeterReadings.Frequency.DAILY;
        boolean electricity = data.meter() == WholeMeterReadings.Meter.ELECTRICITY;
        var before = baseline.sample();
        var model = DegreeDayFit.best(before, electricity, daily);
        var after = reporting.sample();
        var predicted = new double[after.rows()];
        double without = 0;
        double observed = 0;
        double savings = 0;
        double days = 0;
        for (int row = 0; row < predicted.length; row++) {
            double used = reporting.rows().get(row).wattHours();
            predicted[row] = model.usePerDay(after, row) * after.days()[row];
            without += predicted[row];
            observed += used;
            savings += predicted[row] - used;
            days += after.days()[row];
        }
        var uncertainty =
                SavingsUncertainty.of(before, model, daily, predicted.length, days, without);
        return new MeterSavings(model, predicted, observed, savings, uncertainty);
    }
}
