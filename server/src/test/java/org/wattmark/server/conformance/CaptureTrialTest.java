package org.wattmark.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.server.conformance.DeviceRule.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wattmark.metering.ClearSky;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.Sun;
import org.wattmark.server.conformance.Sample.Line;
import org.wattmark.server.conformance.Verdict.Outcome;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;

class CaptureTrialTest {

    private final Sample sample = new Sample();

    /// What each rule is for, planted into an honest device: into its readings, before they are
    /// signed, or into what it sends.
    private final Map<DeviceRule, Consumer<Sample>> inReadings = new EnumMap<>(DeviceRule.class);

    private final Map<DeviceRule, Consumer<List<Line>>> inLines = new EnumMap<>(DeviceRule.class);

    CaptureTrialTest() {
        plantIntoReadings();
        plantIntoLines();
    }

    private void plantIntoReadings() {
        inReadings.put(INTERVAL_ALIGNED, it -> it.days.getFirst().replaceAll(this::aSecondLater));
        inReadings.put(INTERVAL_ORDER, it -> Collections.swap(it.days.getFirst(), 40, 41));
        inReadings.put(
                INTERVAL_OVERLAP, it -> it.days.getFirst().set(41, it.days.getFirst().get(40)));
        inReadings.put(INTERVAL_ONCE, it -> it.days.get(6).set(0, it.days.getFirst().get(90)));
        inReadings.put(CLOCK_SUN, CaptureTrialTest::threeHoursAhead);
        inReadings.put(ENERGY_NEGATIVE, it -> say(it, "2025-07-01T12:00:00Z", -500));
        inReadings.put(ENERGY_CAPACITY, it -> say(it, "2025-07-01T12:00:00Z", 3_000));
        inReadings.put(ENERGY_NIGHT, it -> say(it, "2025-07-02T00:00:00Z", 500));
        inReadings.put(ENERGY_CLEAR_SKY, it -> say(it, "2025-07-02T05:00:00Z", 1_500));
        inReadings.put(ENERGY_DAY, CaptureTrialTest::asIfItFollowedTheSun);
        inReadings.put(QUEUE_LATE, it -> Collections.swap(it.days, 2, 3));
    }

    private void plantIntoLines() {
        inLines.put(BODY_JSON, lines -> lines.getFirst().otherFields.put("firmware", "1.0"));
        inLines.put(
                BODY_SIZE,
                lines ->
                        lines.getFirst()
                                .otherFields
                                .put("readings", Collections.nCopies(2_977, 1)));
        inLines.put(SIGNING_CANONICAL, lines -> signs(lines.getFirst(), with("/v2", lines)));
        inLines.put(
                SIGNING_SIGNATURE,
                lines ->
                        lines.getFirst().signature =
                                DeviceSigner.withNewKey().sign(lines.getFirst().batch).signature());
        inLines.put(CHAIN_SEQUENCE, lines -> lines.remove(3));
        inLines.put(CHAIN_PREVIOUS, lines -> names(lines, 4, Sha256.of(new byte[] {1})));
        inLines.put(
                CHAIN_RESEND,
                lines -> {
                    var changed = sample.days.get(1).subList(0, 95);
                    var other = of(lines.get(2).batch, lines.get(2).batch.previous(), changed);
                    lines.set(2, sample.line(lines.get(2).at, other));
                });
        inLines.put(INTERVAL_LENGTH, lines -> signs(lines.getFirst(), doubled(lines)));
        inLines.put(
                CLOCK_FUTURE,
                lines -> lines.getFirst().at = lines.getFirst().at.minus(Duration.ofHours(1)));
        inLines.put(
                QUEUE_ORDER,
                lines -> {
                    var third = lines.get(3).at;
                    lines.get(3).at = lines.get(4).at;
                    lines.get(4).at = third;
                });
        inLines.put(QUEUE_KEEPS, lines -> lines.get(2).at = lines.get(7).at.plusSeconds(60));
        inLines.put(QUEUE_RETRY_AFTER, lines -> lines.get(2).at = lines.get(1).at.plusSeconds(1));
    }

    private static Map<DeviceRule, Verdict> verdicts(String capture, Specimen specimen) {
        try {
            return CaptureTrial.of(Capture.of(capture), specimen).stream()
                    .collect(Collectors.toMap(each -> (DeviceRule) each.rule(), each -> each));
        } catch (Capture.Unreadable e) {
            throw new AssertionError(e);
        }
    }

    private Map<DeviceRule, Verdict> verdicts(List<Line> lines) {
        return verdicts(Sample.text(lines), sample.specimen());
    }

    @Test
    void anHonestDeviceKeepsEveryRule() {
        var verdicts = verdicts(sample.lines());

        assertThat(verdicts).containsOnlyKeys(DeviceRule.values());
        assertThat(verdicts.values()).allMatch(each -> each.outcome() == Outcome.PASS);
    }

