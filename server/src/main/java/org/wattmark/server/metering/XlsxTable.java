package org.wattmark.server.metering;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.wattmark.metering.ReadingTable;
import org.wattmark.metering.ReadingTable.Rows;
import org.wattmark.metering.ReadingsFile;
import org.wattmark.metering.TableRow;

/// Reads the first sheet of an XLSX workbook (Office Open XML, ISO/IEC 29500).
///
/// A formula is what it was last calculated to; one that never was is a fault of its place. Merged
/// places all show what stands in their first. A number in a date's format is a time. No content
/// throws.
final class XlsxTable {

    /// What a workbook may unpack to: a few kilobytes can be packed from gigabytes.
    static final long MOST_UNPACKED_BYTES = 256L * 1024 * 1024;

    private static final BigDecimal SECONDS_PER_DAY = BigDecimal.valueOf(86_400);

    /// 31 December 9999, the last day that a sheet knows.
    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(2_958_465);

    /// Number formats that Office builds in for dates and times (ISO/IEC 29500-1 §18.8.30).
    private static final Pattern BUILT_IN_DATE = Pattern.compile("1[4-9]|2[0-2]|4[5-7]");

    private static final Pattern QUOTED_OR_COLOURED =
            Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]");
    private static final Pattern DATE_LETTER = Pattern.compile("[ymdhsYMDHS]");

    private XlsxTable() {}

    static Rows read(InputStream file) throws IOException {
        var content = file.readNBytes(ReadingsFile.MAX_BYTES + 1);
        if (content.length > ReadingsFile.MAX_BYTES) {
            return fault("the file is larger than " + ReadingsFile.MAX_BYTES + " bytes");
        }
        return unusable(content).map(XlsxTable::fault).orElseGet(() -> sheet(content));
    }

    private static Rows fault(String fault) {
        return new Rows(List.of(), Optional.of(fault));
    }

    /// What is wrong with the archive as a whole, before anything of it is unpacked into memory.
    static Optional<String> unusable(byte[] content) {
        long unpacked = 0;
        boolean isWorkbook = false;
        var buffer = new byte[64 * 1024];
        try (var zip = archive(content)) {
            for (var entry : Collections.list(zip.getEntries())) {
                isWorkbook |= entry.getName().equals("[Content_Types].xml");
                try (var part = zip.getInputStream(entry)) {
                    for (int read = part.read(buffer); read >= 0; read = part.read(buffer)) {
                        unpacked += read;
                        if (unpacked > MOST_UNPACKED_BYTES) {
                            return Optional.of(
                                    "it unpacks to more than " + MOST_UNPACKED_BYTES + " bytes");
                        }
                    }
                }
            }
        } catch (IOException | RuntimeException e) { // memory does not fail: it is damaged
            return Optional.of("it is no XLSX workbook");
        }
        return isWorkbook ? Optional.empty() : Optional.of("it is no XLSX workbook");
    }

    /// By its central directory: there are writers whose entries cannot be read in a row.
    static ZipFile archive(byte[] content) throws IOException {
        return ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                .get();
    }

    private static Rows sheet(byte[] content) {
        var options = new ReadingOptions(true, true);
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(content), options);
                var rows = workbook.getFirstSheet().openStream()) {
            var merged = XlsxMerges.of(content);
            var all = new ArrayList<TableRow>();
            var first = new HashMap<Long, TableRow.Cell>();
            for (var row : (Iterable<Row>) rows::iterator) {
                if (all.size() > ReadingsFile.MAX_ROWS) {
                    return new Rows(all, Optional.of(ReadingTable.tooManyRows()));
                }
                all.add(row(row, workbook.isDate1904(), merged, first));
            }
            return new Rows(all, Optional.empty());
        } catch (ExcelReaderException | IOException | XMLStreamException e) {
            return fault("it is no XLSX workbook that can be read: save it again");
        } catch (RuntimeException e) {
            // The library says in this way, too, that a workbook is damaged.
            return fault("the workbook is damaged: save it again");
        }
    }

    private static TableRow row(
            Row row, boolean from1904, Map<Long, Long> merged, Map<Long, TableRow.Cell> first) {
        int width = row.getCellCount();
        var cells = new ArrayList<TableRow.Cell>(width);
        for (int column = 0; column < width; column++) {
            var cell =
                    row.getOptionalCell(column)
                            .map(each -> cell(each, from1904))
                            .orElse(TableRow.Cell.text(""));
            var owner = merged.get(XlsxMerges.place(row.getRowNum(), column));
            if (owner != null) {
                first.putIfAbsent(owner, cell);
                cell = first.getOrDefault(owner, cell).asMerged();
            }
            cells.add(cell);
        }
        return new TableRow(row.getRowNum(), cells);
    }

    private static TableRow.Cell cell(Cell cell, boolean from1904) {
        var value = cell.getValue();
        if (cell.getType() == CellType.ERROR) {
            return TableRow.Cell.fault("the sheet shows an error here: " + cell.getRawValue());
        }
        if (cell.getType() == CellType.FORMULA && value == null) {
            return TableRow.Cell.fault("the formula was never calculated: open and save the file");
        }
        if (value instanceof BigDecimal number) {
            return isDate(cell) ? time(number, from1904) : TableRow.Cell.number(number);
        }
        return TableRow.Cell.text(value == null ? "" : value.toString());
    }

    private static boolean isDate(Cell cell) {
        var id = cell.getDataFormatId();
        var format = cell.getDataFormatString();
        return (id != null && BUILT_IN_DATE.matcher(id.toString()).matches())
                || (format != null
                        && DATE_LETTER
                                .matcher(QUOTED_OR_COLOURED.matcher(format).replaceAll(""))
                                .find());
    }

    /// A date and time of a sheet, which counts days from the end of 1899, or from 1904; to the
    /// second, for a third of a day has no end in decimals. A number that is no date is itself.
    static TableRow.Cell time(BigDecimal days, boolean from1904) {
        if (days.signum() < 0 || days.compareTo(LAST_DAY) > 0) {
            return TableRow.Cell.number(days);
        }
        long seconds = days.multiply(SECONDS_PER_DAY).setScale(0, RoundingMode.HALF_UP).longValue();
        var start = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
        return TableRow.Cell.time(start.atStartOfDay().plusSeconds(seconds));
    }
}
