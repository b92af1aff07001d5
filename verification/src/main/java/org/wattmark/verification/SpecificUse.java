package org.wattmark.verification;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.wattmark.verification.LoggedActivity.Month;

/// Use per activity over some months, and how well the months tell it: the standard error of a
/// ratio of sums (Cochran, Sampling Techniques, chapter 6), times Student's t for 90 % on both
/// sides. Decimals throughout, so that every machine has the same digits.
///
/// @param rate use per activity, rounded down
/// @param halfWidth half the 90 % interval of the rate, rounded up
record SpecificUse(
        int months, BigDecimal used, BigDecimal activity, BigDecimal rate, BigDecimal halfWidth) {

    /// t at 95 % of one side for 11 to 30 degrees of freedom, rounded up at the third place
    /// (Student's distribution, as in any table).
    private static final List<String> T =
            List.of(
                    "1.796", "1.783", "1.771", "1.762", "1.754", "1.746", "1.740", "1.735", "1.730",
                    "1.725", "1.721", "1.718", "1.714", "1.711", "1.709", "1.706", "1.704", "1.702",
                    "1.700", "1.698");

    static final int LEAST_MONTHS = 12;

    static SpecificUse of(List<Month> months) {
        var used = sum(months.stream().map(Month::used).toList());
        var activity = sum(months.stream().map(Month::activity).toList());
        var rate = Worksheet.quotient(used, activity);
        var squares = BigDecimal.ZERO;
        for (var month : months) {
            var residual = month.used().subtract(rate.multiply(month.activity()));
            squares = squares.add(residual.multiply(residual));
        }
        var count = BigDecimal.valueOf(months.size());
        var freedom = months.size() - 1;
        // s √n / Σ A, with s² = Σ residuals² / (n − 1)
        var error =
                squares.multiply(count)
                        .divide(BigDecimal.valueOf(freedom), MathContext.DECIMAL128)
                        .sqrt(MathContext.DECIMAL128);
        var halfWidth =
                error.multiply(t(freedom)).divide(activity, Worksheet.PLACES, RoundingMode.CEILING);
        return new SpecificUse(months.size(), used, activity, rate, halfWidth);
    }

    private static BigDecimal t(int freedom) {
        int row = Math.min(freedom, LEAST_MONTHS - 2 + T.size()) - (LEAST_MONTHS - 1);
        return new BigDecimal(T.get(row));
    }

    private static BigDecimal sum(List<BigDecimal> parts) {
        return parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
