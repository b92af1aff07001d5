package org.wattmark.server.cadt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.springframework.http.HttpStatus;
import org.wattmark.server.metering.Spreadsheets;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads what [CadtEndpoints] writes, and what others write in the same shape: JSON with a list for
/// each table, or a workbook with a sheet for each.
final class CadtFile {

    /// Of all three tables together: a file of 10 MB has no more.
    static final int MOST_ROWS = 50_000;

    static final int MOST_BYTES = 10 * 1024 * 1024;

    private CadtFile() {}

    static List<CadtRow> read(byte[] content, boolean isWorkbook) {
        if (content.length > MOST_BYTES) {
            throw unreadable("The file is larger than " + MOST_BYTES + " bytes.");
        }
        var rows = isWorkbook ? workbook(content) : json(content);
        if (rows.isEmpty()) {
            throw unreadable("There is no row in projects, issuances or units.");
        }
        return rows;
    }

    private static RuntimeException unreadable(String detail) {
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "file_unreadable", detail)
                .asException();
    }

    private static List<CadtRow> json(byte[] content) {
        JsonNode tree;
        try {
            tree = StrictJson.mapper().readTree(content);
        } catch (JacksonException e) {
            throw unreadable("It is no JSON: " + e.getOriginalMessage());
        }
        var rows = new ArrayList<CadtRow>();
        for (var kind : CadtRow.Kind.values()) {
            var list = tree.path(kind.sheet);
            if (!list.isMissingNode() && !list.isArray()) {
                throw unreadable(kind.sheet + " is no list.");
            }
            for (int i = 0; i < list.size(); i++) {
                rows.add(new CadtRow(kind, i + 2, fields(list.get(i))));
                requireFew(rows);
            }
        }
        return rows;
    }

    private static Map<String, String> fields(JsonNode row) {
        var fields = new LinkedHashMap<String, String>();
        row.properties()
                .forEach(each -> {
                    var value = each.getValue();
                    if (!value.isNull()) {
                        put(
                                fields,
                                each.getKey(),
                                value.isString() ? value.asString() : value.toString());
                    }
                });
        return fields;
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isBlank()) {
            fields.put(name, value.strip());
        }
    }

    private static void requireFew(List<CadtRow> rows) {
        if (rows.size() > MOST_ROWS) {
            throw unreadable("It has more than " + MOST_ROWS + " rows.");
        }
    }

    private static List<CadtRow> workbook(byte[] content) {
        Spreadsheets.unusable(content)
                .ifPresent(fault -> {
                    throw unreadable("Of the file: " + fault + ".");
                });
        var rows = new ArrayList<CadtRow>();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(content))) {
            for (var kind : CadtRow.Kind.values()) {
                var sheet = workbook.findSheet(kind.sheet);
                if (sheet.isPresent()) {
                    sheet(sheet.get(), kind, rows);
                }
            }
        } catch (IOException | ExcelReaderException e) {
            throw unreadable("The workbook cannot be read: save it again.");
        }
        return rows;
    }

    private static void sheet(Sheet sheet, CadtRow.Kind kind, List<CadtRow> rows)
            throws IOException {
        var names = new ArrayList<String>();
        try (var all = sheet.openStream()) {
            for (var row : (Iterable<Row>) all::iterator) {
                if (names.isEmpty()) {
                    for (int x = 0; x < row.getCellCount(); x++) {
                        names.add(text(row, x));
                    }
                } else {
                    var fields = new LinkedHashMap<String, String>();
                    for (int x = 0; x < Math.min(names.size(), row.getCellCount()); x++) {
                        put(fields, names.get(x), text(row, x));
                    }
                    if (!fields.isEmpty()) {
                        rows.add(new CadtRow(kind, row.getRowNum(), fields));
                        requireFew(rows);
                    }
                }
            }
        }
    }

    /// A whole number stands as it is written, whatever the cell's type.
    private static String text(Row row, int column) {
        return row.getOptionalCell(column)
                .filter(cell -> cell.getType() != CellType.ERROR)
                .map(Cell::getText)
                .orElse("");
    }
}
