package org.wattmark.rewards;

import java.time.LocalDate;
import org.wattmark.units.Canonical;

/// Civil days in canonical bytes: days since 1970-01-01.
final class Days {

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    private Days() {}

    /// Readings lie in the years 2000 to 2199, and so does all that is dated by them.
    static LocalDate requireCountable(LocalDate day) {
        if (!isCountable(day)) {
            throw new IllegalArgumentException("a day lies in the years 2000 to 2199, not " + day);
        }
        return day;
    }

    static boolean isCountable(LocalDate day) {
        return !day.isBefore(EARLIEST) && !day.isAfter(LATEST);
    }

    static LocalDate read(Canonical.Reader reader) throws Canonical.Malformed {
        long day = reader.number();
        if (day < EARLIEST.toEpochDay() || day > LATEST.toEpochDay()) {
            throw new Canonical.Malformed("no day of the years 2000 to 2199: " + day);
        }
        return LocalDate.ofEpochDay(day);
    }
}
