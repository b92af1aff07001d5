package org.wattmark.metering;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.ColumnMapping.Unit;

/// Where a file of readings has its times and values, as its header tells.
///
/// @param power whether the values are W on average rather than Wh
record ReadingColumns(
        char separator, int time, int value, String timeName, String valueName, boolean power) {

    private static final String SEPARATORS = ",;\t";
    private static final Pattern TIME =
            Pattern.compile("|interval_start|measured_on|timestamp|time|datetime");
    private static final Pattern ENERGY = Pattern.compile("watt_hours|energy_wh|wh");

    /// Also with a channel number behind it, as PVDAQ writes: `ac_power__773`. Never kilowatts.
    private static final Pattern POWER =
            Pattern.compile("power_w|([a-z0-9]+_)?ac_power(_w)?(_+\\d+)?");

    private static final Pattern INSTANT =
            Pattern.compile(
                    "(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
                            + " ?(Z|z|[+-]\\d\\d(?::?\\d\\d)?)?");

    Unit unit() {
        return power ? Unit.WATTS : Unit.WATT_HOURS;
    }

    /// Null if the line names no time or no value.
    static @Nullable ReadingColumns of(String headerLine) {
        var line = headerLine.startsWith("\uFEFF") ? headerLine.substring(1) : headerLine;
        if (line.length() > ReadingsFile.MAX_LINE_CHARACTERS) {
            return null;
        }
        char separator = separatorOf(line);
        return of(separator, split(line, separator)).orElse(null);
    }

    /// Columns by their names, of a table that no character separates.
    static Optional<ReadingColumns> of(List<String> names) {
        return of('\t', names);
    }

    private static Optional<ReadingColumns> of(char separator, List<String> header) {
        var names = header.stream().map(name -> name.trim().toLowerCase(Locale.ROOT)).toList();
        int time = first(names, TIME);
        int energy = first(names, ENERGY);
        int value = energy >= 0 ? energy : first(names, POWER);
        return time < 0 || value < 0
                ? Optional.empty()
                : Optional.of(
                        new ReadingColumns(
                                separator,
                                time,
                                value,
                                names.get(time).isEmpty() ? "time" : names.get(time),
                                names.get(value),
                                energy < 0));
    }

    private static char separatorOf(String header) {
        return (char)
                SEPARATORS
                        .chars()
                        .filter(separator -> header.indexOf(separator) >= 0)
                        .findFirst()
                        .orElse(',');
    }

    private static int first(List<String> names, Pattern pattern) {
        for (int i = 0; i < names.size(); i++) {
            if (pattern.matcher(names.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    /// The fields of one line; a line that is no CSV has none.
    List<String> split(String line) {
        return split(line, separator);
    }

    static List<String> split(String line, char separator) {
        if (line.indexOf('"') < 0) {
            return List.of(line.split(String.valueOf(separator), -1));
        }
        try {
            return CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowExtraCharsAfterClosingQuote(true)
                    .ofSingleCsvRecord(line)
                    .getFields();
        } catch (CsvParseException e) {
            return List.of();
        }
    }

    /// Where `;` separates columns, a comma is a decimal point.
    String decimalPoint(String number) {
        return separator == ';' ? number.replace(',', '.') : number;
    }

    /// Reads [#time]; a bare time that the zone's clock shows twice or never is `DateTimeException`
    /// too.
    static Instant instant(String text, @Nullable ZoneId bareTimes) {
        var time = time(text);
        if (time.offset().isPresent()) {
            return time.local().toInstant(time.offset().get());
        }
        var offsets =
                bareTimes == null ? List.<ZoneOffset>of() : validOffsets(bareTimes, time.local());
        if (offsets.size() != 1) {
            throw new DateTimeException("no offset, or more than one");
        }
        return time.local().toInstant(offsets.getFirst());
    }

    /// Reads RFC 3339, also with a space for the `T`, without seconds and without an offset.
    /// Whatever is no time is `DateTimeException`.
    static TimeFormat.Time time(String text) {
        var match = INSTANT.matcher(text);
        if (!match.matches()) {
            throw new DateTimeException("not a time");
        }
        var offset = match.group(3);
        return new TimeFormat.Time(
                LocalDateTime.parse(match.group(1) + "T" + match.group(2)),
                offset == null
                        ? Optional.empty()
                        : Optional.of(ZoneOffset.of(offset.toUpperCase(Locale.ROOT))));
    }

    private static List<ZoneOffset> validOffsets(ZoneId zone, LocalDateTime local) {
        return zone.getRules().getValidOffsets(local);
    }
}
