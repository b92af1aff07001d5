package org.wattmark.server.accounts;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which column of a table of bills says what, by its heading.
///
/// @param names the headings as they stand there
/// @param at where each field's column is
/// @param unit of the quantities, where their heading says it: `Usage (kWh)`
record BillColumns(List<String> names, Map<Field, Integer> at, Optional<String> unit) {

    /// What a column may say.
    enum Field {
        SITE("site", "location", "facility", "building", "premises", "standort"),
        ITEM("item", "activity", "type", "fuel", "energy type", "what", "category", "utility"),
        QUANTITY(
                "quantity",
                "amount",
                "usage",
                "consumption",
                "value",
                "used",
                "units used",
                "menge",
                "verbrauch"),
        UNIT("unit", "units", "uom", "unit of measure", "einheit"),
        MONTH("month", "period", "billing month", "monat"),
        FIRST(
                "first day",
                "first_day",
                "start",
                "from",
                "start date",
                "start_date",
                "period start",
                "bill start",
                "date",
                "von"),
        LAST(
                "last day",
                "last_day",
                "end",
                "to",
                "until",
                "end date",
                "end_date",
                "period end",
                "bill end",
                "bis"),
        METER("meter", "mpan", "mprn", "account", "supply", "meter number", "zähler"),
        ESTIMATED("estimated", "basis", "reading type", "actual or estimated", "read type"),
        NOTE("note", "notes", "comment", "comments", "data quality"),
        FACTOR("factor", "factor id", "emission factor"),
        EVIDENCE("evidence", "evidence sha256", "sha256"),
        CONFIRMED("confirmed");

        private static final String BETWEEN = ";";

        private final String headings;

        Field(String... headings) {
            this.headings = String.join(BETWEEN, headings);
        }

        List<String> headings() {
            return List.of(headings.split(BETWEEN));
        }

        /// How it is called in an answer and in the query: the first heading.
        String heading() {
            return headings().getFirst();
        }
    }

    private static final Pattern BRACKETED = Pattern.compile("(.*?)[\\[(](.+)[\\])]\\s*");

    BillColumns {
        at = Map.copyOf(at);
        names = List.copyOf(names);
    }

    /// Whether a row that is headed so can be read.
    boolean isEnough() {
        return at.containsKey(Field.QUANTITY)
                && (at.containsKey(Field.MONTH) || at.containsKey(Field.FIRST));
    }

    /// @param named headings that the sender names, by field
    static BillColumns of(List<String> names, Map<Field, String> named) {
        var at = new EnumMap<Field, Integer>(Field.class);
        var byHeading = new HashMap<String, Integer>();
        Optional<String> unit = Optional.empty();
        for (int i = 0; i < names.size(); i++) {
            byHeading.putIfAbsent(plain(names.get(i)), i);
        }
        for (var field : Field.values()) {
            var wanted = named.get(field);
            if (wanted != null) {
                var column = byHeading.get(plain(wanted));
                if (column != null) {
                    at.put(field, column);
                }
                continue;
            }
            for (var heading : field.headings()) {
                var column = byHeading.get(heading);
                if (column != null && !at.containsValue(column)) {
                    at.put(field, column);
                    break;
                }
            }
        }
        if (!at.containsKey(Field.UNIT)) {
            unit = unitOfQuantity(names, at);
        }
        return new BillColumns(names, at, unit);
    }

    private static Optional<String> unitOfQuantity(List<String> names, Map<Field, Integer> at) {
        for (int i = 0; i < names.size(); i++) {
            var matcher = BRACKETED.matcher(names.get(i));
            if (!matcher.matches()) {
                continue;
            }
            var heading = plain(matcher.group(1));
            boolean isQuantity =
                    at.containsKey(Field.QUANTITY)
                            ? at.get(Field.QUANTITY) == i
                            : Field.QUANTITY.headings().contains(heading);
            if (isQuantity) {
                at.put(Field.QUANTITY, i);
                return Optional.of(matcher.group(2).strip());
            }
        }
        return Optional.empty();
    }

    private static String plain(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    boolean has(Field field) {
        return at.containsKey(field);
    }

    /// The heading of a field's column in this table.
    String name(Field field) {
        var column = at.get(field);
        return column == null ? field.heading() : names.get(column);
    }
}
