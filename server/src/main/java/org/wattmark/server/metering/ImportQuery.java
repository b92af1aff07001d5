package org.wattmark.server.metering;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.ColumnMapping;
import org.wattmark.metering.ColumnMapping.Decimal;
import org.wattmark.metering.ColumnMapping.Layout;
import org.wattmark.metering.ColumnMapping.Stamp;
import org.wattmark.metering.ColumnMapping.Unit;

/// How a file of readings is to be read, as the sender states it. All of it may be left out: then
/// the file says it itself, or is refused.
///
/// @param zone for times without offset, such as `Europe/Berlin`
/// @param time the columns of the time, by their names; two if date and time stand apart
/// @param value the column of the value: with it, the columns of a table are those stated here
/// @param unit of the values; Wh if not stated
/// @param layout how rows tell their time; a time stamp each if not stated
/// @param stamp which end of an interval the time names; its start if not stated
/// @param decimal the mark before decimals in texts
/// @param format of the times, such as `dd.MM.yyyy HH:mm`
/// @param separator between columns of a CSV file; `tab` is one
/// @param series of a Green Button file, by its `self` link
record ImportQuery(
        @Nullable String zone,
        @Nullable List<String> time,
        @Nullable String value,
        @Nullable Unit unit,
        @Nullable Layout layout,
        @Nullable Stamp stamp,
        @Nullable Decimal decimal,
        @Nullable String format,
        @Nullable String separator,
        @Nullable String series) {

    /// Whether the columns are stated.
    boolean isMapped() {
        return value != null;
    }

    Optional<ZoneId> zoneId() {
        return zone == null
                ? Optional.empty()
                : Optional.of(Fields.at("?zone", () -> ZoneId.of(zone)));
    }

    ColumnMapping mapping() {
        var columns = time == null ? List.<String>of() : time;
        var valueColumn = Fields.present("value", value);
        return Fields.at(
                "?time",
                () ->
                        new ColumnMapping(
                                layout == null ? Layout.STAMPS : layout,
                                columns,
                                Optional.ofNullable(format),
                                valueColumn,
                                unit == null ? Unit.WATT_HOURS : unit,
                                Optional.ofNullable(decimal),
                                stamp == null ? Stamp.START : stamp,
                                zoneId()));
    }

    Optional<Character> separatorCharacter() {
        if (separator == null) {
            return Optional.empty();
        }
        var text = separator.equals("tab") ? "\t" : separator;
        if (text.length() != 1) {
            throw Fields.invalid("?separator", "it is one character, or tab");
        }
        return Optional.of(text.charAt(0));
    }
}
