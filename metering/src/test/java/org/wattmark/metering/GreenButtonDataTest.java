package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wattmark.metering.GreenButton.Reading;
import org.wattmark.metering.GreenButtonFile.Contents;
import org.wattmark.testing.ExternalData;

/// Green Button files of utilities and of the standard's own kit, against totals that another
/// program counted. [GreenButtonFileTest] is the twin on files that are made here.
class GreenButtonDataTest {

    @ParameterizedTest
    @CsvSource({
        "TestGBDataHourlyNineDaysBinnedDaily.xml, 216, 199563, 2205567, 1388552400, 1389330000",
        "TestGBDataOneYearDailyBinnedMonthly.xml, 444, 9917817, 107212833, 1357016400, 1395374400",
        "electric_containerized.xml, 8, 4086, 0, 1293868800, 1293926400",
        "gas_direct.xml, 5, 140000, 20624000, 1621987200, 1635206400",
        "gba_Usage-Subscription-Feed-Anonymized.xml, 0, 0, 0, '', ''",
        "sdk_15minLP_15Days.xml, 1340, 1397734, 15041054, 1330578000, 1331784000",
        "sdk_1hrLP_32DaysNoCost.xml, 768, 2355432, 0, 1333252800, 1336017600",
        "sdk_BatchFeedThreeUsagePoints_M.xml, 384, 211560, 0, 1307343600, 1307430000",
        "sdk_Gas.xml, 13, 1074821, 309466093, 1301630400, 1334462400",
        "sdk_MonthlyOnlyElectricData.xml, 14, 9567, 537618476, 1314331200, 1348977600"
    })
    void everyTotalComesOutExactly(
            String file, int readings, long value, long cost, String firstStart, String lastEnd)
            throws IOException {
        var all = readings(feed(file));

        assertThat(all.size()).isEqualTo(readings);
        assertThat(all.stream().mapToLong(r -> r.value().orElse(0)).sum()).isEqualTo(value);
        assertThat(all.stream().mapToLong(r -> r.cost().orElse(0)).sum()).isEqualTo(cost);
        assertThat(all.stream().map(r -> r.period().start()).min(Instant::compareTo))
                .isEqualTo(instant(firstStart));
        assertThat(all.stream().map(r -> r.period().end()).max(Instant::compareTo))
                .isEqualTo(instant(lastEnd));
        assertThat(all).noneMatch(r -> r.value().orElse(0) < 0).noneMatch(Reading::isEstimated);
    }

    /// Kinds of service, units, multipliers and directions; zeros, and starts that come again.
    @ParameterizedTest
    @CsvSource({
        "TestGBDataHourlyNineDaysBinnedDaily.xml, 0, 72, 0, 1, 0, 0",
        "TestGBDataOneYearDailyBinnedMonthly.xml, 0, 72, 0, 1, 0, 0",
        "electric_containerized.xml, 0, 72, 0, 1, 0, 0",
        "gas_direct.xml, 1, 169, -3, '', 0, 0",
        "gba_Usage-Subscription-Feed-Anonymized.xml, 0, 72, 0, 1, 0, 0",
        "sdk_15minLP_15Days.xml, 0, 72, 0, 1, 0, 0",
        "sdk_1hrLP_32DaysNoCost.xml, 0, 72, 0, 1, 0, 0",
        "sdk_BatchFeedThreeUsagePoints_M.xml, 0 0 0, 72 72 72 72, 0 0 0 0, 1 19 1 19, 182, 288",
        "sdk_Gas.xml, 1, 169, -3, 1, 0, 0",
        "sdk_MonthlyOnlyElectricData.xml, 0, 72, 3, 1, 0, 0"
    })
    void everySeriesIsTiedToItsType(
            String file,
            String services,
            String units,
            String multipliers,
            String directions,
            long zeros,
            long sameStarts)
            throws IOException {
        var feed = feed(file);

        var all = readings(feed);
        assertThat(told(feed)).containsExactly(services, units, multipliers, directions);
        assertThat(all.stream().filter(r -> r.value().orElse(1) == 0).count()).isEqualTo(zeros);
        assertThat(all.size() - all.stream().map(r -> r.period().start()).distinct().count())
                .isEqualTo(sameStarts);
    }

