package org.wattmark.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wattmark.metering.GreenButton.MeterReading;
import org.wattmark.metering.GreenButtonFile.Contents;
import org.wattmark.metering.GreenButtonFile.Reason;
import org.wattmark.metering.GreenButtonReadings.Choice;
import org.wattmark.testing.Seeded;

/// Feeds are written as a utility would, an entry for each object.
class GreenButtonFileTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String USAGE_POINT =
            entry(
                    "UP/1",
                    "UP",
                    "UP/1/MR",
                    "<UsagePoint><ServiceCategory><kind>0</kind>"
                            + "</ServiceCategory></UsagePoint>");
    private static final String METER_READING =
            entry("UP/1/MR/1", "UP/1/MR", "RT/7", "<MeterReading/>");
    private static final String WATT_HOURS = type("RT/7", 72, 0, 1);
    private static final String TWO_HOURS =
            block(
                    "UP/1/MR/1/IB/1",
                    "UP/1/MR/1/IB",
                    reading(1772366400, 3600, 412) + reading(1772370000, 3600, 0));

    @Test
    void linksTieEntriesWhateverTheirOrder() {
        var inOrder = feed(USAGE_POINT, METER_READING, WATT_HOURS, TWO_HOURS);
        var backwards = feed(TWO_HOURS, WATT_HOURS, METER_READING, USAGE_POINT);

        assertThat(values(inOrder)).containsExactly(412L, 0L);
        assertThat(values(backwards)).isEqualTo(values(inOrder));
    }

    @Test
    void twoSeriesThatStandInEachOthersPlaceKeepTheirOwnBlocks() {
        var feed =
                feed(
                        block("UP/1/MR/2/IB/1", "UP/1/MR/2/IB", reading(1772366400, 3600, 19)),
                        entry("UP/1/MR/1", "UP/1/MR", "RT/1", "<MeterReading/>"),
                        block("UP/1/MR/1/IB/1", "UP/1/MR/1/IB", reading(1772366400, 3600, 1)),
                        type("RT/19", 72, 0, 19),
                        entry("UP/1/MR/2", "UP/1/MR", "RT/19", "<MeterReading/>"),
                        type("RT/1", 72, 0, 1),
                        USAGE_POINT);

        assertThat(seriesOf(feed, Channel.IMPORT).readings().getFirst().value()).hasValue(1);
        assertThat(seriesOf(feed, Channel.EXPORT).readings().getFirst().value()).hasValue(19);
    }

    @Test
    void aBlockThatNoLinkTiesIsRefusedWhereThereAreTwoSeries() {
        var refused =
                refused(
                        USAGE_POINT,
                        METER_READING,
                        entry("UP/1/MR/2", "UP/1/MR", "RT/7", "<MeterReading/>"),
                        block("X/1", "X", reading(1772366400, 3600, 1)));

        assertThat(refused.reason()).isEqualTo(Reason.UNLINKED);
        assertThat(refused.explanation())
                .isEqualTo("an interval block (X/1) is tied to no meter reading");
    }

    @Test
    void aPrefixAndAByteOrderMarkChangeNothing() {
        var plain = document(USAGE_POINT, METER_READING, WATT_HOURS, TWO_HOURS);
        var prefixed =
                plain.replaceAll("<(/?)(?=[A-Z])", "<$1espi:")
                        .replaceAll(
                                "<(/?)(?=[a-z])(?!espi:|feed|entry|link|title|content)", "<$1espi:")
                        .replace(" xmlns='http://naesb.org/espi'", "")
                        .replace("<feed ", "<feed xmlns:espi='http://naesb.org/espi' ");

        var feed = feed(("\uFEFF" + prefixed).getBytes(UTF_8));

        assertThat(prefixed).contains("<espi:timePeriod>").doesNotContain("<timePeriod>");
        assertThat(values(feed)).containsExactly(412L, 0L);
    }

    @Test
    void valuesAreScaledAndCostsAreHundredThousandths() {
        var feed =
                feed(
                        USAGE_POINT,
                        METER_READING,
                        type("RT/7", 72, 3, 1),
                        block(
                                "UP/1/MR/1/IB/1",
                                "UP/1/MR/1/IB",
                                "<IntervalReading><cost>1234567</cost>"
                                        + "<ReadingQuality><quality>8</quality></ReadingQuality>"
                                        + "<timePeriod><start>1772366400</start></timePeriod>"
                                        + "<value>5</value></IntervalReading>"));

        var series = seriesOf(feed, Channel.IMPORT);
        var reading = series.readings().getFirst();

        assertThat(GreenButton.wattSecondsOf(reading, series.type().orElseThrow()))
                .hasValueSatisfying(each -> assertThat(each).isEqualByComparingTo("18000000"));
        assertThat(GreenButton.costOf(reading.cost().orElseThrow()))
                .isEqualTo(new BigDecimal("12.34567"));
        assertThat(series.type().orElseThrow().currency().orElseThrow().getCurrencyCode())
                .isEqualTo("USD");
        assertThat(reading.period().length()).isEqualTo(HOUR);
        assertThat(reading.isEstimated()).isTrue();
    }

    @Test
    void averagePowerBecomesEnergyAndThermsDoNot() {
        var power = feed(USAGE_POINT, METER_READING, type("RT/7", 38, 0, 1), TWO_HOURS);
        var gas = feed(USAGE_POINT, METER_READING, type("RT/7", 169, -3, 1), TWO_HOURS);

        var ofPower = GreenButtonReadings.of(seriesOf(power, Channel.IMPORT), HOUR);
        var ofGas = GreenButtonReadings.of(seriesOf(gas, Channel.IMPORT), HOUR);

        assertThat(ofPower.readings())
                .extracting(IntervalReading::rawWattHours)
                .containsExactly(412L, 0L);
        assertThat(ofGas.readings()).isEmpty();
        assertThat(ofGas.errors().getFirst().remedy())
                .isEqualTo("unit 169 is no electrical energy (72) or power (38)");
    }

    @Test
    void aSeriesWithoutTypeIsReadAndNotTakenIn() {
        var untyped = feed(USAGE_POINT, METER_READING, TWO_HOURS);
        var empty =
                feed(
                        USAGE_POINT,
                        METER_READING,
                        TWO_HOURS,
                        entry("RT/7", "RT", "", "<ReadingType/>"));

        assertThat(values(untyped)).containsExactly(412L, 0L);
        assertThat(values(empty)).containsExactly(412L, 0L);
        assertThat(errorOf(untyped)).isEqualTo("the file does not say in which unit it is");
        assertThat(errorOf(empty)).isEqualTo(errorOf(untyped));
    }

    @Test
    void whatIsEstimatedOrOfAnotherLengthIsListedAndTheRestIsTaken() {
        var quality = "<ReadingQuality><quality>9</quality></ReadingQuality>";
        var estimated =
                reading(1772380800, 3600, 3).replace("<timePeriod>", quality + "<timePeriod>");
        var feed =
                feed(
                        USAGE_POINT,
                        METER_READING,
                        WATT_HOURS,
                        TWO_HOURS,
                        block(
                                "UP/1/MR/1/IB/2",
                                "UP/1/MR/1/IB",
                                reading(1772373600, 900, 1)
                                        + reading(1772377201, 3600, 2)
                                        + reading(1772370000, 3600, 0)
                                        + reading(1772366400, 3600, 413)
                                        + estimated));

        var contents = GreenButtonReadings.of(seriesOf(feed, Channel.IMPORT), HOUR);

        assertThat(contents.readings())
                .extracting(IntervalReading::rawWattHours)
                .containsExactly(412L, 0L);
        assertThat(contents.errors())
                .extracting(ReadingsFile.RowError::column)
                .containsExactlyInAnyOrder("duration", "start", "quality", "row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1721154384.66136", "yesterday", ""})
    void aReadingWithoutAWholeSecondIsUndated(String start) {
        var refused =
                refused(
                        USAGE_POINT,
                        METER_READING,
                        WATT_HOURS,
                        TWO_HOURS.replace("1772370000", start));

        assertThat(refused.reason()).isEqualTo(Reason.UNDATED);
        assertThat(refused.explanation()).contains("line ");
    }

    @Test
    void readingsThatAllStartAtOnceAreUndatedAndNotMerged() {
        var refused =
                refused(
                        USAGE_POINT,
                        METER_READING,
                        WATT_HOURS,
                        TWO_HOURS.replace("1772370000", "1772366400"));

        assertThat(refused.reason()).isEqualTo(Reason.UNDATED);
        assertThat(refused.explanation())
                .isEqualTo(
                        "all 2 readings of a series start at 2026-03-01T12:00:00Z: nobody knows"
                                + " when they were measured");
    }

    @Test
    void anythingElseThanGreenButtonIsRefusedInClearWords() {
        assertThat(refusedFile("<html><body>no</body></html>").explanation())
                .isEqualTo(
                        "a Green Button file is an Atom feed, and this begins with <html> without a"
                                + " namespace");
        assertThat(refused("<entry><title>news</title></entry>").explanation())
                .isEqualTo("an Atom feed without any object of Green Button");
        assertThat(refused(WATT_HOURS).explanation()).isEqualTo("no usage point is in the feed");
        assertThat(refusedFile("interval_start,watt_hours\n").reason()).isEqualTo(Reason.NOT_XML);
        assertThat(refusedFile("").reason()).isEqualTo(Reason.NOT_XML);
        assertThat(refusedFile("<feed xmlns='http://www.w3.org/2005/Atom'>").reason())
                .isEqualTo(Reason.NOT_XML);
        assertThat(refusedFile("<a>".repeat(100_000)).reason())
                .isIn(Reason.NOT_XML, Reason.NOT_GREEN_BUTTON);
        assertThat(refused(USAGE_POINT.replace("<kind>0", "<kind>x")).explanation())
                .contains("'x' in line")
                .contains("is no kind of ServiceCategory");
    }

    @Test
    void nothingOutsideOfTheFileIsRead(@TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "412");
        var doctype = "<!DOCTYPE feed [<!ENTITY secret SYSTEM '" + secret.toUri() + "'>]>";
        var content = document(USAGE_POINT, METER_READING, WATT_HOURS, TWO_HOURS);
        var reading = content.replace("412", "&secret;");

        var declared = refusedFile(doctype + reading);
        var undeclared = refusedFile(reading);

        assertThat(declared.reason()).isEqualTo(Reason.DOCUMENT_TYPE);
        assertThat(undeclared.reason()).isEqualTo(Reason.NOT_XML);
    }

    @Test
    void theRulesOfDaylightSavingAreUnpacked() {
        var second = GreenButtonTime.Rule.parse("360E2000").orElseThrow();
        var first = GreenButtonTime.Rule.parse("B40E2000").orElseThrow();
        var last = GreenButtonTime.Rule.parse("3E0E1000").orElseThrow();

        assertThat(second.in(2026)).isEqualTo("2026-03-08T02:00");
        assertThat(first.in(2026)).isEqualTo("2026-11-01T02:00");
        assertThat(last.in(2026)).isEqualTo("2026-03-29T01:00");
        assertThat(second).hasToString("360E2000");
        assertThat(GreenButtonTime.Rule.parse("FFFFFFFF")).isEmpty();
    }

    @Test
    void daysOfTheLocalClockHaveTwentyThreeToTwentyFiveHours() {
        var feed =
                feed(
                        USAGE_POINT,
                        entry(
                                "LTP/1",
                                "LTP",
                                "UP/1",
                                "<LocalTimeParameters><dstEndRule>B40E2000</dstEndRule>"
                                        + "<dstOffset>3600</dstOffset>"
                                        + "<dstStartRule>360E2000</dstStartRule>"
                                        + "<tzOffset>-18000</tzOffset></LocalTimeParameters>"));
        var clock = feed.usagePoints().getFirst().localTime().orElseThrow();

        var spring = Instant.parse("2026-03-08T05:00:00Z");
        var autumn = Instant.parse("2026-11-01T04:00:00Z");

        assertThat(clock.dayOf(spring)).isEqualTo(LocalDate.of(2026, 3, 8));
        assertThat(clock.dayOf(spring.plus(Duration.ofHours(23)))).isEqualTo("2026-03-09");
        assertThat(clock.dayOf(autumn)).isEqualTo(LocalDate.of(2026, 11, 1));
        assertThat(clock.dayOf(autumn.plus(Duration.ofHours(25)).minusSeconds(1)))
                .isEqualTo("2026-11-01");
    }

    @Test
    void aBillIsReadWhereThereIsNothingElse() {
        var feed =
                feed(
                        USAGE_POINT,
                        entry(
                                "UP/1/US/1",
                                "UP/1/US",
                                "UP/1",
                                "<UsageSummary><billingPeriod><duration>2592000</duration>"
                                        + "<start>1772366400</start></billingPeriod>"
                                        + "<billLastPeriod>6752000</billLastPeriod>"
                                        + "<currency>978</currency>"
                                        + "<overallConsumptionLastPeriod>"
                                        + "<powerOfTenMultiplier>3</powerOfTenMultiplier>"
                                        + "<uom>72</uom><value>625</value>"
                                        + "</overallConsumptionLastPeriod></UsageSummary>"));

        var summary = feed.usagePoints().getFirst().summaries().getFirst();

        assertThat(summary.billLastPeriod()).isEqualTo(OptionalLong.of(6_752_000));
        assertThat(summary.currency().orElseThrow().getCurrencyCode()).isEqualTo("EUR");
        assertThat(summary.consumptionLastPeriod().orElseThrow().value()).isEqualTo(625);
        assertThat(summary.billingPeriod().orElseThrow().length()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void readingsOfADeviceAreExportedAndReadAgain() {
        var signer = DeviceSigner.withNewKey();
        var device = Examples.fixed(signer.key(), 6_000);
        var readings = Examples.readings("2025-07-01T23:30:00Z", 3, -1, 0, 5);

        var written =
                GreenButtonWriter.write(
                        GreenButtonWriter.feedOf(device, Channel.EXPORT, readings), Examples.LATER);

        var series = seriesOf(feed(written), Channel.EXPORT);
        assertThat(series.blocks()).hasSize(2);
        assertThat(GreenButtonReadings.of(series, device.intervalLength()).readings())
                .isEqualTo(readings);
    }

    @Seeded
    void noContentThrows(RandomGenerator random) {
        var content = document(USAGE_POINT, METER_READING, WATT_HOURS, TWO_HOURS).getBytes(UTF_8);
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(128);
        }

        var contents = read(content);

        if (contents instanceof Contents.Refused refused) {
            assertThat(refused.explanation()).isNotBlank();
        }
    }

    static GreenButton feed(byte[] content) {
        var contents = read(content);
        assertThat(contents).isInstanceOf(Contents.Read.class);
        return ((Contents.Read) contents).feed();
    }

    private static GreenButton feed(String... entries) {
        return feed(document(entries).getBytes(UTF_8));
    }

    private static Contents.Refused refused(String... entries) {
        return refusedFile(document(entries));
    }

    private static Contents.Refused refusedFile(String content) {
        var contents = read(content.getBytes(UTF_8));
        assertThat(contents).isInstanceOf(Contents.Refused.class);
        return (Contents.Refused) contents;
    }

    private static Contents read(byte[] content) {
        try {
            return GreenButtonFile.read(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String errorOf(GreenButton feed) {
        var series = feed.usagePoints().getFirst().meterReadings().getFirst();
        return GreenButtonReadings.of(series, HOUR).errors().getFirst().remedy();
    }

    private static MeterReading seriesOf(GreenButton feed, Channel channel) {
        var choice = GreenButtonReadings.choose(feed, channel, Optional.empty());
        assertThat(choice).isInstanceOf(Choice.Chosen.class);
        return ((Choice.Chosen) choice).series();
    }

    private static List<Long> values(GreenButton feed) {
        return feed.usagePoints().getFirst().meterReadings().getFirst().readings().stream()
                .map(reading -> reading.value().orElseThrow())
                .toList();
    }

    private static String document(String... entries) {
        return "<feed xmlns='http://www.w3.org/2005/Atom'>\n"
                + String.join("\n", entries)
                + "\n</feed>";
    }

    private static String entry(String self, String up, String related, String object) {
        return "<entry><title>t</title><link rel='self' href='"
                + self
                + "'/><link href='https://utility.example/"
                + up
                + "' rel='up'/><link rel='related' href='/"
                + related
                + "/'/>\n<content>"
                + object.replaceFirst("(?=[/>])", " xmlns='http://naesb.org/espi'")
                + "</content></entry>";
    }

    private static String type(String self, int uom, int multiplier, int direction) {
        return entry(
                self,
                "RT",
                "",
                "<ReadingType><currency>840</currency><flowDirection>"
                        + direction
                        + "</flowDirection><intervalLength>3600</intervalLength>"
                        + "<powerOfTenMultiplier>"
                        + multiplier
                        + "</powerOfTenMultiplier><uom>"
                        + uom
                        + "</uom></ReadingType>");
    }

    private static String block(String self, String up, String readings) {
        return entry(self, up, "", "<IntervalBlock>" + readings + "</IntervalBlock>");
    }

    private static String reading(long start, long duration, long value) {
        return "<IntervalReading><timePeriod><duration>"
                + duration
                + "</duration><start>"
                + start
                + "</start></timePeriod><value>"
                + value
                + "</value></IntervalReading>\n";
    }
}
