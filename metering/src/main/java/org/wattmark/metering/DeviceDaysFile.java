package org.wattmark.metering;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Installation.Mounting;

/// Reads days of devices from a CSV file, a day in each row: `device_id`, `start_utc` and the
/// average power in W of each interval, `w00`, `w01` and so on.
///
/// A file of days to judge names for each also the peak power (`kwp`) and the stated place
/// (`claimed_lat`, `claimed_lon`, perhaps `alt_m`), and for a trial the `label` (0 honest, 1
/// cheated) and perhaps its `type`. An empty field or a logger's code stands for no data. No
/// content throws.
public final class DeviceDaysFile {

    public static final int MAX_BYTES = 256 * 1024 * 1024;

    /// Errors beyond these are counted and not listed.
    public static final int MAX_LISTED_ERRORS = 20;

    /// The most that anybody counts in a day: one a minute.
    private static final int MOST_INTERVALS = 1_440;

    private static final long SECONDS_OF_DAY = 86_400;

    private final boolean labelled;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<RowError> errors = new ArrayList<>();
    private int intervals;

    private DeviceDaysFile(boolean labelled) {
        this.labelled = labelled;
    }

    /// What a file holds.
    ///
    /// @param errors the first of the bad rows; a file with one is not to be used
    public record Contents(List<Row> rows, List<RowError> errors) {}

    /// One day.
    ///
    /// @param line of the file, the header being 1
    /// @param name by which the file tells its days apart
    /// @param site as stated; of a history that states none, somewhere
    /// @param type how it was cheated, or `clean`
    public record Row(
            long line,
            String name,
            DeviceDay day,
            Site site,
            Installation installation,
            boolean cheated,
            String type) {}

    /// @param column by its name in the header, or `row` where the row as a whole is bad
    /// @param remedy what to change
    public record RowError(long line, String column, String value, String remedy) {

        @Override
        public String toString() {
            return "line " + line + ", " + column + " '" + value + "': " + remedy;
        }
    }

    /// Why a row is left out.
    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        private final String column;
        private final String value;

