package org.wattmark.server.cadt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/// A sheet for each of CADT's tables, the field names in the first row. Every cell is text, so none
/// is taken for a formula.
final class CadtWorkbook {

    private CadtWorkbook() {}

    static byte[] of(CadtExport.Parts parts) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "Wattmark", "1.0")) {
            sheet(workbook, "projects", parts.projects());
            sheet(workbook, "issuances", parts.issuances());
            sheet(workbook, "units", parts.units());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void sheet(
            Workbook workbook, String name, List<Map<String, @Nullable Object>> rows) {
        var sheet = workbook.newWorksheet(name);
        for (int y = 0; y < rows.size(); y++) {
            int x = 0;
            for (var cell : rows.get(y).entrySet()) {
                if (y == 0) {
                    sheet.value(0, x, cell.getKey());
                }
                var value = cell.getValue();
                if (value != null) {
                    sheet.value(y + 1, x, value.toString());
                }
                x++;
            }
        }
    }
}
