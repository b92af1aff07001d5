package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.wattmark.metering.Examples.LATER;
import static org.wattmark.metering.Examples.reading;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.SampleAdmission.Accepted;
import org.wattmark.metering.SampleAdmission.Conflicting;
import org.wattmark.metering.SampleAdmission.Repeated;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.SampleInspection.Reason;
import org.wattmark.metering.SampleInspection.Refused;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Period;

/// Packets of a portable panel of 100 W, held into the sun of Golden at noon.
class SampleIntakeTest {

    private static final long NOON = Instant.parse("2025-07-01T19:00:00Z").getEpochSecond();
    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    private static final MakerId MAKER_ID = new MakerId("c5".repeat(32));

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device = panel(Optional.of(MAKER_ID));
    private final List<IntervalReading> completed = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private SampleProgress progress = SampleProgress.NONE;

    @Test
    void powerCountsForTheRealTimeBetweenPackets() {
        given(0, 20, 2); // 40 W

        long milliwattSeconds = given(30, 20, 2);

        assertThat(milliwattSeconds).isEqualTo(40_000 * 30);
    }

    @Test
    void ofTwoPowersTheLesserCounts() {
        given(0, 20, 2);

        long less = given(10, 20, 1);
        long more = given(20, 20, 3);

        assertThat(less).isEqualTo(20_000 * 10);
        assertThat(more).isEqualTo(20_000 * 10);
    }

    @Test
    void sixtySecondsAreMeasuredAndSixtyOneAreAGap() {
        given(0, 20, 2);

        long sixty = given(60, 20, 2);
        long sixtyOne = given(121, 20, 2);

        assertThat(sixty).isEqualTo(40_000 * 60);
        assertThat(sixtyOne).isZero();
        assertThat(findings)
                .extracting(Finding::explanation)
                .containsExactly(
                        "GAP INFO [2025-07-01T19:01:00Z, 2025-07-01T19:02:01Z): without packets"
                                + " 61 s, power before 40 W, power after 40 W; threshold 60 s");
    }

    @Test
    void anOpenCircuitIsNoEnergyAndNoLossOfData() {
        given(0, 21.5f, 0);
        for (int second = 60; second <= 900; second += 60) {
            given(second, 21.5f, 0);
        }

        assertThat(completed).containsExactly(reading("2025-07-01T19:00:00Z", 0));
        assertThat(findings).isEmpty();
    }

    @Test
    void whereAnIntervalEndsBetweenPacketsEachSideHasItsOwnSeconds() {
        given(870, 20, 3); // 60 W

        given(930, 20, 3);

        // 30 s of 60 W are half a watt-hour: the interval says 0 and the half is carried.
        assertThat(completed).containsExactly(reading("2025-07-01T19:00:00Z", 0));
        assertThat(progress.carried()).isEqualTo(1_800_000);
        assertThat(progress.open())
                .contains(
                        new SampleProgress.Open(Instant.parse("2025-07-01T19:15:00Z"), 1_800_000));
    }

    @Test
    void whatIsBelowAWattHourWaitsForTheNextInterval() {
        for (int second = 0; second <= 1_800; second += 30) {
            given(second, 10, 1); // 10 W are 2.5 Wh in each quarter hour
        }

        assertThat(completed)
                .containsExactly(
                        reading("2025-07-01T19:00:00Z", 2), reading("2025-07-01T19:15:00Z", 3));
    }

    @Test
    void anIntervalWithoutPacketsIsNotStated() {
        given(0, 20, 2);
        given(30, 20, 2);
        given(2_700, 20, 2);
        given(2_730, 20, 2);
        given(3_600, 20, 2);

        assertThat(completed)
                .extracting(IntervalReading::interval)
                .containsExactly(
                        Examples.quarterHour("2025-07-01T19:00:00Z"),
                        Examples.quarterHour("2025-07-01T19:45:00Z"));
    }

    @Test
    void theSamePacketIsTheSameReceiptAndAnotherOfItsSecondIsAConflict() {
        given(0, 20, 2);
        given(10, 20, 2);

        var again = admit(packet(10, 20, 2), Optional.empty());
        var earlier = admit(packet(0, 20, 2), Optional.of(packet(0, 20, 2).sha256()));
        var other = admit(packet(0, 20, 1), Optional.of(packet(0, 20, 2).sha256()));

        assertThat(again).isEqualTo(new Repeated(packet(10, 20, 2).sha256()));
        assertThat(earlier).isEqualTo(new Repeated(packet(0, 20, 2).sha256()));
        assertThat(other).isInstanceOf(Conflicting.class);
        var finding = ((Conflicting) other).finding();
        assertThat(finding.rule()).isEqualTo(Rule.CONFLICT);
        assertThat(finding.outcome()).isEqualTo(Outcome.HOLD);
        assertThat(finding.explanation()).contains(packet(0, 20, 2).sha256().hex());
    }