        Unreadable(String column, String value, String remedy) {
            super(remedy);
            this.column = column;
            this.value = value;
        }
    }

    /// Reads days with their labels.
    public static Contents labelled(InputStream file) throws IOException {
        return new DeviceDaysFile(true).read(file);
    }

    /// Reads honest days of the past.
    public static Contents history(InputStream file) throws IOException {
        return new DeviceDaysFile(false).read(file);
    }

    private Contents read(InputStream file) throws IOException {
        var content = file.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
            error(1, "row", "", "the file is larger than " + MAX_BYTES + " bytes: cut it in parts");
            return new Contents(List.of(), errors);
        }
        var text = new String(content, StandardCharsets.UTF_8);
        try (var records =
                CsvReader.builder()
                        .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            for (var row : records) {
                if (columns.isEmpty()) {
                    header(row);
                    if (!errors.isEmpty()) {
                        break;
                    }
                } else {
                    row(row);
                }
            }
        } catch (CsvParseException e) {
            error(1, "row", "", "it is no CSV: " + e.getMessage());
        }
        if (columns.isEmpty()) {
            error(1, "row", "", "the first line names the columns: device_id,start_utc,w00,w01,…");
        }
        return new Contents(List.copyOf(rows), List.copyOf(errors));
    }

    private void header(CsvRecord header) {
        for (int i = 0; i < header.getFieldCount(); i++) {
            var name = header.getField(i).strip();
            if (columns.put(name, i) != null) {
                error(1, name, name, "the column is there twice");
            }
        }
        while (columns.containsKey(power(intervals))) {
            intervals++;
        }
        var needed = new ArrayList<>(List.of("device_id", "start_utc", power(0), power(1)));
        if (labelled) {
            needed.addAll(List.of("kwp", "claimed_lat", "claimed_lon", "label"));
        }
        for (var name : needed) {
            if (!columns.containsKey(name)) {
                error(1, name, "", "the header lacks this column");
            }
        }
        if (intervals > MOST_INTERVALS || (intervals > 0 && SECONDS_OF_DAY % intervals != 0)) {
            error(1, power(intervals - 1), "", "no day has " + intervals + " even intervals");
        }
    }

    private static String power(int interval) {
        return interval < 10 ? "w0" + interval : "w" + interval;
    }

    private void row(CsvRecord row) {
        try {
            if (row.getFieldCount() != columns.size()) {
                throw new Unreadable(
                        "row",
                        row.getFieldCount() + " fields",
                        "the header has " + columns.size() + " columns");
            }
            rows.add(dayOf(row));
        } catch (Unreadable e) {
            error(row.getStartingLineNumber(), e.column, e.value, String.valueOf(e.getMessage()));
        }
    }

    private Row dayOf(CsvRecord row) throws Unreadable {
        var start = start(row);
        var step = Duration.ofSeconds(SECONDS_OF_DAY / intervals);
        var minutes = optional(row, "interval_min");
        if (minutes != null
                && decimal("interval_min", minutes).doubleValue() * 60 != step.toSeconds()) {
            throw new Unreadable(
                    "interval_min", minutes, intervals + " intervals make no day of that length");
        }
        var watts = new double[intervals];
        for (int i = 0; i < intervals; i++) {
            watts[i] = watts(power(i), field(row, power(i)));
        }
        var device = field(row, "device_id");
        if (device.isEmpty()) {
            throw new Unreadable("device_id", "", "name the device");
        }
        var day = new DeviceDay(device, date(row, start), start.toInstant(), step, watts);
        if (!labelled) {
            return new Row(line(row), name(row), day, SOMEWHERE, SOME_PANEL, false, "clean");
        }
        boolean cheated = label(row);
        var type = optional(row, "type");
        return new Row(
                line(row),
                name(row),
                day,
                site(row),
                installation(row),
                cheated,
                type == null ? cheated ? "cheated" : "clean" : type);
    }

    private static final Site SOMEWHERE = Site.of("UTC", "0", "0", 0, "ZZ");
    private static final Installation SOME_PANEL = new Installation(1, Mounting.FIXED);

    private static long line(CsvRecord row) {
        return row.getStartingLineNumber();
    }

    private String name(CsvRecord row) {
        var name = optional(row, "case_id");
        return name == null ? "line " + line(row) : name;
    }

    private OffsetDateTime start(CsvRecord row) throws Unreadable {
        var text = field(row, "start_utc");
        try {
            return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Unreadable(
                    "start_utc", text, "a time with its offset, such as 2026-07-01T07:00:00Z");
        }
    }

    private LocalDate date(CsvRecord row, OffsetDateTime start) throws Unreadable {
        var text = optional(row, "solar_local_date");
        if (text == null) {
            return start.plusHours(12).toLocalDate();
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Unreadable("solar_local_date", text, "a date such as 2026-07-01");
        }
    }

    private boolean label(CsvRecord row) throws Unreadable {
        var text = field(row, "label");
        return switch (text) {
            case "0" -> false;
            case "1" -> true;
            default -> throw new Unreadable("label", text, "0 for honest, 1 for cheated");
        };
    }

    private Site site(CsvRecord row) throws Unreadable {
        var altitude = optional(row, "alt_m");
        return new Site(
                ZoneOffset.UTC,
                within("claimed_lat", field(row, "claimed_lat"), -90, 90),
                within("claimed_lon", field(row, "claimed_lon"), -180, 180),
                altitude == null ? 0 : within("alt_m", altitude, -500, 9_000).intValue(),
                "ZZ");
    }

    private static BigDecimal within(String column, String text, int least, int most)
            throws Unreadable {
        var value = decimal(column, text);
        if (value.compareTo(BigDecimal.valueOf(least)) < 0
                || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new Unreadable(column, text, "from " + least + " to " + most);
        }
        return value;
    }

    private Installation installation(CsvRecord row) throws Unreadable {
        var text = field(row, "kwp");
        try {
            long wattsPeak = Math.round(decimal("kwp", text).doubleValue() * 1_000);
            return new Installation(wattsPeak, Mounting.FIXED);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("kwp", text, String.valueOf(e.getMessage()));
        }
    }

    private static double watts(String column, String text) throws Unreadable {
        return text.isEmpty() || "nan".equalsIgnoreCase(text)
                ? Double.NaN
                : decimal(column, text).doubleValue();
    }

    private static BigDecimal decimal(String column, String text) throws Unreadable {
        try {
            if (text.length() <= 40) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException e) {
            // Said below, in the words of the file.
        }
        throw new Unreadable(column, text, "a number such as 1234.5");
    }

    private String field(CsvRecord row, String column) {
        var index = columns.get(column);
        return index == null ? "" : row.getField(index).strip();
    }

    private @Nullable String optional(CsvRecord row, String column) {
        var text = field(row, column);
        return text.isEmpty() ? null : text;
    }

    private void error(long line, String column, String value, String remedy) {
        if (errors.size() < MAX_LISTED_ERRORS) {
            errors.add(new RowError(line, column, shown(value), remedy));
        }
    }

    /// Safe to show in a terminal, and no longer than a line.
    private static String shown(String value) {
        var safe = value.replaceAll("\\p{Cntrl}", "?");
        return safe.length() <= 60 ? safe : safe.substring(0, 60) + "…";
    }
}
