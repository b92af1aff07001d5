package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Where a table of readings has its times and values, and what they mean: stated by who sends it.
///
/// @param layout how rows tell their time
/// @param time the columns of the time by their names in the header: one, or a date and a time, or
///   a date and the number of a period; a [Layout#DAYS] has its date alone
/// @param timeFormat as `java.time` writes patterns, such as `dd/MM/yyyy HH:mm`; empty for RFC 3339
///   and, where all rows can be read in one way only, for what people write
/// @param value the column of the value; a [Layout#DAYS] has its first value there, and the others
///   to its right
/// @param decimal the mark before decimals in texts; empty if no value has any
/// @param zone of times without an offset
public record ColumnMapping(
        Layout layout,
        List<String> time,
        Optional<String> timeFormat,
        String value,
        Unit unit,
        Optional<Decimal> decimal,
        Stamp stamp,
        Optional<ZoneId> zone) {

    public ColumnMapping {
        time = List.copyOf(time);
        int most = layout == Layout.DAYS ? 1 : 2;
        if (time.isEmpty() || time.size() > most || (layout == Layout.PERIODS && time.size() < 2)) {
            throw new IllegalArgumentException(layout + " needs other time columns than " + time);
        }
        if (layout != Layout.STAMPS && zone.isEmpty()) {
            throw new IllegalArgumentException(
                    "days and their periods are those of a time zone: name one");
        }
        if (layout != Layout.STAMPS && stamp == Stamp.END) {
            throw new IllegalArgumentException("a period of a day has no stamp at its end");
        }
        timeFormat.ifPresent(TimeFormat::of);
    }

    /// RFC 3339 starts and one value a row, as `interval_start,watt_hours` has them.
    public static ColumnMapping of(String time, String value, Unit unit) {
        return new ColumnMapping(
                Layout.STAMPS,
                List.of(time),
                Optional.empty(),
                value,
                unit,
                Optional.empty(),
                Stamp.START,
                Optional.empty());
    }

    /// How rows tell their time.
    public enum Layout {
        /// Each row is an interval and bears its time.
        STAMPS,
        /// Each row is an interval: a date, and which of the day's intervals it is, from 1.
        PERIODS,
        /// Each row is a civil day with its intervals side by side: 46, 48 or 50 half hours.
        DAYS
    }

    /// Which end of an interval its time names.
    public enum Stamp {
        START,
        END
    }

    /// The mark before decimals. The other one may stand between thousands.
    public enum Decimal {
        POINT,
        COMMA
    }

    /// What a value is: energy of the interval, or average power over it.
    public enum Unit {
        WATT_HOURS("3600"),
        KILOWATT_HOURS("3600e3"),
        MEGAWATT_HOURS("3600e6"),
        WATTS("1"),
        KILOWATTS("1e3");

        private final BigDecimal factor;

        Unit(String factor) {
            this.factor = new BigDecimal(factor);
        }

        /// The energy of an interval of this length in watt-seconds, exact.
        BigDecimal wattSeconds(BigDecimal value, Duration length) {
            var energy = value.multiply(factor);
            return isPower() ? energy.multiply(BigDecimal.valueOf(length.toSeconds())) : energy;
        }

        private boolean isPower() {
            return this == WATTS || this == KILOWATTS;
        }
    }
}