    @Test
    void whatIsOlderThanTheLastIsRefused() {
        given(10, 20, 2);

        var older = admit(packet(9, 20, 2), Optional.empty());

        assertThat(older)
                .isEqualTo(
                        new SampleAdmission.Refused(
                                SampleAdmission.Reason.OLDER_THAN_LAST,
                                "samples were taken in up to 2025-07-01T19:00:10Z"));
    }

    @Test
    void whatIsNoMeasurementIsRefusedWithItsReason() {
        assertThat(refusalOf(Float.NaN, 1)).isEqualTo(Reason.NOT_A_NUMBER);
        assertThat(refusalOf(1, Float.NaN)).isEqualTo(Reason.NOT_A_NUMBER);
        assertThat(refusalOf(Float.POSITIVE_INFINITY, 0)).isEqualTo(Reason.INFINITE);
        assertThat(refusalOf(20, -0.01f)).isEqualTo(Reason.NEGATIVE);
        assertThat(refusalOf(-20, -2)).isEqualTo(Reason.NEGATIVE);
        assertThat(refusalOf(50, 3.01f)).isEqualTo(Reason.ABOVE_THE_PANEL);
        assertThat(refusalOf(Float.MAX_VALUE, Float.MAX_VALUE)).isEqualTo(Reason.ABOVE_THE_PANEL);
        assertThat(inspect(packet(0, 50, 3))).isInstanceOf(Inspected.class);
        assertThat(inspect(packet(0, -0.0f, 0))).isInstanceOf(Inspected.class);
    }

    @Test
    void timesThatCannotBeAreRefused() {
        assertThat(reasonOf(at(Long.MAX_VALUE))).isEqualTo(Reason.TIME_OUT_OF_RANGE);
        assertThat(reasonOf(at(-1))).isEqualTo(Reason.TIME_OUT_OF_RANGE);
        assertThat(reasonOf(at(LATER.getEpochSecond() + 301))).isEqualTo(Reason.IN_THE_FUTURE);
        assertThat(at(LATER.getEpochSecond() + 300)).isInstanceOf(Inspected.class);
    }

    @Test
    void aKeyServesOneProtocol() {
        var batch =
                new ReadingBatch(
                        device.id(),
                        Channel.GENERATION,
                        1,
                        Sha256.NONE,
                        List.of(reading("2025-07-01T19:00:00Z", 1)));

        var asBatch = Intake.inspect(signer.sign(batch), device, LATER);
        var asPacket = SampleIntake.inspect(packet(0, 20, 2), panel(Optional.empty()), LATER);

        assertThat(((Inspection.Refused) asBatch).reason())
                .isEqualTo(Inspection.Reason.ANOTHER_PROTOCOL);
        assertThat(reasonOf(asPacket)).isEqualTo(Reason.ANOTHER_PROTOCOL);
    }

    @Test
    void aForgedPacketAndAnotherDevicesAreRefused() {
        var packet = packet(0, 20, 2);
        var forged = new SamplePacket(packet.signed(), packet(1, 20, 2).signature());
        var another = signer.sign(new MakerId("00".repeat(32)), 20, 2, 10, NOON);

        assertThat(reasonOf(inspect(forged))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reasonOf(inspect(another))).isEqualTo(Reason.ANOTHER_DEVICE);
    }

    @Test
    void theResistanceIsComparedAndNothingDependsOnIt() {
        var wrong = (Inspected) inspect(signer.sign(MAKER_ID, 20, 2, 11, NOON));
        var open = (Inspected) inspect(signer.sign(MAKER_ID, 20, 0, Float.NaN, NOON));

        assertThat(wrong.sample().watts()).isEqualByComparingTo("40");
        assertThat(wrong.findings())
                .extracting(Finding::rule, Finding::outcome)
                .containsExactly(tuple(Rule.RESISTANCE, Outcome.INFO));
        assertThat(open.findings()).isEmpty();
    }

