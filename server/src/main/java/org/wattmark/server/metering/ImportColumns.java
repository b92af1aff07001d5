package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.ColumnMapping.Decimal;
import org.wattmark.metering.ColumnMapping.Layout;
import org.wattmark.metering.ColumnMapping.Stamp;
import org.wattmark.metering.ColumnMapping.Unit;
import picocli.CommandLine.Option;

/// The options of `wattmark import` that say how a file is to be read; [ImportQuery] receives them.
final class ImportColumns {

    @Option(
            names = "--time",
            description = "The column of the time, by its name; twice if its date stands apart.")
    private List<String> time = new ArrayList<>();

    @Option(names = "--value", description = "The column of the value, by its name.")
    private @Nullable String value;

    @Option(names = "--unit", description = "${COMPLETION-CANDIDATES}. Default: WATT_HOURS")
    private @Nullable Unit unit;

    @Option(
            names = "--layout",
            description =
                    "${COMPLETION-CANDIDATES}: a time each row, a date and the number of a period,"
                            + " or a day each row. Default: STAMPS")
    private @Nullable Layout layout;

    @Option(
            names = "--stamp",
            description = "${COMPLETION-CANDIDATES} of the interval is its time. Default: START")
    private @Nullable Stamp stamp;

    @Option(names = "--decimal", description = "${COMPLETION-CANDIDATES} stands before decimals.")
    private @Nullable Decimal decimal;

    @Option(names = "--format", description = "Of the times, such as 'dd.MM.yyyy HH:mm'.")
    private @Nullable String format;

    @Option(names = "--separator", description = "Between columns of CSV; 'tab' is one.")
    private @Nullable String separator;

    @Option(names = "--series", description = "Of a Green Button file, by its self link.")
    private @Nullable String series;

    /// The part of the URL's query that says all of it.
    String query() {
        var query = new StringBuilder();
        time.forEach(column -> add(query, "time", column));
        add(query, "value", value);
        add(query, "unit", unit);
        add(query, "layout", layout);
        add(query, "stamp", stamp);
        add(query, "decimal", decimal);
        add(query, "format", format);
        add(query, "separator", separator);
        add(query, "series", series);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, @Nullable Object value) {
        if (value != null) {
            query.append('&')
                    .append(name)
                    .append('=')
                    .append(ImportReadings.encoded(value.toString()));
        }
    }
}
