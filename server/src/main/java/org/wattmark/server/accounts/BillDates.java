package org.wattmark.server.accounts;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the dates of a table. `03/04/2025` is in April or in March: one date that can be meant in
/// one way only decides for all, and else it is asked.
final class BillDates {

    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})");
    private static final Pattern ISO = Pattern.compile("\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}");
    private static final Pattern ISO_MONTH = Pattern.compile("\\d{4}[-/]\\d{1,2}");
    private static final Pattern MONTH_FIRST = Pattern.compile("\\d{1,2}[/.-]\\d{4}");

    private static final List<DateTimeFormatter> WRITTEN =
            List.of(written("d MMM yyyy"), written("d MMMM yyyy"), written("MMM d, yyyy"));

    private static final List<DateTimeFormatter> WRITTEN_MONTHS =
            List.of(written("MMM yyyy"), written("MMMM yyyy"), written("MMM yy"));

    /// Whether the day stands before the month, or after it.
    enum Order {
        DMY,
        MDY
    }

    private long dayFirst;
    private long monthFirst;
    private final @Nullable Order stated;

    BillDates(@Nullable Order stated) {
        this.stated = stated;
    }

    private static DateTimeFormatter written(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    /// A date of the table, before any is read.
    void see(String text) {
        var date = NUMBERS.matcher(text.strip());
        if (date.matches() && !date.group(2).equals(".")) {
            int one = Integer.parseInt(date.group(1));
            int two = Integer.parseInt(date.group(3));
            if (one > 12 && two <= 12) {
                dayFirst++;
            } else if (two > 12 && one <= 12) {
                monthFirst++;
            }
        }
    }

    /// What holds for the table, if it is known.
    Optional<Order> order() {
        if (stated != null) {
            return Optional.of(stated);
        }
        if (dayFirst > 0 && monthFirst == 0) {
            return Optional.of(Order.DMY);
        }
        return monthFirst > 0 && dayFirst == 0 ? Optional.of(Order.MDY) : Optional.empty();
    }

    /// A date, or what is wrong with it.
    record Read(@Nullable LocalDate date, String remedy) {}

    Read read(String text) {
        var date = text.strip();
        try {
            if (date.matches("\\d{4}-\\d{2}-\\d{2}T.*")) {
                return new Read(LocalDateTime.parse(date).toLocalDate(), "");
            }
            if (ISO.matcher(date).matches()) {
                var parts = date.split("[-/]");
                return new Read(day(parts[0], parts[1], parts[2]), "");
            }
            var numbers = NUMBERS.matcher(date);
            if (numbers.matches()) {
                return ofNumbers(
                        numbers.group(1), numbers.group(3), numbers.group(4), numbers.group(2));
            }
        } catch (DateTimeException e) {
            return new Read(null, "is a day that there is not");
        }
        for (var format : WRITTEN) {
            try {
                return new Read(LocalDate.parse(date, format), "");
            } catch (DateTimeException _) {
                // The next one may fit.
            }
        }
        return new Read(null, "is no date: write one such as 2025-04-03");
    }

    private Read ofNumbers(String one, String two, String year, String mark) {
        var full = year.length() == 2 ? "20" + year : year;
        if (mark.equals(".")) { // nobody writes points around a month that stands first
            return new Read(day(full, two, one), "");
        }
        var order = order();
        if (order.isEmpty()) {
            return new Read(null, asked(one, two, full));
        }
        boolean isDayFirst = order.get() == Order.DMY;
        int month = Integer.parseInt(isDayFirst ? two : one);
        if (month > 12) {
            return new Read(
                    null,
                    "has no such month, for the dates are read as "
                            + (isDayFirst ? "day/month/year" : "month/day/year"));
        }
        return new Read(isDayFirst ? day(full, two, one) : day(full, one, two), "");
    }

    private String asked(String one, String two, String year) {
        if (dayFirst > 0) {
            return "may be meant in two ways, and the table has both day/month/year and"
                    + " month/day/year: say dates=DMY or dates=MDY";
        }
        return "is "
                + day(year, two, one)
                + " or "
                + day(year, one, two)
                + ": say dates=DMY or dates=MDY";
    }

    private static LocalDate day(String year, String month, String day) {
        return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
    }

    /// A month such as `2025-04`, `04/2025` or `Apr 2025`; a date is the month that it lies in if
    /// it is the first of one.
    static Optional<YearMonth> month(String text) {
        var month = text.strip();
        try {
            if (month.matches("\\d{4}-\\d{2}-01T00:00.*")) {
                return Optional.of(YearMonth.parse(month.substring(0, 7)));
            }
            if (ISO_MONTH.matcher(month).matches()) {
                var parts = month.split("[-/]");
                return Optional.of(
                        YearMonth.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
            }
            if (MONTH_FIRST.matcher(month).matches()) {
                var parts = month.split("[/.-]");
                return Optional.of(
                        YearMonth.of(Integer.parseInt(parts[1]), Integer.parseInt(parts[0])));
            }
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        for (var format : WRITTEN_MONTHS) {
            try {
                return Optional.of(YearMonth.parse(month, format));
            } catch (DateTimeException _) {
                // The next one may fit.
            }
        }
        return Optional.empty();
    }
}
