package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.ColumnMapping.Decimal;
import org.wattmark.metering.ColumnMapping.Layout;
import org.wattmark.metering.ColumnMapping.Stamp;
import org.wattmark.metering.ReadingsFile.Contents;
import org.wattmark.metering.TableRow.Cell;
import org.wattmark.metering.TableRow.Kind;
import org.wattmark.units.Period;

/// Reads a table of readings as a [ColumnMapping] says, into the same [Contents] as [ReadingsFile]:
/// good rows are readings, bad ones say what to change, and reading stores nothing.
///
/// Where a civil clock shows an hour twice and the rows say no offset, a time that stands in two
/// rows is the earlier one in the first of them, in the order of the table; a time that stands in
/// one row only is refused, for nobody knows which it is.
public final class ReadingTable {

    /// Exports begin with names and addresses; the header is somewhere below.
    private static final int MOST_ROWS_BEFORE_HEADER = 50;

    /// From how many rows the way of writing times is told.
    private static final int SAMPLE = 1_000;

    private static final Pattern IN_THOUSANDS_WITH_COMMA =
            Pattern.compile("[-+]?\\d{1,3}([. '\\u00A0\\u202F]\\d{3})+(,\\d*)?");
    private static final Pattern IN_THOUSANDS_WITH_POINT =
            Pattern.compile("[-+]?\\d{1,3}([, '\\u00A0\\u202F]\\d{3})+(\\.\\d*)?");
    private static final Pattern BETWEEN_THOUSANDS_WITH_COMMA =
            Pattern.compile("[. '\\u00A0\\u202F]");
    private static final Pattern BETWEEN_THOUSANDS_WITH_POINT =
            Pattern.compile("[, '\\u00A0\\u202F]");

    private final ColumnMapping mapping;
    private final Duration length;
    private final ReadingRows readings;
    private final Map<LocalDateTime, List<Stamped>> shownTwice = new LinkedHashMap<>();
    private @Nullable Instant first;
    private @Nullable Instant last;

    private ReadingTable(ColumnMapping mapping, Duration length) {
        this.mapping = mapping;
        this.length = length;
        this.readings = new ReadingRows(length);
    }

    /// A row whose time is known and whose place on the time line may not be yet.
    private record Stamped(long line, BigDecimal wattSeconds, String shown) {}

    /// Where the columns are.
    private record Columns(int row, List<Integer> time, int value, List<String> names) {

        String timeName() {
            return time.stream().map(names::get).collect(Collectors.joining(" "));
        }
    }

    /// Rows of a file, as far as they could be read.
    ///
    /// @param fault why there are no more, if there are
    public record Rows(List<TableRow> rows, Optional<String> fault) {

        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /// Why [Rows] end after [ReadingsFile#MAX_ROWS].
    public static String tooManyRows() {
        return "more than " + ReadingsFile.MAX_ROWS + " rows: cut the file in parts";
    }

    /// The mapping of a table whose first row names its columns as [ReadingsFile] has them.
    public static Optional<ColumnMapping> usualMapping(Rows table, Optional<ZoneId> zone) {
        var names =
                table.rows().stream()
                        .filter(row -> !row.isBlank())
                        .findFirst()
                        .map(row -> row.cells().stream().map(Cell::text).toList())
                        .orElse(List.of());
        var columns = ReadingColumns.of(names);
        return columns.map(each ->
                new ColumnMapping(
                        Layout.STAMPS,
                        List.of(names.get(each.time())),
                        Optional.empty(),
                        names.get(each.value()),
                        each.unit(),
                        Optional.empty(),
                        Stamp.START,
                        zone));
    }

    /// @param length of the device's intervals, which are the table's
    public static Contents read(Rows table, ColumnMapping mapping, Duration length) {
        return new ReadingTable(mapping, length).read(table);
    }

    private Contents read(Rows table) {
        var columns = columnsOf(table.rows());
        if (columns == null) {
            unnamed(table.rows());
        } else {
            var rows =
                    table.rows().subList(columns.row() + 1, table.rows().size()).stream()
                            .filter(row -> !row.isBlank())
                            .toList();
            var format = formatOf(rows, columns);
            if (format != null) {
                rows.forEach(row -> read(row, columns, format));
            }
        }
        table.fault()
                .ifPresent(fault -> readings.error(table.rows().size() + 1L, "row", "", fault));
        placeTimesShownTwice();
        return readings.contents();
    }

    private @Nullable Columns columnsOf(List<TableRow> rows) {
        for (int i = 0; i < Math.min(rows.size(), MOST_ROWS_BEFORE_HEADER); i++) {
            var names = rows.get(i).cells().stream().map(Cell::text).toList();
            var time = mapping.time().stream().map(name -> indexOf(names, name)).toList();
            int value = indexOf(names, mapping.value());
            if (value >= 0 && !time.contains(-1)) {
                return new Columns(i, time, value, names);
            }
        }
        return null;
    }

