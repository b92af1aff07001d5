package org.wattmark.server.live;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A CSV file of hourly intensities.
sealed interface IntensityFile {

    /// Grams for a kilowatt-hour by the hour's start.
    record Parsed(Map<Instant, BigDecimal> hours) implements IntensityFile {}

    /// @param errors the first of them, each with its line
    record Refused(List<String> errors) implements IntensityFile {}

    String TIME = "datetime_utc";

    int MOST_ERRORS = 10;

    /// Two leap years.
    int MOST_HOURS = 2 * 8_784;

    /// The dirtiest lignite plant stays below 2,000 g; more is another unit.
    BigDecimal MOST_GRAMS = BigDecimal.valueOf(2_000);

    /// @param column with the grams CO₂e for a kilowatt-hour
    static IntensityFile parse(String csv, String column) {
        var lines = csv.lines().toList();
        var header = lines.isEmpty() ? List.<String>of() : cells(lines.getFirst());
        int time = header.indexOf(TIME);
        int value = header.indexOf(column);
        if (time < 0 || value < 0) {
            return new Refused(
                    List.of(
                            "Line 1 must name the columns %s and %s; it is \"%s\"."
                                    .formatted(
                                            TIME,
                                            column,
                                            lines.isEmpty() ? "" : shortened(lines.getFirst()))));
        }
        var hours = new TreeMap<Instant, BigDecimal>();
        var errors = new ArrayList<String>();
        for (int i = 1; i < lines.size() && errors.size() < MOST_ERRORS; i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    read(cells(lines.get(i)), time, value, hours);
                } catch (DateTimeException | IllegalArgumentException e) {
                    errors.add("Line " + (i + 1) + ": " + e.getMessage() + ".");
                }
            }
        }
        if (hours.size() > MOST_HOURS) {
            errors.add(
                    "%,d hours are more than %,d in one file.".formatted(hours.size(), MOST_HOURS));
        }
        if (hours.isEmpty() && errors.isEmpty()) {
            errors.add("There is no row below the header.");
        }
        return errors.isEmpty() ? new Parsed(hours) : new Refused(errors);
    }

    private static void read(
            List<String> cells, int time, int value, Map<Instant, BigDecimal> hours) {
        if (cells.size() <= Math.max(time, value)) {
            throw new IllegalArgumentException("it has " + cells.size() + " cells");
        }
        var start = instant(cells.get(time));
        if (!start.equals(start.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException(cells.get(time) + " is not the start of an hour");
        }
        var grams = grams(cells.get(value));
        if (hours.putIfAbsent(start, grams) != null) {
            throw new IllegalArgumentException(cells.get(time) + " stands there twice");
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

    /// Cells of times and numbers need no quotation marks; one that has them is no number.
    private static List<String> cells(String line) {
        return List.of(line.split(",", -1));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
