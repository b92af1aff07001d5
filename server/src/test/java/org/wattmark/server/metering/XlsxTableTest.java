package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.ReadingTable.Rows;
import org.wattmark.metering.TableRow.Cell;
import org.wattmark.metering.TableRow.Kind;

class XlsxTableTest {

    @Test
    void everyPlaceKeepsItsKindAndItsRow() {
        var rows =
                read(
                        workbook(sheet -> {
                            sheet.value(0, 0, "time");
                            sheet.value(0, 1, "wh");
                            sheet.value(2, 0, LocalDateTime.parse("2026-03-01T12:15:00"));
                            sheet.style(2, 0).format("dd.mm.yyyy hh:mm").set();
                            sheet.value(2, 1, new BigDecimal("412.25"));
                        }));

        assertThat(rows.fault()).isEmpty();
        assertThat(rows.rows().getFirst().cells())
                .containsExactly(Cell.text("time"), Cell.text("wh"));
        assertThat(rows.rows().getLast().line()).isEqualTo(3);
        assertThat(rows.rows().getLast().cells())
                .containsExactly(
                        Cell.time(LocalDateTime.parse("2026-03-01T12:15:00")),
                        Cell.number(new BigDecimal("412.25")));
    }

    @Test
    void mergedPlacesShowWhatTheFirstOfThemShows() {
        var rows =
                read(
                        workbook(sheet -> {
                            sheet.value(0, 0, "2026-03-01");
                            sheet.value(0, 1, 1);
                            sheet.value(1, 1, 2);
                            sheet.range(0, 0, 1, 0).merge();
                        }));

        assertThat(rows.rows().getLast().cells())
                .containsExactly(Cell.text("2026-03-01").asMerged(), Cell.number(BigDecimal.TWO));
    }

    @Test
    void aFormulaThatWasNeverCalculatedIsAFault() {
        var rows = read(workbook(sheet -> sheet.formula(0, 0, "1+1")));

        assertThat(rows.rows().getFirst().cells())
                .singleElement()
                .matches(cell -> cell.kind() == Kind.FAULT)
                .matches(cell -> cell.text().contains("never calculated"));
    }

    @Test
    void daysCountFromTheEndOf1899OrFrom1904() {
        assertThat(XlsxTable.time(new BigDecimal("46082.5"), false))
                .isEqualTo(Cell.time(LocalDateTime.parse("2026-03-01T12:00:00")));
        assertThat(XlsxTable.time(new BigDecimal("44620.5"), true))
                .isEqualTo(Cell.time(LocalDateTime.parse("2026-03-01T12:00:00")));
        assertThat(XlsxTable.time(new BigDecimal("46082.010416666664"), false))
                .isEqualTo(Cell.time(LocalDateTime.parse("2026-03-01T00:15:00")));
        assertThat(XlsxTable.time(new BigDecimal("-1"), false).kind()).isEqualTo(Kind.NUMBER);
    }

    @Test
    void whatIsNoWorkbookIsAFaultAndNothingIsThrown() {
        var random = new Random(7);
        var damaged = workbook(sheet -> sheet.value(0, 0, "time"));
        for (int i = 0; i < 200; i++) {
            var copy = damaged.clone();
            copy[random.nextInt(copy.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(read(copy)).isNotNull();
        }

        assertThat(read("time,wh".getBytes(StandardCharsets.UTF_8)).fault())
                .contains("it is no XLSX workbook");
        assertThat(read(new byte[0]).fault()).isPresent();
    }

    /// Some kilobytes can be packed from gigabytes.
    @Test
    void whatUnpacksToTooMuchIsNotUnpacked() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            var zeros = new byte[1024 * 1024];
            for (int i = 0; i <= XlsxTable.MOST_UNPACKED_BYTES / zeros.length; i++) {
                zip.write(zeros);
            }
        }

        var rows = read(bytes.toByteArray());

        assertThat(rows.fault().orElseThrow()).startsWith("it unpacks to more than");
        assertThat(rows.rows()).isEqualTo(List.of());
    }

    private static byte[] workbook(Consumer<Worksheet> content) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            content.accept(workbook.newWorksheet("readings"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Rows read(byte[] workbook) {
        try {
            return XlsxTable.read(new ByteArrayInputStream(workbook));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
