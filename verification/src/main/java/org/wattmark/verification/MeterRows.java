package org.wattmark.verification;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wattmark.units.Share;
import org.wattmark.verification.WholeMeterReadings.DayTemperature;
import org.wattmark.verification.WholeMeterReadings.Frequency;
import org.wattmark.verification.WholeMeterReadings.Meter;
import org.wattmark.verification.WholeMeterReadings.Usage;

/// The days or bills of a span of time that are good enough to compare (CalTRACK 2.0, section 2.2),
/// and how many days are missing.
///
/// @param missingDays of the span: not covered, not read, estimated or without temperature
/// @param outliers rows above median + 3 interquartile ranges (CalTRACK 2.3.6)
record MeterRows(List<Row> rows, long days, long missingDays, int outliers) {

    /// @param wattHours of the whole row, made up to full coverage
    /// @param temperatures of its days that have one, °F
    /// @param estimated whether a part of it was estimated by the supplier
    @SuppressWarnings("ArrayRecordComponent") // input of a sum; rows are never compared
    record Row(
            LocalDate from,
            LocalDate to,
            double wattHours,
            double[] temperatures,
            boolean estimated) {

        long days() {
            return ChronoUnit.DAYS.between(from, to);
        }
    }

    /// A day is good where half of it was recorded (CalTRACK 2.2.2.1, 2.2.2.3).
    private static final Share HALF = Share.ofPercent(50);

    private static final int HALF_A_DAY_HOURS = 12;

    /// Shorter bills are off-cycle reads (CalTRACK 2.2.3.4).
    private static final int LEAST_BILL_DAYS = 25;

    /// Estimated bills are joined with the next up to here (CalTRACK 2.2.3.1).
    private static final int MOST_JOINED_DAYS = 70;

    /// Days of a bill that must have a temperature (CalTRACK 2.2.3.2).
    private static final double LEAST_TEMPERATURES = 0.9;

    /// The good rows that lie in [from, to).
    static MeterRows of(WholeMeterReadings data, LocalDate from, LocalDate to) {
        var within =
                data.usage().stream()
                        .filter(row -> !row.from().isBefore(from) && !row.to().isAfter(to))
                        .toList();
        var temperatures = new TreeMap<LocalDate, Double>();
        for (DayTemperature day : data.temperatures()) {
            if (day.hours() >= HALF_A_DAY_HOURS) {
                temperatures.put(day.date(), day.fahrenheit().doubleValue());
            }
        }
        boolean daily = data.frequency() == Frequency.DAILY;
        var rows =
                (daily ? within : joined(within))
                        .stream()
                                .filter(row -> isGood(row, data))
                                .map(row -> row(row, temperatures))
                                .filter(row -> hasWeather(row))
                                .toList();
        long days = Math.max(0, ChronoUnit.DAYS.between(from, to));
        long good = rows.stream().filter(row -> !row.estimated()).mapToLong(Row::days).sum();
        return new MeterRows(rows, days, days - good, outliers(rows));
    }

    /// Estimated bills and the bill that follows, as one.
    private static List<Usage> joined(List<Usage> bills) {
        var joined = new ArrayList<Usage>();
        for (var bill : bills) {
            var before = joined.isEmpty() ? null : joined.getLast();
            if (before != null
                    && before.estimated()
                    && before.to().equals(bill.from())
                    && before.wattHours().isPresent()
                    && bill.wattHours().isPresent()
                    && ChronoUnit.DAYS.between(before.from(), bill.to()) <= MOST_JOINED_DAYS) {
                joined.removeLast();
                long sum = Math.addExact(before.wattHours().get(), bill.wattHours().get());
                joined.add(
                        new Usage(
                                before.from(),
                                bill.to(),
                                Optional.of(sum),
                                min(before.coverage(), bill.coverage()),
                                true));
            } else {
                joined.add(bill);
            }
        }
        return joined;
    }

    private static Share min(Share one, Share other) {
        return one.basisPoints() <= other.basisPoints() ? one : other;
    }

    /// What is not read, or is 0 for electricity (CalTRACK 2.2.1.4), is missing.
    private static boolean isGood(Usage row, WholeMeterReadings data) {
        long days = ChronoUnit.DAYS.between(row.from(), row.to());
        boolean daily = data.frequency() == Frequency.DAILY;
        int most = row.estimated() ? MOST_JOINED_DAYS : data.frequency().mostDays();
        return row.wattHours().isPresent()
                && !(row.wattHours().get() == 0 && data.meter() == Meter.ELECTRICITY)
                && row.coverage().basisPoints() >= HALF.basisPoints()
                && (daily || (days >= LEAST_BILL_DAYS && days <= most));
    }

    private static Row row(Usage usage, Map<LocalDate, Double> temperatures) {
        var found =
                usage.from()
                        .datesUntil(usage.to())
                        .filter(temperatures::containsKey)
                        .mapToDouble(day -> temperatures.getOrDefault(day, Double.NaN))
                        .toArray();
        double wattHours =
                usage.wattHours().orElseThrow() / usage.coverage().fraction().doubleValue();
        return new Row(usage.from(), usage.to(), wattHours, found, usage.estimated());
    }

    private static boolean hasWeather(Row row) {
        return row.temperatures().length > 0
                && row.temperatures().length >= LEAST_TEMPERATURES * row.days();
    }

    private static int outliers(List<Row> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        var sorted =
                rows.stream().mapToDouble(row -> row.wattHours() / row.days()).sorted().toArray();
        double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        double most = quantile(sorted, 0.5) + 3 * range;
        return (int) Arrays.stream(sorted).filter(use -> use > most).count();
    }

    private static double quantile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    DegreeDaySample sample() {
        var usePerDay = rows.stream().mapToDouble(row -> row.wattHours() / row.days()).toArray();
        var days = rows.stream().mapToDouble(Row::days).toArray();
        return DegreeDaySample.of(usePerDay, rows.stream().map(Row::temperatures).toList())
                .withDays(days);
    }
}
