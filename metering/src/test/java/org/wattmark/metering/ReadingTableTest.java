package org.wattmark.metering;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.wattmark.metering.Examples.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.ColumnMapping.Decimal;
import org.wattmark.metering.ColumnMapping.Layout;
import org.wattmark.metering.ColumnMapping.Stamp;
import org.wattmark.metering.ColumnMapping.Unit;
import org.wattmark.metering.ReadingTable.Rows;
import org.wattmark.metering.ReadingsFile.Contents;
import org.wattmark.metering.ReadingsFile.RowError;
import org.wattmark.metering.TableRow.Cell;
import org.wattmark.testing.Seeded;

class ReadingTableTest {

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void theStatedColumnsUnitMarkAndFormatAreRead() {
        var contents =
                read(
                        """
                        Kundennummer;4711

                        Ende;Bemerkung;Einspeisung [kWh]
                        01.03.2026 13:15;gemessen;1.234,5
                        01.03.2026 24:00;"a;b";0,25
                        """,
                        new ColumnMapping(
                                Layout.STAMPS,
                                List.of("ende"),
                                Optional.of("dd.MM.yyyy HH:mm"),
                                "Einspeisung [kWh]",
                                Unit.KILOWATT_HOURS,
                                Optional.of(Decimal.COMMA),
                                Stamp.END,
                                Optional.of(BERLIN)));

        assertThat(contents.errors()).isEmpty();
        assertThat(contents.readings())
                .containsExactly(
                        reading("2026-03-01T12:00:00Z", 1_234_500),
                        reading("2026-03-01T22:45:00Z", 250));
    }

    @Test
    void everyUnitIsEnergyOrPowerOverTheInterval() {
        assertThat(wattHours("2.5", Unit.WATT_HOURS)).isEqualTo("2.5");
        assertThat(wattHours("2.5", Unit.KILOWATT_HOURS)).isEqualTo("2500");
        assertThat(wattHours("2.5", Unit.MEGAWATT_HOURS)).isEqualTo("2500000");
        assertThat(wattHours("10", Unit.WATTS)).isEqualTo("2.5");
        assertThat(wattHours("10", Unit.KILOWATTS)).isEqualTo("2500");
    }

    @Test
    void aDateThatCanBeReadInTwoWaysMustBeStated() {
        var mapping = inZone(List.of("time"), Optional.empty(), LONDON);
        var ambiguous = "time,wh\n01/02/2026 12:00,1\n02/02/2026 12:15,2\n";
        var plain = "time,wh\n01/02/2026 12:00,1\n13/02/2026 12:15,2\n";

        var undecided = read(ambiguous, mapping);
        var decided = read(plain, mapping);
        var stated =
                read(ambiguous, inZone(List.of("time"), Optional.of("MM/dd/yyyy HH:mm"), LONDON));

        assertThat(undecided.readings()).isEmpty();
        assertThat(undecided.errors())
                .containsExactly(
                        new RowError(
                                2,
                                "time",
                                "01/02/2026 12:00",
                                "it can be read as dd/MM/yyyy H:mm or as MM/dd/yyyy H:mm: state"
                                        + " the format"));
        assertThat(decided.readings())
                .containsExactly(
                        reading("2026-02-01T12:00:00Z", 1), reading("2026-02-13T12:15:00Z", 2));
        assertThat(stated.readings())
                .containsExactly(
                        reading("2026-01-02T12:00:00Z", 1), reading("2026-02-02T12:15:00Z", 2));
    }

    @Test
    void dateAndTimeMayStandInTwoColumns() {
        var contents =
                read(
                        "Date,Time,wh\n2026-03-01,12:00,1\n2026-03-01,12:15,2\n",
                        inZone(List.of("Date", "Time"), Optional.empty(), LONDON));

        assertThat(contents.readings())
                .containsExactly(
                        reading("2026-03-01T12:00:00Z", 1), reading("2026-03-01T12:15:00Z", 2));
    }

    @Test
    void anHourThatTheClockShowsTwiceIsTakenInTheOrderOfTheTable() {
        var mapping = inZone(List.of("time"), Optional.empty(), BERLIN);
        var rows =
                List.of(
                        "2025-10-26 01:45,1",
                        "2025-10-26 02:00,2",
                        "2025-10-26 02:15,3",
                        "2025-10-26 02:00,4",
                        "2025-10-26 02:15,5",
                        "2025-10-26 03:00,6");

        var forwards = read("time,wh\n" + String.join("\n", rows), mapping);
        var backwards = read("time,wh\n" + String.join("\n", rows.reversed()), mapping);

        assertThat(forwards.errors()).isEmpty();
        assertThat(forwards.readings())
                .containsExactly(
                        reading("2025-10-25T23:45:00Z", 1),
                        reading("2025-10-26T00:00:00Z", 2),
                        reading("2025-10-26T00:15:00Z", 3),
                        reading("2025-10-26T01:00:00Z", 4),
                        reading("2025-10-26T01:15:00Z", 5),
                        reading("2025-10-26T02:00:00Z", 6));
        assertThat(backwards.readings()).isEqualTo(forwards.readings());
    }

