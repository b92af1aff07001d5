package org.wattmark.metering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.ReadingsFile.Contents;
import org.wattmark.metering.ReadingsFile.RowError;
import org.wattmark.units.Period;

/// Rows of a file on their way to readings: collects good ones and faults, puts them in the order
/// of time, and rounds to whole watt-hours so that over the file no energy is lost or invented.
final class ReadingRows {

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);
    private static final BigDecimal NO_DATA = BigDecimal.valueOf(IntervalReading.NO_DATA);

    /// Fifteen digits before the point: a petawatt-hour is 10¹⁵ Wh.
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?[0-9]{1,15}(\\.[0-9]{0,30})?([eE][-+]?[0-9]{1,2})?");

    private final Duration length;
    private final List<Row> rows = new ArrayList<>();
    private final List<RowError> errors = new ArrayList<>();
    private int errorCount;

    /// @param length of the device's intervals
    ReadingRows(Duration length) {
        this.length = length;
    }

    private record Row(long line, Instant start, BigDecimal wattSeconds, String shownTime) {}

    /// @param shownTime the interval as it stands in the file
    void add(long line, Instant start, BigDecimal wattSeconds, String shownTime) {
        rows.add(new Row(line, start, wattSeconds, shownTime));
    }

    /// Reads a number with a point for decimals; a fault is collected, and then it is null.
    @Nullable BigDecimal number(long line, String column, String value) {
        if (!NUMBER.matcher(value).matches()) {
            error(
                    line,
                    column,
                    value,
                    value.isEmpty()
                            ? "nothing was measured: leave the row out"
                            : "write a number such as 412 or 0.5, without unit");
            return null;
        }
        var number = new BigDecimal(value);
        if (number.compareTo(NO_DATA) == 0) {
            error(line, column, value, "a code for no data: leave the row out");
            return null;
        }
        return number;
    }

    Contents contents() {
        rows.sort(Comparator.comparing(Row::start).thenComparingLong(Row::line));
        var readings = new ArrayList<IntervalReading>();
        var carried = BigDecimal.ZERO;
        @Nullable Row before = null;
        for (var row : rows) {
            if (before != null && before.start.equals(row.start)) {
                error(row.line, "row", row.shownTime, "line " + before.line + " has this interval");
                continue;
            }
            before = row;
            var available = carried.add(row.wattSeconds);
            // Down, also below zero: what is left over is never negative, and waits for the next.
            var wattHours = available.divide(SECONDS_PER_HOUR, 0, RoundingMode.FLOOR);
            if (addReading(row, wattHours, readings)) {
                carried = available.subtract(wattHours.multiply(SECONDS_PER_HOUR));
            }
        }
        errors.sort(Comparator.comparingLong(RowError::line));
        return new Contents(
                List.copyOf(readings),
                List.copyOf(errors),
                errorCount,
                carried.stripTrailingZeros());
    }

    private boolean addReading(Row row, BigDecimal wattHours, List<IntervalReading> readings) {
        try {
            readings.add(
                    new IntervalReading(
                            Period.starting(row.start, length), wattHours.longValueExact()));
            return true;
        } catch (ArithmeticException | IllegalArgumentException e) {
            error(row.line, "row", row.shownTime, "out of range: " + e.getMessage());
            return false;
        }
    }

    void error(long line, String column, String value, String remedy) {
        errorCount++;
        if (errors.size() < ReadingsFile.MAX_LISTED_ERRORS) {
            errors.add(new RowError(line, shown(column), shown(value), remedy));
        }
    }

    private static final int SHOWN_CHARACTERS = 40;

    /// Forty characters at most, no control characters, and nothing that a spreadsheet would run.
    static String shown(String value) {
        var visible =
                value.codePoints()
                        .limit(SHOWN_CHARACTERS)
                        .map(c -> Character.isISOControl(c) || isUnseen(c) ? '\uFFFD' : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        boolean formula =
                !visible.isEmpty()
                        && "=+-@".indexOf(visible.charAt(0)) >= 0
                        && !NUMBER.matcher(visible).matches();
        return formula ? "'" + visible : visible;
    }

    /// Characters that turn the direction of writing, or show nothing.
    private static boolean isUnseen(int codePoint) {
        return Character.getType(codePoint) == Character.FORMAT
                || Character.getType(codePoint) == Character.SURROGATE;
    }
}
