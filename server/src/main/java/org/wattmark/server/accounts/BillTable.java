package org.wattmark.server.accounts;

import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityItem;
import org.wattmark.emissions.ActivityUnit;
import org.wattmark.emissions.ActivityUnits;
import org.wattmark.emissions.ActivityUnits.Reading.Asked;
import org.wattmark.emissions.ActivityUnits.Reading.Understood;
import org.wattmark.emissions.BillPeriod;
import org.wattmark.emissions.FactorChoice;
import org.wattmark.emissions.FactorSelection.Question;
import org.wattmark.emissions.Quantity;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.metering.TableRow;
import org.wattmark.server.accounts.BillColumns.Field;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Reads a table of bills, one row an activity. It guesses nothing that may be meant in two ways,
/// and each bad row says by column and value what to change.
final class BillTable {

    /// Exports begin with names and addresses; the header is somewhere below.
    private static final int MOST_ROWS_BEFORE_HEADER = 50;

    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_METER = 100;

    private final BillOptions options;
    private final Library library;
    private final UUID importId;
    private final List<ReportingSite> sites;
    private final Map<String, ReportingSite> siteByName;
    private final Map<String, Optional<ActivityItem>> items = new HashMap<>();
    private final Map<String, ActivityUnits.Reading> units = new HashMap<>();
    private final Map<Question, FactorChoice> choices = new HashMap<>();
    private final BillNumbers numbers;
    private final BillDates dates;
    private final BillColumns columns;

    private BillTable(
            BillOptions options,
            Library library,
            UUID importId,
            List<ReportingSite> sites,
            BillColumns columns) {
        this.options = options;
        this.library = library;
        this.importId = importId;
        this.sites = sites;
        this.siteByName =
                sites.stream()
                        .collect(
                                Collectors.toMap(
                                        site -> key(site.name()), site -> site, (one, _) -> one));
        this.numbers = new BillNumbers(options.decimal());
        this.dates = new BillDates(options.dates());
        this.columns = columns;
    }

    /// What a table says.
    ///
    /// @param fault why it says nothing
    /// @param header the line of the headings
    /// @param understood how marks and dates were understood, in sentences
    record Bills(
            Optional<String> fault,
            long header,
            List<String> headings,
            List<BillRow> rows,
            List<String> understood) {

        static Bills none(String fault) {
            return new Bills(Optional.of(fault), 0, List.of(), List.of(), List.of());
        }
    }

    static ActivityUnit kilowattHour() {
        return ((Understood) ActivityUnits.read("kWh")).unit();
    }

    /// @param importId the rows' ids follow from it
    static Bills read(
            List<TableRow> rows,
            BillOptions options,
            Library library,
            UUID importId,
            List<ReportingSite> sites) {
        for (int i = 0; i < rows.size() && i < MOST_ROWS_BEFORE_HEADER; i++) {
            var names = rows.get(i).cells().stream().map(TableRow.Cell::text).toList();
            var columns = BillColumns.of(names, options.named());
            if (columns.isEnough()) {
                return new BillTable(options, library, importId, sites, columns)
                        .read(rows.get(i).line(), rows.subList(i + 1, rows.size()));
            }
        }
        return Bills.none(
                "No row names the columns. There must be one for the quantity, and one for the"
                        + " month or for the first day: month,item,quantity,unit. Name another"
                        + " heading by column=quantity:Used this month.");
    }

    private Bills read(long header, List<TableRow> rows) {
        rows.forEach(this::see);
        var read = new ArrayList<BillRow>(rows.size());
        for (var row : rows) {
            if (row.cells().stream().anyMatch(cell -> !cell.text().isEmpty())) {
                read.add(row(row));
            }
        }
        return new Bills(Optional.empty(), header, columns.names(), read, understood());
    }

    private void see(TableRow row) {
        if (cell(row, Field.QUANTITY).kind() == TableRow.Kind.TEXT) {
            numbers.see(text(row, Field.QUANTITY));
        }
        dates.see(text(row, Field.FIRST));
        dates.see(text(row, Field.LAST));
    }

    private List<String> understood() {
        var said = new ArrayList<String>();
        numbers.mark()
                .ifPresent(mark ->
                        said.add(
                                mark == BillNumbers.Mark.COMMA
                                        ? "Quantities have decimal commas."
                                        : "Quantities have decimal points."));
        dates.order()
                .ifPresent(order ->
                        said.add(
                                order == BillDates.Order.MDY
                                        ? "Dates are month/day/year."
                                        : "Dates are day/month/year."));
        return said;
    }

    private TableRow.Cell cell(TableRow row, Field field) {
        var column = columns.at().get(field);
        return column == null || column >= row.cells().size()
                ? TableRow.Cell.text("")
                : row.cells().get(column);
    }

    private String text(TableRow row, Field field) {
        return cell(row, field).text();
    }

