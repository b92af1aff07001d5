package org.wattmark.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.server.conformance.PacketRule.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.MakerId;
import org.wattmark.server.client.CommandRun;
import org.wattmark.server.conformance.Verdict.Outcome;
import tools.jackson.databind.json.JsonMapper;

class PacketCaptureTrialTest {

    private static final Instant NOON = Instant.parse("2025-07-01T12:00:00Z");
    private static final MakerId MAKER = new MakerId("07".repeat(MakerId.BYTES));
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DeviceSigner signer = DeviceSigner.withNewKey();

    @TempDir private Path folder;

    /// What each rule is for, planted into what an honest device sends.
    private final Map<PacketRule, Consumer<List<Line>>> planted = new EnumMap<>(PacketRule.class);

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    PacketCaptureTrialTest() {
        planted.put(BYTES, lines -> lines.getFirst().body = new byte[115]);
        planted.put(
                DEVICE,
                lines ->
                        lines.getFirst().body =
                                signer.sign(new MakerId("08".repeat(32)), 18, 2, 9, second(0))
                                        .toByteArray());
        planted.put(
                SIGNATURE,
                lines ->
                        lines.getFirst().body =
                                DeviceSigner.withNewKey()
                                        .sign(MAKER, 18, 2, 9, second(0))
                                        .toByteArray());
        planted.put(
                YEARS,
                lines -> lines.getFirst().body = signer.sign(MAKER, 18, 2, 9, 7).toByteArray());
        planted.put(FUTURE, lines -> lines.getFirst().at = NOON.minus(Duration.ofHours(1)));
        planted.put(NUMBERS, lines -> lines.getFirst().body = sample(18, -2, second(0)));
        planted.put(POWER, lines -> lines.getFirst().body = sample(18, 6, second(0)));
        planted.put(
                RESISTANCE,
                lines ->
                        lines.getFirst().body =
                                signer.sign(MAKER, 18, 2, 10, second(0)).toByteArray());
        planted.put(ONE_A_SECOND, lines -> lines.get(2).body = sample(18, 1, second(30)));
        planted.put(ORDER, PacketCaptureTrialTest::swapped);
        planted.put(CADENCE, lines -> lines.subList(4, 6).clear());
        planted.put(QUEUE_KEEPS, lines -> lines.get(2).body = sample(18, 2, second(45)));
        planted.put(QUEUE_RETRY_AFTER, lines -> lines.get(2).at = lines.get(1).at.plusSeconds(1));
    }

    private static void swapped(List<Line> lines) {
        var third = lines.get(3).body;
        lines.get(3).body = lines.get(4).body;
        lines.get(4).body = third;
    }

    /// A line of the capture, still to be changed.
    private static final class Line {

        Instant at;
        byte[] body;
        @Nullable Integer status;
        @Nullable Long retryAfter;

        Line(Instant at, byte[] body) {
            this.at = at;
            this.body = body;
        }

        String text() {
            var object = new HashMap<String, Object>();
            object.put("sent_at", at.toString());
            object.put("body", Base64.getEncoder().encodeToString(body));
            if (status != null) {
                object.put("status", status);
            }
            if (retryAfter != null) {
                object.put("retry_after", retryAfter);
            }
            return JSON.writeValueAsString(object);
        }
    }

    private static long second(long after) {
        return NOON.getEpochSecond() + after;
    }

    private byte[] sample(float volts, float amperes, long second) {
        return signer.sign(MAKER, volts, amperes, volts / amperes, second).toByteArray();
    }

    /// A packet each half minute from a panel of 60 W. The second meets a busy server, the last two
    /// come together, and one comes after a night.
    private List<Line> lines() {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < 7; i++) {
            lines.add(new Line(NOON.plusSeconds(30L * i + 1), sample(18, 2, second(30L * i))));
        }
        lines.get(1).status = 503;
        lines.get(1).retryAfter = 5L;
        lines.add(2, new Line(lines.get(1).at.plusSeconds(6), lines.get(1).body));
        var night = NOON.plus(Duration.ofHours(13));
        lines.add(new Line(night.plus(Duration.ofHours(10)), together(night)));
        return lines;
    }

    private byte[] together(Instant first) {
        var one = sample(18, 0, first.getEpochSecond());
        var both = Arrays.copyOf(one, 2 * one.length);
        var other = sample(18, 0, first.getEpochSecond() + 30);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private Specimen specimen(boolean withSite) {
        return new Specimen(
                new DeviceId(new UUID(0, 0)),
                signer.key(),
                Duration.ofMinutes(15),
                withSite ? Optional.of(Sample.madrid(60, Mounting.PORTABLE)) : Optional.empty());
    }

    private static String text(List<Line> lines) {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    private Map<PacketRule, Verdict> verdicts(List<Line> lines, boolean withSite) {
        try {
            return PacketCaptureTrial.of(Capture.of(text(lines)), specimen(withSite), MAKER)
                    .stream()
                    .collect(Collectors.toMap(each -> (PacketRule) each.rule(), each -> each));
        } catch (Capture.Unreadable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anHonestDeviceKeepsEveryRule() {
        var verdicts = verdicts(lines(), true);

        assertThat(verdicts).containsOnlyKeys(PacketRule.values());
        assertThat(verdicts.values()).allMatch(each -> each.outcome() == Outcome.PASS);
    }

    /// So a rule that passes says something.
    @ParameterizedTest
    @EnumSource
    void whatARuleIsForBreaksIt(PacketRule rule) {
        var lines = lines();
        Optional.ofNullable(planted.get(rule)).orElseThrow().accept(lines);

        var failed =
                verdicts(lines, true).values().stream()
                        .filter(each -> each.outcome() == Outcome.FAIL)
                        .toList();

        assertThat(failed).extracting(Verdict::rule).contains(rule);
        assertThat(failed).allMatch(each -> each.reason().startsWith("line "));
    }

    @Test
    void whatCannotBeJudgedIsNotTriedAndSaysWhy() {
        var dark = new Line(NOON, sample(18, 0, second(0)));

        var verdicts = verdicts(List.of(dark), false);

        var notTried =
                verdicts.values().stream()
                        .filter(each -> each.outcome() == Outcome.NOT_TRIED)
                        .collect(Collectors.toMap(Verdict::rule, Verdict::reason));
        assertThat(notTried)
                .containsEntry(POWER, "needs --site")
                .containsEntry(CADENCE, "needs --site")
                .containsEntry(RESISTANCE, "no packet has a current")
                .containsEntry(QUEUE_KEEPS, "no answer with 429 or 503 is in the capture")
                .hasSize(5);
    }

    @Test
    void theCommandReadsACaptureOfPackets() throws IOException {
        var run = conformance(MAKER.hex());

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("device       " + MAKER.hex())
                .contains("pass       packet.signature         10 packets")
                .contains("11 passed, 0 failed, 2 not tried");
    }

    @Test
    void anIdThatIsNoneIsRefused() throws IOException {
        var run = conformance("07");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--maker-device 07: ");
    }

    private CommandRun conformance(String makerDevice) throws IOException {
        var capture = folder.resolve("packets.jsonl");
        Files.writeString(capture, text(lines()));
        return CommandRun.of(
                new ConformanceCommand(),
                "--capture",
                capture.toString(),
                "--maker-device",
                makerDevice,
                "--public-key",
                signer.key().hex());
    }
}