    /// However packets fall, over all intervals no mW·s is lost or made.
    @Seeded
    void readingsAddUpToTheExactIntegral(RandomGenerator random) {
        var readings = new ArrayList<IntervalReading>();
        var world = SampleProgress.NONE;
        var exact = BigDecimal.ZERO;
        long second = random.nextInt(900);
        for (int i = 0; i < 100; i++) {
            var inspected = unsigned(second, random);
            var last = world.last();

            var accepted =
                    (Accepted) SampleIntake.admit(inspected, world, Optional.empty(), QUARTER_HOUR);

            if (last.isPresent() && second - seconds(last.get()) <= 60) {
                var least = last.get().watts().min(inspected.sample().watts());
                var time = BigDecimal.valueOf(second - seconds(last.get()));
                exact = exact.add(least.multiply(time));
            }
            world = accepted.next();
            readings.addAll(accepted.completed());
            second += 1 + random.nextInt(random.nextInt(10) == 0 ? 2_000 : 60);
        }

        var whole = BigDecimal.valueOf(sum(readings) + energyOf(world));
        assertThat(whole.add(world.fraction()))
                .isEqualByComparingTo(exact.multiply(BigDecimal.valueOf(1_000)));
        assertThat(readings).isSorted();
    }

    /// A network that delivers twice changes nothing.
    @Seeded
    void packetsDeliveredTwiceCountOnce(RandomGenerator random) {
        var world = SampleProgress.NONE;
        for (int i = 0; i < 30; i++) {
            var inspected = unsigned(i * 40L, random);
            world =
                    ((Accepted)
                                    SampleIntake.admit(
                                            inspected, world, Optional.empty(), QUARTER_HOUR))
                            .next();

            var again = SampleIntake.admit(inspected, world, Optional.empty(), QUARTER_HOUR);

            assertThat(again).isEqualTo(new Repeated(inspected.sample().hash()));
        }
    }

    /// Any power, without the signature that takes its time.
    private static Inspected unsigned(long secondsAfterNoon, RandomGenerator random) {
        var signed =
                SamplePacket.toSign(
                        MAKER_ID,
                        random.nextFloat(25),
                        random.nextFloat(4),
                        0,
                        NOON + secondsAfterNoon);
        var packet = new SamplePacket(signed, new DeviceSignature("0".repeat(128)));
        return new Inspected(packet, Sample.of(packet), List.of());
    }

    @Test
    void theIntervalsOfAnHonestPanelPassTheChecksOfEveryBatch() {
        for (int second = 0; second <= 1_800; second += 10) {
            given(second, 18, 4);
        }
        var batch = new ReadingBatch(device.id(), Channel.GENERATION, 1, Sha256.NONE, completed);

        var inspected = (Inspection.Inspected) Intake.inspectUnsigned(batch, device, LATER);

        assertThat(inspected.accepted()).hasSize(2);
        assertThat(inspected.findings()).isEmpty();
        assertThat(inspected.stated().ranges())
                .containsExactly(
                        new Period(
                                Instant.ofEpochSecond(NOON), Instant.ofEpochSecond(NOON + 1_800)));
    }

    private Device panel(Optional<MakerId> makerId) {
        return new Device(
                Examples.PANEL,
                signer.key(),
                Examples.ALICE,
                Examples.GOLDEN,
                new Installation(100, Mounting.PORTABLE),
                AssuranceTier.T2,
                QUARTER_HOUR,
                true,
                makerId);
    }

    /// Takes a packet in, and returns the energy that it adds in mW·s.
    private long given(long secondsAfterNoon, float volts, float amperes) {
        long before = energyOf(progress) + sum(completed);
        progress = take(packet(secondsAfterNoon, volts, amperes));
        return energyOf(progress) + sum(completed) - before;
    }

    private SampleProgress take(SamplePacket packet) {
        var accepted = (Accepted) admit(packet, Optional.empty());
        completed.addAll(accepted.completed());
        findings.addAll(accepted.findings());
        return accepted.next();
    }

    private SampleAdmission admit(SamplePacket packet, Optional<Sha256> known) {
        return SampleIntake.admit((Inspected) inspect(packet), progress, known, QUARTER_HOUR);
    }

    private SampleInspection inspect(SamplePacket packet) {
        return SampleIntake.inspect(packet, device, LATER);
    }

    private SamplePacket packet(long secondsAfterNoon, float volts, float amperes) {
        return signer.sign(MAKER_ID, volts, amperes, volts / amperes, NOON + secondsAfterNoon);
    }

    private SampleInspection at(long unixSeconds) {
        return inspect(signer.sign(MAKER_ID, 20, 2, 10, unixSeconds));
    }

    private Reason refusalOf(float volts, float amperes) {
        return reasonOf(inspect(packet(0, volts, amperes)));
    }

    private static Reason reasonOf(SampleInspection inspection) {
        return ((Refused) inspection).reason();
    }

    private static long energyOf(SampleProgress progress) {
        return progress.carried()
                + progress.open().map(SampleProgress.Open::milliwattSeconds).orElse(0L);
    }

    private static long sum(List<IntervalReading> readings) {
        return readings.stream().mapToLong(IntervalReading::rawWattHours).sum() * 3_600_000;
    }

    private static long seconds(Sample sample) {
        return sample.at().getEpochSecond() - NOON;
    }
}
