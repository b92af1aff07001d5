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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /// Null if the line names no time or no value.
    static @Nullable ReadingColumns of(String headerLine) {
        var line = headerLine.startsWith("\uFEFF") ? headerLine.substring(1) : headerLine;
        if (line.length() > ReadingsFile.MAX_LINE_CHARACTERS) {
            return null;
        }
        char separator = separatorOf(line);
        var names =
                split(line, separator).stream()
                        .map(name -> name.trim().toLowerCase(Locale.ROOT))
                        .toList();
        int time = first(names, TIME);
        int energy = first(names, ENERGY);
        int value = energy >= 0 ? energy : first(names, POWER);
        return time < 0 || value < 0
                ? null
                : new ReadingColumns(
                        separator,
                        time,
                        value,
                        names.get(time).isEmpty() ? "time" : names.get(time),
                        names.get(value),
                        energy < 0);
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

    private static List<String> split(String line, char separator) {
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

    /// Reads RFC 3339, also with a space for the `T` and without seconds. Whatever is no instant is
    /// `DateTimeException`; so is a bare time that the zone's clock shows twice or never.
    static Instant instant(String text, @Nullable ZoneId bareTimes) {
        var match = INSTANT.matcher(text);
        if (!match.matches()) {
            throw new DateTimeException("not a time");
        }
        var local = LocalDateTime.parse(match.group(1) + "T" + match.group(2));
        var offset = match.group(3);
        if (offset != null) {
            return local.toInstant(ZoneOffset.of(offset.toUpperCase(Locale.ROOT)));
        }
        var offsets = bareTimes == null ? List.<ZoneOffset>of() : validOffsets(bareTimes, local);
        if (offsets.size() != 1) {
            throw new DateTimeException("no offset, or more than one");
        }
        return local.toInstant(offsets.getFirst());
    }

    private static List<ZoneOffset> validOffsets(ZoneId zone, LocalDateTime local) {
        return zone.getRules().getValidOffsets(local);
    }
}