    private static int indexOf(List<String> names, String name) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElse(-1);
    }

    private void unnamed(List<TableRow> rows) {
        var seen =
                rows.stream()
                        .filter(row -> !row.isBlank())
                        .findFirst()
                        .map(row ->
                                row.cells().stream()
                                        .map(Cell::text)
                                        .collect(Collectors.joining(",")))
                        .orElse("");
        readings.error(
                1,
                "row",
                seen,
                "none of the first "
                        + MOST_ROWS_BEFORE_HEADER
                        + " rows names the columns "
                        + String.join(", ", mapping.time())
                        + ", "
                        + mapping.value());
    }

    /// The stated format, or the only one in which the rows can be read.
    private @Nullable TimeFormat formatOf(List<TableRow> rows, Columns columns) {
        if (mapping.timeFormat().isPresent()) {
            return TimeFormat.of(mapping.timeFormat().get());
        }
        int step = Math.max(1, rows.size() / SAMPLE);
        var texts =
                IntStream.range(0, rows.size())
                        .filter(i -> i % step == 0)
                        .mapToObj(rows::get)
                        .filter(row -> row.cell(columns.time().getFirst()).kind() != Kind.TIME)
                        .map(row -> timeText(row, columns))
                        .distinct()
                        .toList();
        var fitting = TimeFormat.fitting(texts);
        if (fitting.size() > 1) {
            readings.error(
                    rows.getFirst().line(),
                    columns.timeName(),
                    texts.getFirst(),
                    "it can be read as "
                            + fitting.stream()
                                    .map(TimeFormat::shown)
                                    .collect(Collectors.joining(" or as "))
                            + ": state the format");
            return null;
        }
        return fitting.isEmpty() ? TimeFormat.ISO : fitting.getFirst();
    }

    /// A date and a time in two columns are one text; a period's number is not part of it.
    private String timeText(TableRow row, Columns columns) {
        var date = row.cell(columns.time().getFirst());
        if (mapping.layout() != Layout.STAMPS || columns.time().size() == 1) {
            return date.text();
        }
        var time = row.cell(columns.time().getLast());
        return (date.kind() == Kind.TIME ? date.text().substring(0, 10) : date.text())
                + " "
                + (time.kind() == Kind.TIME ? time.text().substring(11) : time.text());
    }

    private void read(TableRow row, Columns columns, TimeFormat format) {
        var date = row.cell(columns.time().getFirst());
        var text = timeText(row, columns);
        var fault = row.cells().size() == 1 ? row.cell(0) : date; // a line that is none
        if (fault.kind() == Kind.FAULT) {
            readings.error(row.line(), columns.timeName(), "", fault.text());
            return;
        }
        TimeFormat.Time time;
        try {
            time = (date.kind() == Kind.TIME ? TimeFormat.ISO : format).read(text);
        } catch (DateTimeException e) {
            readings.error(row.line(), columns.timeName(), text, "write it as " + format.shown());
            return;
        }
        switch (mapping.layout()) {
            case STAMPS -> stamped(row, columns, time, text);
            case PERIODS -> period(row, columns, time.local().toLocalDate());
            case DAYS -> day(row, columns, time.local().toLocalDate());
        }
    }

    private void stamped(TableRow row, Columns columns, TimeFormat.Time time, String text) {
        var wattSeconds = wattSecondsOf(row, columns.value(), columns);
        if (wattSeconds == null) {
            return;
        }
        var offsets =
                time.offset()
                        .map(offset -> List.of(offset))
                        .orElseGet(() ->
                                mapping.zone()
                                        .map(zone -> zone.getRules().getValidOffsets(time.local()))
                                        .orElse(List.of()));
        var stamped = new Stamped(row.line(), wattSeconds, text);
        if (offsets.size() == 1) {
            place(stamped, time.local().toInstant(offsets.getFirst()), columns.timeName());
        } else if (offsets.isEmpty()) {
            readings.error(
                    row.line(),
                    columns.timeName(),
                    text,
                    mapping.zone().isEmpty()
                            ? "it has no offset from UTC: add one, or name the time zone"
                            : "the clock of " + mapping.zone().get() + " skips it");
        } else {
            shownTwice.computeIfAbsent(time.local(), _ -> new ArrayList<>()).add(stamped);
        }
    }

    private void place(Stamped row, Instant stamp, String column) {
        first = first == null ? stamp : first;
        last = stamp;
        var start = mapping.stamp() == Stamp.END ? stamp.minus(length) : stamp;
        if (Intake.isAligned(start, length)) {
            readings.add(row.line(), start, row.wattSeconds(), row.shown());
        } else {
            readings.error(
                    row.line(),
                    column,
                    row.shown(),
                    "an interval "
                            + (mapping.stamp() == Stamp.END ? "ends" : "starts")
                            + " at a multiple of "
                            + length);
        }
    }

