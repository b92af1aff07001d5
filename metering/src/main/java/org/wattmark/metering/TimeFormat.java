package org.wattmark.metering;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One way to write a time in a table.
///
/// @param pattern of `java.time`; empty for RFC 3339 and what is like it
record TimeFormat(String pattern, Optional<DateTimeFormatter> formatter) {

    /// RFC 3339, also with a space for the `T`, without seconds, without offset, or a date alone.
    static final TimeFormat ISO = new TimeFormat("", Optional.empty());

    /// What people write, most of it in a way that only one of them can mean. `01/02/2026` is two.
    private static final List<TimeFormat> USUAL =
            Stream.concat(
                            Stream.of(ISO),
                            Stream.of("dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "yyyy/MM/dd")
                                    .flatMap(date ->
                                            Stream.of("", " H:mm", " H:mm:ss")
                                                    .map(time -> of(date + time))))
                    .toList();

    private static final String END_OF_DAY = "24:00";

    /// A pattern that is none is `IllegalArgumentException`.
    static TimeFormat of(String pattern) {
        // Whoever writes `yyyy` means the year, and not the year of an era that must be named too.
        var formatter =
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(pattern.replace('y', 'u'))
                        .toFormatter(Locale.ENGLISH)
                        .withResolverStyle(ResolverStyle.STRICT);
        return new TimeFormat(pattern, Optional.of(formatter));
    }

    /// The usual ways in which most of these texts can be read. If they are several, nobody knows
    /// which is meant.
    static List<TimeFormat> fitting(List<String> texts) {
        if (!texts.isEmpty() && texts.stream().allMatch(ISO::reads)) {
            return List.of(ISO);
        }
        long most = 0;
        List<TimeFormat> best = List.of();
        for (var format : USUAL) {
            long fits = texts.stream().filter(format::reads).count();
            if (fits > most) {
                best = List.of(format);
                most = fits;
            } else if (fits == most && most > 0) {
                best = Stream.concat(best.stream(), Stream.of(format)).toList();
            }
        }
        return best;
    }

    private boolean reads(String text) {
        try {
            read(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// Reads a time; a text that is none is `DateTimeException`.
    Time read(String text) {
        if (text.contains(END_OF_DAY)) {
            var midnight = read(text.replace(END_OF_DAY, "00:00"));
            return new Time(midnight.local.plusDays(1), midnight.offset);
        }
        return formatter.isEmpty() ? iso(text) : patterned(text, formatter.get());
    }

    private static Time iso(String text) {
        return text.length() == "2026-03-01".length()
                ? new Time(LocalDate.parse(text).atStartOfDay(), Optional.empty())
                : ReadingColumns.time(text);
    }

    private static Time patterned(String text, DateTimeFormatter formatter) {
        var parsed = formatter.parse(text);
        if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            var time = OffsetDateTime.from(parsed);
            return new Time(time.toLocalDateTime(), Optional.of(time.getOffset()));
        }
        var date = LocalDate.from(parsed);
        var hour =
                parsed.isSupported(ChronoField.HOUR_OF_DAY)
                        ? LocalTime.from(parsed)
                        : LocalTime.MIDNIGHT;
        return new Time(LocalDateTime.of(date, hour), Optional.empty());
    }

    /// A time of some clock.
    ///
    /// @param offset of that clock from UTC, where the text says it
    record Time(LocalDateTime local, Optional<ZoneOffset> offset) {}

    /// How to say it to a person.
    String shown() {
        return pattern.isEmpty() ? "2026-03-01T12:00:00+01:00" : pattern;
    }
}
