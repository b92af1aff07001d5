package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.metering.Examples.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.ReadingsFile.Contents;
import org.wattmark.metering.ReadingsFile.RowError;
import org.wattmark.testing.Seeded;

class ReadingsFileTest {

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    @Test
    void readsEnergyWithItsOffset() throws IOException {
        var contents =
                read(
                        """
                        interval_start,watt_hours
                        2026-03-01T12:00:00+01:00,412
                        2026-03-01T11:15:00Z,-1
                        """);

        assertThat(contents.errors()).isEmpty();
        assertThat(contents.readings())
                .containsExactly(
                        reading("2026-03-01T11:00:00Z", 412), reading("2026-03-01T11:15:00Z", -1));
    }

    @Test
    void averagePowerBecomesEnergyAndFractionsAreCarried() throws IOException {
        var contents =
                read(
                        """
                        measured_on,ac_power
                        2016-07-01 00:00:00-07:00,2
                        2016-07-01 00:15:00-07:00,2
                        2016-07-01 00:30:00-07:00,-2.8601
                        2016-07-01 00:45:00-07:00,4000.7
                        """);

        // 0.5, 0.5, −0.715025 and 1000.175 Wh: 1000.45 Wh above what is whole in each row.
        assertThat(contents.readings())
                .extracting(IntervalReading::rawWattHours)
                .containsExactly(0L, 1L, -1L, 1_000L);
        assertThat(contents.remainderWattSeconds()).isEqualByComparingTo("1655.91");
    }

    @Test
    void everyBadRowSaysWhereItIsAndWhatToChangeAndGoodRowsStay() throws IOException {
        var contents =
                read(
                        """
                        interval_start;watt_hours
                        2026-03-01T12:00:00Z;1,5
                        yesterday;1
                        2026-03-01T12:15:00;1
                        2026-03-01T12:31:00Z;1
                        2026-03-01T12:45:00Z;
                        2026-03-01T13:00:00Z;=cmd|' /C calc'!A0
                        2026-03-01T13:15:00Z;-1000000
                        2026-03-01T12:00:00Z;2
                        2026-03-01T13:30:00Z
                        2026-03-01T13:45:00Z;4
                        """);

        assertThat(contents.readings())
                .containsExactly(
                        reading("2026-03-01T12:00:00Z", 1), reading("2026-03-01T13:45:00Z", 4));
        assertThat(contents.errors())
                .extracting(RowError::line)
                .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(contents.errors().getFirst())
                .isEqualTo(
                        new RowError(
                                3,
                                "interval_start",
                                "yesterday",
                                "write it as 2026-03-01T12:00:00+01:00"));
        assertThat(contents.errors().get(4).value()).startsWith("'=cmd");
    }

    @Test
    void aFileWithoutColumnsThatWeKnowSaysWhichToName() throws IOException {
        var contents = read("date,kilowatts\n2026-03-01,1\n");

        assertThat(contents.errors())
                .containsExactly(
                        new RowError(
                                1,
                                "row",
                                "date,kilowatts",
                                "the first line names the columns: interval_start,watt_hours"));
    }

    @Test
    void aBareTimeIsReadInTheGivenZoneUnlessTheClockShowsItTwice() throws IOException {
        var csv = "timestamp,wh\n2025-10-26 01:45,1\n2025-10-26 02:15,2\n";

        var contents = ReadingsFile.read(stream(csv), QUARTER_HOUR, ZoneId.of("Europe/Berlin"));

        assertThat(contents.readings()).containsExactly(reading("2025-10-25T23:45:00Z", 1));
        assertThat(contents.errors()).extracting(RowError::line).containsExactly(3L);
    }

    @Test
    void anOverlongLineAndAnOpenQuoteSpoilOnlyThemselves() throws IOException {
        var contents =
                read(
                        "interval_start,watt_hours\n"
                                + "2026-03-01T12:00:00Z,\"1\n"
                                + "x".repeat(5_000)
                                + "\n2026-03-01T12:15:00Z,\u0000\u202E7\n"
                                + "2026-03-01T12:30:00Z,3\n");

        assertThat(contents.readings()).contains(reading("2026-03-01T12:30:00Z", 3));
        assertThat(contents.errors()).extracting(RowError::line).contains(3L, 4L);
        assertThat(contents.errors().getLast().value()).isEqualTo("\uFFFD\uFFFD7");
    }

    @Seeded(worlds = 50)
    void noEnergyIsLostOrInventedInWhateverOrderTheRowsCome(RandomGenerator random)
            throws IOException {
        var rows = new ArrayList<String>();
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < 100; i++) {
            var watts = BigDecimal.valueOf(random.nextLong(-3_000, 50_000), 4);
            sum = sum.add(watts);
            rows.add(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(900L * i) + "," + watts);
        }
        var inOrder = read("measured_on,ac_power\n" + String.join("\n", rows));
        Collections.shuffle(rows, new Random(random.nextLong()));

        var shuffled = read("measured_on,ac_power\n" + String.join("\n", rows));

        assertThat(shuffled).isEqualTo(inOrder);
        var wattHours = inOrder.readings().stream().mapToLong(IntervalReading::rawWattHours).sum();
        assertThat(BigDecimal.valueOf(wattHours * 3_600).add(inOrder.remainderWattSeconds()))
                .isEqualByComparingTo(sum.multiply(BigDecimal.valueOf(900)));
        assertThat(BigDecimal.valueOf(wattHours))
                .isEqualByComparingTo(sum.divide(BigDecimal.valueOf(4), 0, RoundingMode.FLOOR));
    }

    @Seeded
    void noContentThrows(RandomGenerator random) throws IOException {
        var pieces =
                List.of(
                        "interval_start,watt_hours\n",
                        "measured_on;ac_power\n",
                        "\"",
                        ",",
                        ";",
                        "\n",
                        "\r",
                        "\t",
                        "2026-03-01T12:00:00Z",
                        "-1e99",
                        "NaN",
                        "1e308",
                        "=1+1",
                        "\u0000",
                        "\uD800",
                        "\uFEFF",
                        "999999999999999",
                        "2026-13-45T99:99:99Z",
                        "9999-12-31T23:45:00Z",
                        "0000-01-01 00:00+18:00",
                        "7");
        var text = new StringBuilder(random.nextBoolean() ? pieces.getFirst() : "");
        for (int i = 0; i < 60; i++) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }

        var contents = ReadingsFile.read(new ByteArrayInputStream(bytes), QUARTER_HOUR);

        assertThat(contents.errorCount()).isGreaterThanOrEqualTo(contents.errors().size());
    }

    private static Contents read(String csv) throws IOException {
        return ReadingsFile.read(stream(csv), QUARTER_HOUR);
    }

    private static ByteArrayInputStream stream(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }
}
