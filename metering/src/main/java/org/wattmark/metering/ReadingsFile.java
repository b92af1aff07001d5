package org.wattmark.metering;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads readings from a CSV file. A header names the columns; `,`, `;` or tab separates them:
///
/// - `interval_start` (also `measured_on`, `timestamp` or no name): the start of the interval in
///   RFC 3339 with its offset, such as `2026-03-01T12:00:00+01:00`;
/// - `watt_hours`: the energy of the interval in Wh; or
/// - `ac_power`, `ac_power_2`, `power_w` and their like: the average power over the interval in W.
///
/// Rows may come in any order. A bad row is reported with what to change, and good rows are kept.
/// The whole watt-hours of a reading are rounded down and the rest is carried into the next one, in
/// the order of time, so that over the file no energy is lost or invented. No content throws.
public final class ReadingsFile {

    public static final int MAX_BYTES = 64 * 1024 * 1024;
    public static final int MAX_ROWS = 1_000_000;
    public static final int MAX_LINE_CHARACTERS = 4_096;

    /// Errors beyond these are counted and not listed.
    public static final int MAX_LISTED_ERRORS = 1_000;

    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    private final Duration length;
    private final @Nullable ZoneId bareTimes;
    private final ReadingRows rows;

    private ReadingsFile(Duration length, @Nullable ZoneId bareTimes) {
        this.length = length;
        this.bareTimes = bareTimes;
        this.rows = new ReadingRows(length);
    }

    /// What a file holds.
    ///
    /// @param readings the good rows, in the order of time
    /// @param errors the first of the bad rows, at most [#MAX_LISTED_ERRORS]
    /// @param errorCount all bad rows
    /// @param remainderWattSeconds what is less than a watt-hour at the file's end, 0 to below
    ///   3,600
    public record Contents(
            List<IntervalReading> readings,
            List<RowError> errors,
            int errorCount,
            BigDecimal remainderWattSeconds) {}

    /// One bad row.
    ///
    /// @param line of the file, the header being 1
    /// @param column by its name in the header, or `row` where the row as a whole is bad
    /// @param value as it stands there, shortened and safe to show in a terminal or a spreadsheet
    /// @param remedy what to change
    public record RowError(long line, String column, String value, String remedy) {}

    /// Reads a file whose times carry their offset.
    ///
    /// @param length of the device's intervals
    public static Contents read(InputStream file, Duration length) throws IOException {
        return new ReadingsFile(length, null).read(file);
    }

    /// Reads a file in which times may lack an offset and then are in this zone.
    public static Contents read(InputStream file, Duration length, ZoneId bareTimes)
            throws IOException {
        return new ReadingsFile(length, bareTimes).read(file);
    }

    private Contents read(InputStream file) throws IOException {
        var content = file.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
            rows.error(
                    1,
                    "row",
                    "",
                    "the file is larger than " + MAX_BYTES + " bytes: cut it in parts");
        } else {
            readLines(new String(content, StandardCharsets.UTF_8));
        }
        return rows.contents();
    }

    private void readLines(String content) {
        var lines = LINE_END.splitAsStream(content).iterator();
        var header = lines.hasNext() ? lines.next() : "";
        var columns = ReadingColumns.of(header);
        if (columns == null) {
            rows.error(
                    1,
                    "row",
                    header,
                    "the first line names the columns: interval_start,watt_hours");
            return;
        }
        for (long line = 2; lines.hasNext(); line++) {
            var text = lines.next();
            if (line > MAX_ROWS + 1L) {
                rows.error(
                        line, "row", "", "more than " + MAX_ROWS + " rows: cut the file in parts");
                return;
            }
            if (!text.isBlank()) {
                readRow(line, text, columns);
            }
        }
    }

    private void readRow(long line, String text, ReadingColumns columns) {
        if (text.length() > MAX_LINE_CHARACTERS) {
            rows.error(line, "row", text, "longer than " + MAX_LINE_CHARACTERS + " characters");
            return;
        }
        var fields = columns.split(text);
        if (fields.size() <= Math.max(columns.time(), columns.value())) {
            rows.error(line, "row", text, "it has fewer columns than the header");
            return;
        }
        var time = fields.get(columns.time()).strip();
        var value = columns.decimalPoint(fields.get(columns.value()).strip());
        var start = startOf(line, time, columns);
        var wattSeconds = wattSecondsOf(line, value, columns);
        if (start != null && wattSeconds != null) {
            rows.add(line, start, wattSeconds, time);
        }
    }

    private @Nullable Instant startOf(long line, String time, ReadingColumns columns) {
        try {
            var start = ReadingColumns.instant(time, bareTimes);
            if (Intake.isAligned(start, length)) {
                return start;
            }
            rows.error(
                    line,
                    columns.timeName(),
                    time,
                    "an interval starts at a multiple of " + length);
        } catch (DateTimeException e) {
            rows.error(line, columns.timeName(), time, "write it as 2026-03-01T12:00:00+01:00");
        }
        return null;
    }

    private @Nullable BigDecimal wattSecondsOf(long line, String value, ReadingColumns columns) {
        var number = rows.number(line, columns.valueName(), value);
        return number == null ? null : columns.unit().wattSeconds(number, length);
    }
}
