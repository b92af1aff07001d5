package org.wattmark.benchmarks;

import java.util.Locale;

/// One line of the table: what was measured, and how it compares.
///
/// @param rate in `unit` per second
/// @param latencies of the single items; empty where there are none
/// @param ratio to the rival that the same run measured; empty for the rival itself
record Row(String name, double rate, String unit, String latencies, String ratio) {

    static Row of(Measurement it, String unit, Measurement rival) {
        var ratio =
                it == rival
                        ? ""
                        : String.format(Locale.ROOT, "%.1f×", it.perSecond() / rival.perSecond());
        return new Row(it.name(), it.perSecond(), unit, latencies(it), ratio);
    }

    static Row rate(String name, double perSecond, String unit) {
        return new Row(name, perSecond, unit, "", "");
    }

    Row comparedTo(double rival) {
        return new Row(
                name, rate, unit, latencies, String.format(Locale.ROOT, "%.2f×", rate / rival));
    }

    private static String latencies(Measurement it) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, p99.9 %.1f ms",
                it.percentileMillis(0.50),
                it.percentileMillis(0.99),
                it.percentileMillis(0.999));
    }

    String markdown() {
        return String.format(
                Locale.ROOT, "| %s | %,.0f %s/s | %s | %s |", name, rate, unit, latencies, ratio);
    }
}
