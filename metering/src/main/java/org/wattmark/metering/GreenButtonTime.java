package org.wattmark.metering;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/// The local clock of a Green Button file (`LocalTimeParameters`): instants in the file are UTC,
/// and these rules say on which civil day and hour they fall.
///
/// @param standard offset from UTC without daylight saving
/// @param saving what daylight saving adds
/// @param start when it starts, in local standard time; empty where there is none
/// @param end when it ends, in local daylight saving time
public record GreenButtonTime(
        ZoneOffset standard, Duration saving, Optional<Rule> start, Optional<Rule> end) {

    /// The offset from UTC at this instant.
    public ZoneOffset offsetAt(Instant instant) {
        if (start.isEmpty() || end.isEmpty()) {
            return standard;
        }
        int year = instant.atOffset(standard).getYear();
        var daylight =
                ZoneOffset.ofTotalSeconds(standard.getTotalSeconds() + (int) saving.toSeconds());
        var starts = start.get().in(year).toInstant(standard);
        var ends = end.get().in(year).toInstant(daylight);
        // South of the equator daylight saving lasts over the turn of the year.
        boolean saves =
                starts.isBefore(ends)
                        ? !instant.isBefore(starts) && instant.isBefore(ends)
                        : !instant.isBefore(starts) || instant.isBefore(ends);
        return saves ? daylight : standard;
    }

    /// The civil day on which this instant falls.
    public LocalDate dayOf(Instant instant) {
        return instant.atOffset(offsetAt(instant)).toLocalDate();
    }

    /// A day and time of every year, packed into 32 bits (ESPI's `DstRuleType`): from the lowest,
    /// 12 bits of seconds, 5 of hours, 3 of weekday (Monday is 1), 5 of day of the month, 3 of
    /// operator and 4 of month. Operator 0 means that day of the month, 1 the weekday on or after
    /// it, 2 to 6 the first to fifth such weekday of the month, 7 the last.
    public record Rule(int bits) {

        private static final int NONE = -1;

        public Rule {
            if (month(bits) < 1 || month(bits) > 12 || hours(bits) > 24) {
                throw new IllegalArgumentException(
                        "no rule of daylight saving: " + Integer.toHexString(bits));
            }
            boolean needsWeekday = operator(bits) != 0;
            if (needsWeekday ? weekday(bits) == 0 : dayOfMonth(bits) == 0) {
                throw new IllegalArgumentException(
                        "a rule of daylight saving without its day: " + Integer.toHexString(bits));
            }
        }

        /// Reads eight hexadecimal digits; `FFFFFFFF` stands for no rule.
        public static Optional<Rule> parse(String hex) {
            int bits = Integer.parseUnsignedInt(hex, 16);
            return bits == NONE || bits == 0 ? Optional.empty() : Optional.of(new Rule(bits));
        }

        public LocalDateTime in(int year) {
            var first = LocalDate.of(year, month(bits), 1);
            return day(first).atStartOfDay().plusHours(hours(bits)).plusSeconds(bits & 0xFFF);
        }

        private LocalDate day(LocalDate first) {
            int day = Math.clamp(dayOfMonth(bits), 1, first.lengthOfMonth());
            return switch (operator(bits)) {
                case 0 -> first.withDayOfMonth(day);
                case 1 -> first.withDayOfMonth(day).with(TemporalAdjusters.nextOrSame(dayOfWeek()));
                case 7 -> first.with(TemporalAdjusters.lastInMonth(dayOfWeek()));
                default ->
                        first.with(
                                TemporalAdjusters.dayOfWeekInMonth(
                                        operator(bits) - 1, dayOfWeek()));
            };
        }

        private DayOfWeek dayOfWeek() {
            return DayOfWeek.of(weekday(bits));
        }

        private static int hours(int bits) {
            return bits >>> 12 & 0x1F;
        }

        private static int weekday(int bits) {
            return bits >>> 17 & 0x7;
        }

        private static int dayOfMonth(int bits) {
            return bits >>> 20 & 0x1F;
        }

        private static int operator(int bits) {
            return bits >>> 25 & 0x7;
        }

        private static int month(int bits) {
            return bits >>> 28;
        }

        /// Eight hexadecimal digits.
        @Override
        public String toString() {
            return String.format("%08X", bits);
        }
    }
}