    private BillRow row(TableRow table) {
        var row = new BillRow(table.line());
        for (var field : Field.values()) {
            if (cell(table, field).kind() == TableRow.Kind.FAULT) {
                row.fault(columns.name(field), "", text(table, field));
            }
        }
        if (!row.faults.isEmpty()) {
            return row;
        }
        row.isConfirmed = options.confirmsAll() || isYes(text(table, Field.CONFIRMED));
        var site = site(table, row);
        var item = item(table, row);
        var quantity = quantity(table, row);
        var period = period(table, row);
        var evidence = evidence(table, row);
        var meter = limited(table, Field.METER, LONGEST_METER, row);
        var note = limited(table, Field.NOTE, LONGEST_NOTE, row);
        var estimated = estimated(table, row);
        var factor = Optional.of(text(table, Field.FACTOR)).filter(it -> !it.isEmpty());
        if (site == null || item == null || quantity == null || period == null) {
            return row;
        }
        row.activity =
                new Activity(
                        idOf(importId, table.line()),
                        site,
                        item,
                        quantity,
                        period,
                        Optional.of(meter).filter(it -> !it.isEmpty()),
                        estimated,
                        note,
                        evidence,
                        factor);
        checkFactor(row, row.activity);
        return row;
    }

    static UUID idOf(UUID importId, long line) {
        return Canonical.of("wattmark/imported-activity/v1").id(importId).number(line).derivedId();
    }

