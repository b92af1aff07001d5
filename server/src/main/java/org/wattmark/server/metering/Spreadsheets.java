package org.wattmark.server.metering;

import java.io.IOException;
import java.io.InputStream;
import org.wattmark.metering.ReadingTable.Rows;

/// Reads the first sheet of an XLSX workbook, for whoever takes in tables.
public final class Spreadsheets {

    private Spreadsheets() {}

    /// The sheet's rows; what cannot be read is said and never thrown.
    public static Rows read(InputStream file) throws IOException {
        return XlsxTable.read(file);
    }
}
