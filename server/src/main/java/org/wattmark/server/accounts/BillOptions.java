package org.wattmark.server.accounts;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.accounts.BillColumns.Field;

/// What the sender of a table says about it.
///
/// @param site of all rows
/// @param item of all rows, such as `electricity`
/// @param unit of all rows
/// @param decimal the mark before decimals: `POINT` or `COMMA`
/// @param dates the order in dates like 03/04/2025: `DMY` or `MDY`
/// @param end whether the last date of a bill is its `LAST_DAY`, or the `READ_DATE` of the meter,
///   on which the next bill begins
/// @param confirm whether quantities that look like another unit are meant as they are
/// @param skip whether to take the good rows of a file that has bad ones
/// @param column a heading that is none of those known, such as `quantity:Used this month`; once
///   for each column
record BillOptions(
        @Nullable UUID site,
        @Nullable String item,
        @Nullable String unit,
        BillNumbers.@Nullable Mark decimal,
        BillDates.@Nullable Order dates,
        @Nullable End end,
        @Nullable Boolean confirm,
        @Nullable Boolean skip,
        @Nullable List<String> column) {

    static final BillOptions NONE =
            new BillOptions(null, null, null, null, null, null, null, null, null);

    enum End {
        LAST_DAY,
        READ_DATE
    }

    boolean endsOnReadDate() {
        return end == End.READ_DATE;
    }

    boolean confirmsAll() {
        return Boolean.TRUE.equals(confirm);
    }

    boolean skipsBadRows() {
        return Boolean.TRUE.equals(skip);
    }

    /// Headings by field; what names no field is a 400.
    Map<Field, String> named() {
        var named = new EnumMap<Field, String>(Field.class);
        for (var each : column == null ? List.<String>of() : column) {
            int colon = each.indexOf(':');
            var field =
                    Stream.of(Field.values())
                            .filter(it -> colon > 0)
                            .filter(it -> it.heading().equals(each.substring(0, colon).strip()))
                            .findFirst()
                            .orElseThrow(() ->
                                    Faults.invalid(
                                            "?column",
                                            "is one of "
                                                    + Stream.of(Field.values())
                                                            .map(Field::heading)
                                                            .collect(Collectors.joining(", "))
                                                    + ", a colon and the heading, such as"
                                                    + " quantity:Used this month"));
            named.put(field, each.substring(colon + 1).strip());
        }
        return named;
    }
}