    private static String key(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private @Nullable ReportingSite site(TableRow table, BillRow row) {
        var name = text(table, Field.SITE);
        if (name.isEmpty()) {
            if (options.site() != null) {
                return sites.stream()
                        .filter(site -> site.id().equals(options.site()))
                        .findFirst()
                        .orElseThrow(); // asked before the table was read
            }
            if (sites.size() == 1) {
                return sites.getFirst();
            }
            row.fault(columns.name(Field.SITE), "", "is missing: " + names());
            return null;
        }
        var site = siteByName.get(key(name));
        if (site == null) {
            row.fault(columns.name(Field.SITE), name, "is no site of yours: " + names());
        }
        return site;
    }

    private String names() {
        return sites.isEmpty()
                ? "add one first"
                : "write one of "
                        + sites.stream()
                                .map(ReportingSite::name)
                                .limit(10)
                                .collect(Collectors.joining(", "));
    }

    private @Nullable ActivityItem item(TableRow table, BillRow row) {
        var written = text(table, Field.ITEM);
        var name = written.isEmpty() ? Optional.ofNullable(options.item()).orElse("") : written;
        if (name.isEmpty()) {
            row.fault(
                    columns.name(Field.ITEM),
                    "",
                    "is missing: write what the bill is for, such as electricity, natural-gas,"
                            + " diesel");
            return null;
        }
        var item = items.computeIfAbsent(name, library.items()::find);
        if (item.isEmpty()) {
            var like =
                    library.items().like(name, 3).stream()
                            .map(ActivityItem::code)
                            .collect(Collectors.joining(" or "));
            row.fault(
                    columns.name(Field.ITEM),
                    name,
                    "is nothing that is known" + (like.isEmpty() ? "" : ": is it " + like + "?"));
        }
        return item.orElse(null);
    }

    private @Nullable Quantity quantity(TableRow table, BillRow row) {
        var unit = unit(table, row);
        var cell = cell(table, Field.QUANTITY);
        if (cell.text().isEmpty()) {
            row.fault(columns.name(Field.QUANTITY), "", "is missing");
            return null;
        }
        BillNumbers.Read read;
        if (cell.kind() == TableRow.Kind.NUMBER) {
            read = new BillNumbers(BillNumbers.Mark.POINT).read(cell.text());
        } else if (cell.kind() == TableRow.Kind.TIME) {
            read = new BillNumbers.Read(null, "is formatted as a date in the sheet");
        } else {
            read = numbers.read(cell.text());
        }
        if (read.number() == null) {
            row.fault(columns.name(Field.QUANTITY), cell.text(), read.remedy());
            return null;
        }
        return unit == null ? null : new Quantity(read.number(), unit);
    }

    private @Nullable ActivityUnit unit(TableRow table, BillRow row) {
        var written = text(table, Field.UNIT);
        var name =
                written.isEmpty()
                        ? columns.unit().or(() -> Optional.ofNullable(options.unit())).orElse("")
                        : written;
        if (name.isEmpty()) {
            row.fault(
                    columns.name(Field.UNIT),
                    "",
                    "is missing: give a column “unit”, a heading such as “usage (kWh)”, or"
                            + " unit=kWh");
            return null;
        }
        return switch (units.computeIfAbsent(name, ActivityUnits::read)) {
            case Understood(var unit) -> unit;
            case Asked(var ask, _) -> {
                row.fault(columns.name(Field.UNIT), name, ask);
                yield null;
            }
        };
    }

    private @Nullable BillPeriod period(TableRow table, BillRow row) {
        if (!text(table, Field.FIRST).isEmpty()) {
            return ofDays(table, row);
        }
        var month = text(table, Field.MONTH);
        if (month.isEmpty()) {
            var field = columns.has(Field.MONTH) ? Field.MONTH : Field.FIRST;
            row.fault(columns.name(field), "", "is missing");
            return null;
        }
        var read = BillDates.month(month);
        if (read.isEmpty()) {
            row.fault(columns.name(Field.MONTH), month, "is no month: write one such as 2025-04");
            return null;
        }
        return inYears(columns.name(Field.MONTH), month, BillPeriod.of(read.get()), row);
    }

    private @Nullable BillPeriod ofDays(TableRow table, BillRow row) {
        var from = text(table, Field.FIRST);
        var to = text(table, Field.LAST);
        var first = dates.read(from);
        if (first.date() == null) {
            row.fault(columns.name(Field.FIRST), from, first.remedy());
        }
        if (to.isEmpty() && columns.has(Field.LAST)) {
            row.fault(columns.name(Field.LAST), "", "is missing");
            return null;
        }
        var last = to.isEmpty() ? first : dates.read(to);
        if (last.date() == null) {
            if (!to.isEmpty()) {
                row.fault(columns.name(Field.LAST), to, last.remedy());
            }
            return null;
        }
        if (first.date() == null) {
            return null;
        }
        boolean reads = options.endsOnReadDate() && !to.isEmpty();
        var period =
                BillPeriod.ofDays(first.date(), reads ? last.date().minusDays(1) : last.date());
        if (period.isEmpty()) {
            row.fault(
                    columns.name(Field.LAST),
                    to,
                    "a bill is for 1 to "
                            + BillPeriod.MOST_DAYS
                            + " days, and this one is from "
                            + first.date()
                            + " to "
                            + last.date());
            return null;
        }
        return inYears(columns.name(Field.FIRST), from, period.get(), row);
    }

    private static @Nullable BillPeriod inYears(
            String column, String value, BillPeriod period, BillRow row) {
        if (period.start().getYear() < 1990 || period.end().getYear() > 2100) {
            row.fault(column, value, "lies outside of the years 1990 to 2100");
            return null;
        }
        return period;
    }

    private Optional<Bytes> evidence(TableRow table, BillRow row) {
        var text = text(table, Field.EVIDENCE).toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9a-f]{64}")) {
            row.fault(columns.name(Field.EVIDENCE), text, "is no SHA-256 in 64 hexadecimal digits");
            return Optional.empty();
        }
        return Optional.of(Bytes.of(HexFormat.of().parseHex(text)));
    }

    private String limited(TableRow table, Field field, int most, BillRow row) {
        var text = text(table, field);
        if (text.length() > most) {
            row.fault(columns.name(field), text, "is longer than " + most + " characters");
            return "";
        }
        return text.codePoints().anyMatch(Character::isISOControl)
                ? text.replaceAll("\\p{Cntrl}", " ")
                : text;
    }

    private static boolean isYes(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "y", "true", "1", "x" -> true;
            default -> false;
        };
    }

    private Activity.Basis estimated(TableRow table, BillRow row) {
        var text = text(table, Field.ESTIMATED);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "no", "n", "false", "0", "a", "actual", "measured", "m" ->
                    Activity.Basis.MEASURED;
            case "yes", "y", "true", "1", "x", "e", "estimated", "estimate" ->
                    Activity.Basis.ESTIMATED;
            default -> {
                row.fault(
                        columns.name(Field.ESTIMATED),
                        text,
                        "says neither estimated nor measured: write yes or no");
                yield Activity.Basis.MEASURED;
            }
        };
    }

    /// A unit that the item is not counted in is a fault of the row; what else is asked about a
    /// factor is asked with the inventory, for the bill itself is right.
    private void checkFactor(BillRow row, Activity activity) {
        var choice =
                choices.computeIfAbsent(
                        new Question(
                                activity.item(),
                                activity.quantity().unit(),
                                activity.site().region(),
                                activity.site().grid(),
                                Year.from(activity.period().start()),
                                activity.factor()),
                        library.selection()::choose);
        if (choice instanceof FactorChoice.Asked asked) {
            if (asked.reason() == FactorChoice.Reason.UNIT_WITHOUT_FACTOR) {
                row.fault(
                        columns.name(Field.UNIT), activity.quantity().unit().symbol(), asked.ask());
            } else if (asked.reason() == FactorChoice.Reason.FACTOR_UNKNOWN) {
                row.fault(columns.name(Field.FACTOR), activity.factor().orElse(""), asked.ask());
            }
        }
    }
}