    @Test
    void aTimeThatIsShownTwiceOrNeverAndStandsAloneIsRefused() {
        var contents =
                read(
                        "time,wh\n2025-10-26 02:00,2\n2025-03-30 02:15,3\n2025-03-30 03:00,4\n",
                        inZone(List.of("time"), Optional.empty(), BERLIN));

        assertThat(contents.readings()).containsExactly(reading("2025-03-30T01:00:00Z", 4));
        assertThat(contents.errors())
                .extracting(RowError::line, RowError::remedy)
                .containsExactly(
                        tuple(
                                2L,
                                "the clock of Europe/Berlin shows it twice: give both rows, or an"
                                        + " offset"),
                        tuple(3L, "the clock of Europe/Berlin skips it"));
    }

    @Test
    void civilDaysHaveFortySixFortyEightOrFiftyHalfHours() {
        var days =
                "date,P1\n" + day("2025-03-30", 46) + day("2025-06-01", 48) + day("2025-10-26", 50);

        var contents = readDays(days);

        assertThat(contents.errors()).isEmpty();
        assertThat(contents.readings()).hasSize(46 + 48 + 50);
        assertThat(contents.readings().get(45).interval().end()).isEqualTo("2025-03-30T23:00:00Z");
        assertThat(contents.readings().getLast().interval().end())
                .isEqualTo("2025-10-27T00:00:00Z");
    }

    @Test
    void aDayWithAnotherNumberOfValuesIsRefusedUnlessTheSkippedHourIsEmpty() {
        var withGap = "2025-03-30,1,1,,," + "1,".repeat(44) + "\n";
        var withAnotherGap = "2025-03-30,1,,,1," + "1,".repeat(44) + "\n";

        var contents =
                readDays(
                        "date,P1\n"
                                + withGap
                                + withAnotherGap
                                + day("2025-03-31", 46)
                                + day("2025-10-26", 48));

        assertThat(contents.readings()).hasSize(46);
        assertThat(contents.errors())
                .extracting(RowError::remedy)
                .containsExactly(
                        "this day has 46 intervals, and the row another number of values",
                        "this day has 48 intervals, and the row another number of values",
                        "this day has 50 intervals, and the row another number of values");
    }

    @Test
    void aPeriodIsCountedFromTheCivilMidnight() {
        var mapping =
                new ColumnMapping(
                        Layout.PERIODS,
                        List.of("date", "period"),
                        Optional.empty(),
                        "wh",
                        Unit.WATT_HOURS,
                        Optional.empty(),
                        Stamp.START,
                        Optional.of(LONDON));

        var contents =
                read(
                        "date,period,wh\n2025-10-26,1,1\n2025-10-26,50,2\n2025-10-27,49,3\n",
                        mapping,
                        HALF_HOUR);

        assertThat(contents.readings())
                .extracting(each -> each.interval().start().toString())
                .containsExactly("2025-10-25T23:00:00Z", "2025-10-26T23:30:00Z");
        assertThat(contents.errors().getFirst().remedy())
                .isEqualTo("2025-10-27 has the periods 1 to 48");
    }

    @Test
    void numbersThatTheMarkDoesNotAllowAreRefused() {
        var comma = withDecimal(Decimal.COMMA);
        var point = withDecimal(Decimal.POINT);

        assertThat(remedy("1.5", Optional.of(Decimal.COMMA)))
                .isEqualTo("the mark before decimals is stated to be a comma");
        assertThat(remedy("1,5", Optional.empty()))
                .isEqualTo("state whether the comma stands before decimals");
        assertThat(remedy("1 kWh", Optional.empty())).startsWith("write a number such as 412");
        assertThat(read(quoted("1 234,5"), comma).readings())
                .containsExactly(reading("2026-03-01T12:00:00Z", 1_234));
        assertThat(read(quoted("1,234,567.9"), point).readings())
                .containsExactly(reading("2026-03-01T12:00:00Z", 1_234_567));
    }

    @Test
    void aTableWithoutTheNamedColumnsSaysWhatItHas() {
        var contents = read("when,how much\n", ColumnMapping.of("time", "wh", Unit.WATT_HOURS));

        assertThat(contents.errors())
                .containsExactly(
                        new RowError(
                                1,
                                "row",
                                "when,how much",
                                "none of the first 50 rows names the columns time, wh"));
    }

    @Test
    void placesOfASpreadsheetKeepTheirKind() {
        var rows =
                List.of(
                        TableRow.ofTexts(1, List.of("time", "wh")),
                        new TableRow(
                                2,
                                List.of(
                                        Cell.time(LocalDateTime.parse("2026-03-01T12:00:00")),
                                        Cell.number(new BigDecimal("1234.9")))),
                        new TableRow(
                                4,
                                List.of(
                                        Cell.text("2026-03-01 12:15"),
                                        Cell.fault("the formula was never calculated"))),
                        new TableRow(
                                5,
                                List.of(
                                        Cell.text("2026-03-01 12:30"),
                                        Cell.time(LocalDateTime.parse("1900-01-01T00:00:00")))));

        var contents =
                ReadingTable.read(
                        new Rows(rows, Optional.of("more than 1000000 rows")),
                        inZone(List.of("time"), Optional.empty(), LONDON),
                        QUARTER_HOUR);

        assertThat(contents.readings()).containsExactly(reading("2026-03-01T12:00:00Z", 1_234));
        assertThat(contents.errors())
                .extracting(RowError::remedy)
                .containsExactly(
                        "the formula was never calculated",
                        "a time stands here, not a value",
                        "more than 1000000 rows");
    }

