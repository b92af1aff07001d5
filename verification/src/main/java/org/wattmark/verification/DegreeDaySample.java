package org.wattmark.verification;

import java.util.List;

/// Usage per day of some days or bills, and the degree days of each at every balance point that is
/// tried (CalTRACK 2.0, section 3.3). Floating point is at home here: it is statistics, and becomes
/// a whole number of watt-hours once, at the end.
///
/// @param usePerDay mean use of a day of the row
/// @param days of each row: the weights of bills, all 1 for days
/// @param heating by balance point from [#LOWEST] on, then by row: mean degree days of a day, °F
/// @param cooling likewise
@SuppressWarnings("ArrayRecordComponent") // a matrix for sums; samples are never compared
record DegreeDaySample(double[] usePerDay, double[] days, double[][] heating, double[][] cooling) {

    /// Balance points that are tried, in °F: 30 to 90 in steps of 1 (CalTRACK 3.2.1; at most 3
    /// apart by 3.2.3).
    static final int LOWEST = 30;

    static final int HIGHEST = 90;
    static final int POINTS = HIGHEST - LOWEST + 1;

    /// @param temperatures mean temperatures of the days of each row, in °F
    static DegreeDaySample of(double[] usePerDay, List<double[]> temperatures) {
        int rows = usePerDay.length;
        var days = new double[rows];
        var heating = new double[POINTS][rows];
        var cooling = new double[POINTS][rows];
        for (int row = 0; row < rows; row++) {
            var ofRow = temperatures.get(row);
            days[row] = ofRow.length;
            for (int point = 0; point < POINTS; point++) {
                heating[point][row] = mean(ofRow, LOWEST + point, 1);
                cooling[point][row] = mean(ofRow, LOWEST + point, -1);
            }
        }
        return new DegreeDaySample(usePerDay, days, heating, cooling);
    }

    private static double mean(double[] temperatures, int point, int direction) {
        double sum = 0;
        for (double temperature : temperatures) {
            sum += Math.max(0, direction * (point - temperature));
        }
        return sum / temperatures.length;
    }

    /// The rows with the true number of days of each, where some of a bill's days have no
    /// temperature.
    DegreeDaySample withDays(double[] trueDays) {
        return new DegreeDaySample(usePerDay, trueDays, heating, cooling);
    }

    int rows() {
        return usePerDay.length;
    }
}
