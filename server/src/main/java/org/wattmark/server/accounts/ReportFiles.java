package org.wattmark.server.accounts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.wattmark.server.accounts.InventoryView.LineView;

/// A report as a table: CSV of its lines, and a workbook of all of it.
final class ReportFiles {

    private static final List<String> LINE_HEADINGS =
            List.of(
                    "line",
                    "method",
                    "scope",
                    "category",
                    "site",
                    "item",
                    "quantity",
                    "unit",
                    "factor",
                    "kg CO2e per unit",
                    "kg CO2e",
                    "kWh",
                    "activities",
                    "of which estimated",
                    "source",
                    "formula");

    private ReportFiles() {}

    private static List<String> cells(LineView line) {
        return List.of(
                String.valueOf(line.number()),
                line.method(),
                line.scope(),
                line.category(),
                line.siteName(),
                line.itemName(),
                line.quantity(),
                line.unit(),
                line.factor(),
                line.kilogramsPerUnit(),
                kilograms(line.exactGrams()),
                line.kilowattHours() == null ? "" : line.kilowattHours(),
                String.valueOf(line.activities()),
                String.valueOf(line.estimatedActivities()),
                line.explanation().source(),
                line.explanation().formula());
    }

    static String kilograms(String grams) {
        return Texts.plain(new BigDecimal(grams).movePointLeft(3));
    }

    /// One row a line, RFC 4180.
    static byte[] csv(InventoryView inventory) {
        var text = new StringBuilder();
        add(text, LINE_HEADINGS);
        inventory.lines().forEach(line -> add(text, cells(line)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void add(StringBuilder text, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(BillFile.quoted(cells.get(i)));
        }
        text.append("\r\n");
    }

    static byte[] workbook(InventoryView inventory) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "Wattmark", "1.0")) {
            summary(workbook.newWorksheet("Summary"), inventory);
            var lines = workbook.newWorksheet("Lines");
            row(lines, 0, LINE_HEADINGS);
            for (int i = 0; i < inventory.lines().size(); i++) {
                row(lines, i + 1, cells(inventory.lines().get(i)));
            }
            factors(workbook.newWorksheet("Factors"), inventory);
            rows(workbook.newWorksheet("VSME B3"), inventory.disclosures().vsmeB3());
            rows(workbook.newWorksheet("UK SECR"), inventory.disclosures().secr());
            retired(workbook.newWorksheet("Retired credits"), inventory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Label and tonnes of each total, in the order in which they are shown.
    static Map<String, Long> totals(InventoryView.TotalsView totals) {
        var rows = new LinkedHashMap<String, Long>();
        rows.put("Scope 1", totals.scope1Grams());
        rows.put("Scope 2, location-based", totals.scope2LocationBasedGrams());
        rows.put("Scope 2, market-based", totals.scope2MarketBasedGrams());
        rows.put("Scope 3", totals.scope3Grams());
        rows.put("Total, location-based", totals.totalLocationBasedGrams());
        rows.put("Total, market-based", totals.totalMarketBasedGrams());
        rows.put("Biogenic CO2, outside of scopes", totals.outsideOfScopesGrams());
        return rows;
    }

    private static void summary(Worksheet sheet, InventoryView inventory) {
        int at = 0;
        row(sheet, at++, List.of("Organisation", inventory.organisation()));
        row(sheet, at++, List.of("From", inventory.firstDay(), "to", inventory.lastDay()));
        row(sheet, at++, List.of("Boundary", inventory.boundary()));
        row(sheet, at++, List.of("Factors", inventory.factorSet()));
        row(sheet, at++, List.of("Every activity counted", inventory.complete() ? "yes" : "no"));
        at++;
        row(sheet, at++, List.of("Total", "grams CO2e", "tonnes CO2e, rounded up"));
        for (var total : totals(inventory.totals()).entrySet()) {
            row(
                    sheet,
                    at++,
                    List.of(
                            total.getKey(),
                            String.valueOf(total.getValue()),
                            Texts.tonnes(total.getValue())));
        }
        at++;
        row(sheet, at++, List.of("Category", "Scope", "kg CO2e"));
        for (var category : inventory.categories()) {
            row(
                    sheet,
                    at++,
                    List.of(
                            category.category(),
                            category.scope(),
                            kilograms(category.exactGrams())));
        }
        at++;
        row(sheet, at++, List.of("Month", "kg CO2e"));
        for (var month : inventory.months()) {
            row(sheet, at++, List.of(month.month(), kilograms(month.exactGrams())));
        }
    }

    private static void factors(Worksheet sheet, InventoryView inventory) {
        row(sheet, 0, List.of("factor", "value", "source", "address", "licence"));
        var seen = new LinkedHashMap<String, LineView>();
        inventory.lines().forEach(line -> seen.putIfAbsent(line.factor(), line));
        int at = 1;
        for (var line : seen.values()) {
            row(
                    sheet,
                    at++,
                    List.of(
                            line.factor(),
                            line.explanation().factorValue(),
                            line.explanation().source(),
                            line.explanation().url(),
                            line.explanation().licence()));
        }
    }

    private static void rows(Worksheet sheet, List<InventoryView.RowView> rows) {
        row(sheet, 0, List.of("what", "value", "unit"));
        for (int i = 0; i < rows.size(); i++) {
            row(
                    sheet,
                    i + 1,
                    List.of(rows.get(i).label(), rows.get(i).value(), rows.get(i).unit()));
        }
    }

    private static void retired(Worksheet sheet, InventoryView inventory) {
        row(
                sheet,
                0,
                List.of("Credits retired in the year. They make none of the totals smaller."));
        row(sheet, 1, List.of("retirement", "grams", "at", "beneficiary", "purpose"));
        int at = 2;
        for (var each : inventory.retired()) {
            row(
                    sheet,
                    at++,
                    List.of(
                            each.retirement().toString(),
                            String.valueOf(each.grams()),
                            each.at().toString(),
                            each.beneficiary(),
                            each.purpose()));
        }
    }

    /// A number becomes a number, unless it has more digits than a sheet keeps.
    private static void row(Worksheet sheet, int at, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            if (cell.matches("-?\\d{1,15}(\\.\\d{1,9})?") && cell.length() <= 15) {
                sheet.value(at, i, new BigDecimal(cell));
            } else {
                sheet.value(at, i, cell);
            }
        }
    }
}