    @ParameterizedTest
    @CsvSource({
        "TestGBDataHourlyNineDaysBinnedDaily.xml, '{3600=216}'",
        "TestGBDataOneYearDailyBinnedMonthly.xml, '{82800=2, 86400=441, 90000=1}'",
        "electric_containerized.xml, '{3600=8}'",
        "gas_direct.xml, '{2332800=1, 2419200=1, 2592000=1, 2851200=1, 3024000=1}'",
        "gba_Usage-Subscription-Feed-Anonymized.xml, '{}'",
        "sdk_15minLP_15Days.xml, '{900=1340}'",
        "sdk_1hrLP_32DaysNoCost.xml, '{3600=768}'",
        "sdk_BatchFeedThreeUsagePoints_M.xml, '{900=384}'",
        "sdk_Gas.xml, '{1209600=1, 2505600=1, 2592000=3, 2595600=1, 2674800=1, 2678400=6}'",
        "sdk_MonthlyOnlyElectricData.xml, '{345600=1, 2502000=1, 2592000=4, 2678400=7, 2682000=1}'"
    })
    void everyDurationComesOutExactly(String file, String durations) throws IOException {
        var byLength = new TreeMap<Long, Integer>();
        for (var reading : readings(feed(file))) {
            byLength.merge(reading.period().length().toSeconds(), 1, Integer::sum);
        }

        assertThat(byLength).hasToString(durations);
    }

    /// What is written and read again says the same, whatever file it came from.
    @ParameterizedTest
    @CsvSource({
        "TestGBDataOneYearDailyBinnedMonthly.xml",
        "gas_direct.xml",
        "gba_Usage-Subscription-Feed-Anonymized.xml",
        "sdk_BatchFeedThreeUsagePoints_M.xml",
        "sdk_MonthlyOnlyElectricData.xml"
    })
    void whatIsExportedIsWhatWasImported(String file) throws IOException {
        var feed = feed(file);
        var updated = Instant.parse("2026-03-01T12:00:00Z");

        var written = GreenButtonWriter.write(feed, updated);
        var again = GreenButtonFileTest.feed(written);

        assertThat(told(again)).isEqualTo(told(feed));
        assertThat(readings(again))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("line")
                .isEqualTo(readings(feed));
        assertThat(GreenButtonWriter.write(again, updated)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "IMPORT, RetailCustomer/4299914/UsagePoint/4284792/MeterReading/1",
        "EXPORT, RetailCustomer/4299914/UsagePoint/4284792/MeterReading/2"
    })
    void deliveredAndReceivedAreNeverAddedUp(Channel channel, String id) throws IOException {
        var feed = feed("sdk_BatchFeedThreeUsagePoints_M.xml");

        var undecided = GreenButtonReadings.choose(feed, channel, Optional.empty());
        var chosen = GreenButtonReadings.choose(feed, channel, Optional.of(id));
        var other =
                GreenButtonReadings.choose(
                        feed,
                        channel == Channel.IMPORT ? Channel.EXPORT : Channel.IMPORT,
                        Optional.of(id));

        assertThat(undecided).isInstanceOf(GreenButtonReadings.Choice.None.class);
        assertThat(other).isInstanceOf(GreenButtonReadings.Choice.None.class);
        var series = ((GreenButtonReadings.Choice.Chosen) chosen).series();
        var contents = GreenButtonReadings.of(series, Duration.ofMinutes(15));
        assertThat(contents.errors()).isEmpty();
        assertThat(contents.readings()).hasSize(96);
        assertThat(contents.readings().stream().mapToLong(IntervalReading::rawWattHours).sum())
                .isEqualTo(series.readings().stream().mapToLong(r -> r.value().orElse(0)).sum());
    }

    private static GreenButton feed(String file) throws IOException {
        var content = Files.readAllBytes(ExternalData.file("greenbutton/" + file));
        var contents = GreenButtonFile.read(new ByteArrayInputStream(content));
        assertThat(contents).isInstanceOf(Contents.Read.class);
        return ((Contents.Read) contents).feed();
    }

    private static List<Reading> readings(GreenButton feed) {
        return feed.usagePoints().stream()
                .flatMap(point -> point.meterReadings().stream())
                .flatMap(series -> series.readings().stream())
                .toList();
    }

    /// Kinds of service, units, multipliers and directions, in the order of the file.
    private static List<String> told(GreenButton feed) {
        var services = new ArrayList<String>();
        var units = new ArrayList<String>();
        var multipliers = new ArrayList<String>();
        var directions = new ArrayList<String>();
        for (var point : feed.usagePoints()) {
            point.serviceKind().ifPresent(kind -> services.add("" + kind));
            for (var series : point.meterReadings()) {
                var type = series.type().orElseThrow();
                type.uom().ifPresent(uom -> units.add("" + uom));
                multipliers.add("" + type.powerOfTenMultiplier());
                type.flowDirection().ifPresent(direction -> directions.add("" + direction));
            }
        }
        return List.of(
                String.join(" ", services),
                String.join(" ", units),
                String.join(" ", multipliers),
                String.join(" ", directions));
    }

    private static Optional<Instant> instant(String epochSeconds) {
        return epochSeconds.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(Long.parseLong(epochSeconds)));
    }
}
