package org.wattmark.server.accounts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.springframework.http.MediaType;
import org.wattmark.metering.CsvTable;
import org.wattmark.metering.TableRow;
import org.wattmark.server.metering.Spreadsheets;

/// A table of bills as a file: read, and written again with a column that says what is wrong.
final class BillFile {

    static final String CSV = "text/csv";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// The heading of the added column.
    static final String ERROR = "error";

    /// What a spreadsheet would take for a formula (OWASP, CSV injection), unless it is a number.
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-][0-9., ]+");

    private BillFile() {}

    /// The rows of a file, as far as they could be read.
    record Table(List<TableRow> rows, Optional<String> fault) {}

    static Table read(byte[] content, MediaType type) {
        try {
            var in = new ByteArrayInputStream(content);
            var rows =
                    isWorkbook(type) ? Spreadsheets.read(in) : CsvTable.read(in, Optional.empty());
            return new Table(rows.rows(), rows.fault());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isWorkbook(MediaType type) {
        return (type.getType() + "/" + type.getSubtype()).equals(XLSX);
    }

    /// The same rows, and what is wrong with each in one more column.
    static byte[] withErrors(Table table, BillTable.Bills bills, boolean asWorkbook) {
        var errors = new HashMap<Long, String>();
        for (var row : bills.rows()) {
            if (!row.faults.isEmpty()) {
                errors.put(
                        row.line,
                        row.faults.stream()
                                .map(each -> each.column() + " " + each.remedy())
                                .collect(Collectors.joining("; ")));
            }
        }
        errors.put(bills.header(), ERROR);
        int width = table.rows().stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        return asWorkbook
                ? workbook(table.rows(), errors, width)
                : csv(table.rows(), errors, width);
    }

    private static byte[] csv(List<TableRow> rows, Map<Long, String> errors, int width) {
        var text = new StringBuilder();
        for (var row : rows) {
            for (int i = 0; i < width; i++) {
                text.append(i < row.cells().size() ? quoted(row.cells().get(i).text()) : "")
                        .append(',');
            }
            text.append(quoted(errors.getOrDefault(row.line(), ""))).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// RFC 4180, and no formula.
    static String quoted(String value) {
        var text =
                FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches()
                        ? "'" + value
                        : value;
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private static byte[] workbook(List<TableRow> rows, Map<Long, String> errors, int width) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "Wattmark", "1.0")) {
            var sheet = workbook.newWorksheet("Bills");
            for (var row : rows) {
                int at = Math.toIntExact(row.line() - 1);
                for (int i = 0; i < row.cells().size(); i++) {
                    var cell = row.cells().get(i);
                    if (cell.kind() == TableRow.Kind.NUMBER) {
                        sheet.value(at, i, new BigDecimal(cell.text()));
                    } else if (!cell.text().isEmpty()) {
                        sheet.value(at, i, cell.text());
                    }
                }
                var error = errors.get(row.line());
                if (error != null) {
                    sheet.value(at, width, error);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