    @Test
    void textsOfOtherTimesAndSystemsAreDecoded() {
        var csv = "Zählerzeit;Wh\n2026-03-01T12:00Z;7\n";
        var mapping = ColumnMapping.of("Zählerzeit", "Wh", Unit.WATT_HOURS);

        assertThat(read(csv.getBytes(UTF_8), mapping).readings()).hasSize(1);
        assertThat(read(csv.getBytes(Charset.forName("windows-1252")), mapping).readings())
                .hasSize(1);
        assertThat(read(("\uFEFF" + csv).getBytes(UTF_8), mapping).readings()).hasSize(1);
        assertThat(read(("\uFEFF" + csv).getBytes(UTF_16LE), mapping).readings()).hasSize(1);
    }

    @Test
    void aMappingThatCannotBeIsRefused() {
        assertThatThrownBy(() -> inZone(List.of("t"), Optional.of("dd/bb"), LONDON))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inZone(List.of(), Optional.empty(), LONDON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// A year of a device, written as a utility in any zone writes it, comes back whole.
    @Seeded(worlds = 30)
    void whatALocalClockWroteIsReadBack(RandomGenerator random) {
        var zone =
                List.of(LONDON, BERLIN, ZoneId.of("America/Denver"), ZoneId.of("Australia/Sydney"))
                        .get(random.nextInt(4));
        var start =
                Instant.parse("2025-01-01T00:00:00Z").plusSeconds(86_400L * random.nextInt(280));
        var written =
                IntStream.range(0, 90 * 96)
                        .mapToObj(i -> start.plusSeconds(900L * i))
                        .map(each -> LocalDateTime.ofInstant(each, zone) + "," + random.nextInt(9))
                        .collect(Collectors.joining("\n"));

        var contents = read("time,wh\n" + written, inZone(List.of("time"), Optional.empty(), zone));

        assertThat(contents.errors()).isEmpty();
        assertThat(contents.readings()).hasSize(90 * 96);
        assertThat(contents.readings().getFirst().interval().start()).isEqualTo(start);
    }

    private static String wattHours(String value, Unit unit) {
        var contents = read("t,v\n2026-03-01T12:00:00Z," + value, ColumnMapping.of("t", "v", unit));
        return BigDecimal.valueOf(contents.readings().getFirst().rawWattHours())
                .add(contents.remainderWattSeconds().divide(BigDecimal.valueOf(3_600)))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String remedy(String value, Optional<Decimal> decimal) {
        var mapping = decimal.map(ReadingTableTest::withDecimal).orElseGet(() -> plain());
        return read(quoted(value), mapping).errors().getFirst().remedy();
    }

    private static String quoted(String value) {
        return "t,v\n2026-03-01T12:00:00Z,\"" + value + "\"";
    }

    private static ColumnMapping plain() {
        return ColumnMapping.of("t", "v", Unit.WATT_HOURS);
    }

    private static ColumnMapping withDecimal(Decimal decimal) {
        return new ColumnMapping(
                Layout.STAMPS,
                List.of("t"),
                Optional.empty(),
                "v",
                Unit.WATT_HOURS,
                Optional.of(decimal),
                Stamp.START,
                Optional.empty());
    }

    private static ColumnMapping inZone(List<String> time, Optional<String> format, ZoneId zone) {
        return new ColumnMapping(
                Layout.STAMPS,
                time,
                format,
                "wh",
                Unit.WATT_HOURS,
                Optional.empty(),
                Stamp.START,
                Optional.of(zone));
    }

    private static String day(String date, int values) {
        return date + ",1".repeat(values) + "\n";
    }

    private static Contents readDays(String csv) {
        var mapping =
                new ColumnMapping(
                        Layout.DAYS,
                        List.of("date"),
                        Optional.empty(),
                        "P1",
                        Unit.WATT_HOURS,
                        Optional.empty(),
                        Stamp.START,
                        Optional.of(LONDON));
        return read(csv, mapping, HALF_HOUR);
    }

    private static Contents read(String csv, ColumnMapping mapping) {
        return read(csv, mapping, QUARTER_HOUR);
    }

    private static Contents read(byte[] csv, ColumnMapping mapping) {
        return ReadingTable.read(table(csv), mapping, QUARTER_HOUR);
    }

    private static Contents read(String csv, ColumnMapping mapping, Duration length) {
        return ReadingTable.read(table(csv.getBytes(UTF_8)), mapping, length);
    }

    private static Rows table(byte[] csv) {
        try {
            return CsvTable.read(new ByteArrayInputStream(csv), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