    /// So a rule that passes says something: each one fails where what it is for is planted.
    @ParameterizedTest
    @EnumSource
    void whatARuleIsForBreaksIt(DeviceRule rule) {
        assertThat(inReadings.containsKey(rule)).isNotEqualTo(inLines.containsKey(rule));
        inReadings.getOrDefault(rule, _ -> {}).accept(sample);
        var lines = new ArrayList<>(sample.lines());
        inLines.getOrDefault(rule, _ -> {}).accept(lines);

        var verdicts = verdicts(lines);

        assertThat(verdicts)
                .hasEntrySatisfying(
                        rule,
                        verdict -> {
                            assertThat(verdict.outcome())
                                    .as(verdict.reason())
                                    .isEqualTo(Outcome.FAIL);
                            assertThat(verdict.reason()).isNotBlank();
                        });
    }

    @Test
    void whatIsNotInTheCaptureIsNotTriedAndSaysWhy() {
        var line = sample.lines().getFirst();
        var alone = Sample.text(List.of(line)).replaceAll(",?\"signing_bytes\":\"[^\"]*\",?", ",");
        var oneBatch = alone.replace("{,", "{").replace(",}", "}").replace(",,", ",");
        var nowhere =
                new Specimen(
                        sample.specimen().id(),
                        sample.specimen().key(),
                        Duration.ofMinutes(15),
                        Optional.empty());

        var verdicts = verdicts(oneBatch, nowhere);

        var notTried =
                verdicts.values().stream()
                        .filter(each -> each.outcome() == Outcome.NOT_TRIED)
                        .collect(Collectors.toMap(each -> each.rule(), Verdict::reason));
        assertThat(notTried)
                .containsEntry(ENERGY_NIGHT, "needs --site")
                .containsEntry(CHAIN_SEQUENCE, "needs two batches")
                .containsEntry(CHAIN_RESEND, "no batch was sent twice")
                .containsEntry(INTERVAL_LENGTH, "the capture has no signing_bytes")
                .doesNotContainKey(SIGNING_CANONICAL);
        assertThat(verdicts.values()).noneMatch(each -> each.outcome() == Outcome.FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "no json",
                "null",
                "{\"sent_at\": \"2025-07-01T00:00:00Z\"}",
                "{\"sent_at\": \"yesterday\", \"body\": \"\"}",
                "{\"sent_at\": \"2025-07-01T00:00:00Z\", \"body\": \"?\"}",
                "{\"sent_at\": \"2025-07-01T00:00:00Z\", \"body\": \"\", \"batch\": 1}",
            })
    void whatIsNoCaptureIsNotJudged(String text) {
        assertThatThrownBy(() -> Capture.of(text)).isInstanceOf(Capture.Unreadable.class);
    }

    private IntervalReading aSecondLater(IntervalReading reading) {
        var interval =
                new Period(
                        reading.interval().start().plusSeconds(1),
                        reading.interval().end().plusSeconds(1));
        return new IntervalReading(interval, reading.rawWattHours());
    }

    private static void say(Sample sample, String start, long wattHours) {
        var at = Instant.parse(start);
        for (var day : sample.days) {
            day.replaceAll(each ->
                    each.interval().start().equals(at)
                            ? new IntervalReading(each.interval(), wattHours)
                            : each);
        }
    }

    private static void threeHoursAhead(Sample sample) {
        for (var day : sample.days) {
            var values = day.stream().map(IntervalReading::rawWattHours).toList();
            for (int i = 0; i < day.size(); i++) {
                var value = values.get((i + 12) % values.size());
                day.set(i, new IntervalReading(day.get(i).interval(), value));
            }
        }
    }

    private static void asIfItFollowedTheSun(Sample sample) {
        var sun = new Sun(sample.device.site());
        sample.days
                .get(1)
                .replaceAll(each -> {
                    var middle = each.interval().start().plusSeconds(450);
                    var sky =
                            ClearSky.ineichen(
                                    sun.at(middle).elevation(), 667, middle, ClearSky.CLEANEST_AIR);
                    long wattHours = (long) (1.5 * 0.95 * sky.mostOnAPanel());
                    return new IntervalReading(each.interval(), wattHours);
                });
    }

    private void signs(Line line, byte[] bytes) {
        line.signed = bytes;
        line.signature = sample.sign(bytes);
    }

    /// The first batch under another domain, as older firmware might have it.
    private static byte[] with(String version, List<Line> lines) {
        var batch = lines.getFirst().batch;
        var bytes =
                Canonical.of("wattmark/reading-batch" + version)
                        .id(batch.device().value())
                        .text(batch.channel().name())
                        .number(batch.sequence());
        return bytes.toByteArray();
    }

    private static byte[] doubled(List<Line> lines) {
        var batch = lines.getFirst().batch;
        var readings =
                batch.readings().stream()
                        .map(each ->
                                new IntervalReading(
                                        Period.starting(
                                                each.interval().start(), Duration.ofMinutes(30)),
                                        each.rawWattHours()))
                        .toList();
        return of(batch, batch.previous(), readings).canonicalBytes();
    }

    private static ReadingBatch of(
            ReadingBatch batch, Sha256 previous, List<IntervalReading> readings) {
        return new ReadingBatch(
                batch.device(), batch.channel(), batch.sequence(), previous, readings);
    }

    private void names(List<Line> lines, int index, Sha256 previous) {
        var line = lines.get(index);
        lines.set(index, sample.line(line.at, of(line.batch, previous, line.batch.readings())));
    }
}
