package org.wattmark.server.live;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wattmark.metering.CsvTable;
import org.wattmark.metering.ReadingTable;
import org.wattmark.metering.TableRow;

/// A CSV file of hourly intensities.
sealed interface IntensityFile {

    /// Grams for a kilowatt-hour by the hour's start.
    record Parsed(Map<Instant, BigDecimal> hours) implements IntensityFile {}

    /// @param errors the first of them
    record Refused(List<Fault> errors) implements IntensityFile {}

    /// @param line of the file, the first being 1
    /// @param remedy what stands there, and what should
    record Fault(long line, String remedy) {}

    String TIME = "datetime_utc";

    int MOST_FAULTS = 10;

    /// Two leap years.
    int MOST_HOURS = 2 * 8_784;

    /// The dirtiest lignite plant stays below 2,000 g; more is another unit.
    BigDecimal MOST_GRAMS = BigDecimal.valueOf(2_000);

    /// @param column with the grams CO₂e for a kilowatt-hour
    static IntensityFile read(InputStream csv, String column) throws IOException {
        var table = CsvTable.read(csv, Optional.of(','));
        var header =
                table.rows().stream()
                        .findFirst()
                        .map(row -> row.cells().stream().map(TableRow.Cell::text).toList())
                        .orElse(List.of());
        int time = header.indexOf(TIME);
        int value = header.indexOf(column);
        if (time < 0 || value < 0) {
            return new Refused(
                    List.of(
                            new Fault(
                                    1,
                                    "it must name the columns %s and %s, and it is \"%s\""
                                            .formatted(
                                                    TIME,
                                                    column,
                                                    shortened(String.join(",", header))))));
        }
        return hours(table, time, value);
    }

    private static IntensityFile hours(ReadingTable.Rows table, int time, int value) {
        var hours = new TreeMap<Instant, BigDecimal>();
        var faults = new ArrayList<Fault>();
        for (var row : table.rows().subList(1, table.rows().size())) {
            if (!row.isBlank() && faults.size() < MOST_FAULTS) {
                try {
                    read(row.cell(time).text(), row.cell(value).text(), hours);
                } catch (DateTimeException | IllegalArgumentException e) {
                    faults.add(new Fault(row.line(), String.valueOf(e.getMessage())));
                }
            }
        }
        int last = table.rows().size();
        table.fault().ifPresent(fault -> faults.add(new Fault(last, fault)));
        if (hours.size() > MOST_HOURS) {
            var many =
                    "%,d hours are more than %,d in one file".formatted(hours.size(), MOST_HOURS);
            faults.add(new Fault(last, many));
        }
        if (hours.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(1, "there is no row below the header"));
        }
        return faults.isEmpty() ? new Parsed(hours) : new Refused(faults);
    }

    private static void read(String time, String value, Map<Instant, BigDecimal> hours) {
        var start = instant(time);
        if (!start.equals(start.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException(time + " is not the start of an hour");
        }
        if (hours.putIfAbsent(start, grams(value)) != null) {
            throw new IllegalArgumentException(time + " stands there twice");
        }
    }

    private static BigDecimal grams(String cell) {
        try {
            var grams = new BigDecimal(cell);
            if (grams.signum() >= 0 && grams.compareTo(MOST_GRAMS) <= 0 && grams.scale() <= 9) {
                return grams;
            }
        } catch (NumberFormatException e) {
            // told below, with the limits
        }
        throw new IllegalArgumentException(
                "\"" + shortened(cell) + "\" is no number of grams from 0 to " + MOST_GRAMS);
    }

    private static Instant instant(String cell) {
        var text = cell.replace(' ', 'T');
        try {
            return Instant.parse(text.endsWith("Z") || text.contains("+") ? text : text + "Z");
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + shortened(cell) + "\" is no time such as 2022-01-01 00:00:00", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