    private void placeTimesShownTwice() {
        boolean backwards = first != null && last != null && last.isBefore(first);
        shownTwice.forEach((local, rows) -> {
            var zone = mapping.zone().orElseThrow(); // without one, no time is shown twice
            var offsets = zone.getRules().getValidOffsets(local);
            var column = String.join(" ", mapping.time());
            for (int i = 0; i < rows.size(); i++) {
                var row = rows.get(i);
                if (rows.size() == offsets.size()) {
                    int which = backwards ? offsets.size() - 1 - i : i;
                    place(row, local.toInstant(offsets.get(which)), column);
                } else {
                    readings.error(
                            row.line(),
                            column,
                            row.shown(),
                            "the clock of "
                                    + zone
                                    + " shows it twice: give both rows, or an offset");
                }
            }
        });
    }

    private void period(TableRow row, Columns columns, LocalDate date) {
        var cell = row.cell(columns.time().getLast());
        var name = columns.names().get(columns.time().getLast());
        var day = dayOf(date);
        int periods = periodsIn(day);
        int number = smallNumber(cell.text());
        if (number < 1 || number > periods) {
            readings.error(
                    row.line(), name, cell.text(), date + " has the periods 1 to " + periods);
            return;
        }
        var wattSeconds = wattSecondsOf(row, columns.value(), columns);
        if (wattSeconds != null) {
            readings.add(
                    row.line(),
                    day.start().plus(length.multipliedBy(number - 1L)),
                    wattSeconds,
                    date + " " + number);
        }
    }

    /// Excel writes whole numbers as 7 or as 7.0.
    private static int smallNumber(String text) {
        return text.matches("\\d{1,4}(\\.0{1,9})?")
                ? Integer.parseInt(text.replaceFirst("\\..*", ""))
                : -1;
    }

    private void day(TableRow row, Columns columns, LocalDate date) {
        var day = dayOf(date);
        var places = DayColumns.of(row, columns.value(), day, zone(), length);
        if (places.isEmpty()) {
            readings.error(
                    row.line(),
                    columns.timeName(),
                    date.toString(),
                    "this day has "
                            + periodsIn(day)
                            + " intervals, and the row another number of values");
            return;
        }
        for (int i = 0; i < places.size(); i++) {
            var wattSeconds = wattSecondsOf(row, places.get(i), columns);
            if (wattSeconds != null) {
                var start = day.start().plus(length.multipliedBy(i));
                readings.add(row.line(), start, wattSeconds, start.toString());
            }
        }
    }

    private Period dayOf(LocalDate date) {
        return new Period(
                date.atStartOfDay(zone()).toInstant(),
                date.plusDays(1).atStartOfDay(zone()).toInstant());
    }

    private ZoneId zone() {
        return mapping.zone().orElseThrow(); // the mapping has one wherever days count
    }

    private int periodsIn(Period day) {
        return Math.toIntExact(day.length().dividedBy(length));
    }

    private @Nullable BigDecimal wattSecondsOf(TableRow row, int column, Columns columns) {
        var cell = row.cell(column);
        var name = column < columns.names().size() ? columns.names().get(column) : "" + column;
        if (cell.merged()) {
            return fault(row, name, cell.text(), "one value for several rows: give each its own");
        }
        var number =
                switch (cell.kind()) {
                    case NUMBER -> readings.number(row.line(), name, cell.text());
                    case TEXT -> textual(row, name, cell.text());
                    case TIME -> fault(row, name, cell.text(), "a time stands here, not a value");
                    case FAULT -> fault(row, name, "", cell.text());
                };
        return number == null ? null : mapping.unit().wattSeconds(number, length);
    }

    private @Nullable BigDecimal fault(TableRow row, String name, String value, String remedy) {
        readings.error(row.line(), name, value, remedy);
        return null;
    }

    /// A number in a text, as the mapping says that it is written.
    private @Nullable BigDecimal textual(TableRow row, String name, String text) {
        if (mapping.decimal().isEmpty()) {
            return text.contains(",")
                    ? fault(row, name, text, "state whether the comma stands before decimals")
                    : readings.number(row.line(), name, text);
        }
        if (mapping.decimal().get() == Decimal.POINT) {
            return readings.number(
                    row.line(),
                    name,
                    without(text, IN_THOUSANDS_WITH_POINT, BETWEEN_THOUSANDS_WITH_POINT));
        }
        var whole = without(text, IN_THOUSANDS_WITH_COMMA, BETWEEN_THOUSANDS_WITH_COMMA);
        return whole.contains(".")
                ? fault(row, name, text, "the mark before decimals is stated to be a comma")
                : readings.number(row.line(), name, whole.replace(',', '.'));
    }

    private static String without(String number, Pattern whole, Pattern marks) {
        return whole.matcher(number).matches() ? marks.matcher(number).replaceAll("") : number;
    }
}
