package org.wattmark.server.metering;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.wattmark.metering.ReadingTable.Rows;

/// Reads the first sheet of an XLSX workbook, for whoever takes in tables.
public final class Spreadsheets {

    private Spreadsheets() {}

    /// What is wrong with a workbook as a whole, before anything of it is unpacked into memory.
    public static Optional<String> unusable(byte[] workbook) {
        return XlsxTable.unusable(workbook);
    }

    /// The sheet's rows; what cannot be read is said and never thrown.
    public static Rows read(InputStream file) throws IOException {
        return XlsxTable.read(file);
    }
}
