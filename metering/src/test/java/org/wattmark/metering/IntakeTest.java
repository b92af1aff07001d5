package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.metering.Examples.JULY_FIRST;
import static org.wattmark.metering.Examples.LATER;
import static org.wattmark.metering.Examples.fixed;
import static org.wattmark.metering.Examples.quarterHour;
import static org.wattmark.metering.Examples.reading;
import static org.wattmark.metering.Examples.readings;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Admission.Admitted;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Inspection.Reason;
import org.wattmark.metering.Inspection.Refused;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.units.Period;

class IntakeTest {

    /// One o'clock in Golden, when the sun is highest.
    private static final String NOON = "2025-07-01T19:00:00Z";

    /// One o'clock in the night.
    private static final String NIGHT = "2025-07-01T07:00:00Z";

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device = fixed(signer.key(), 6_000);

    @Test
    void anHonestBatchIsAcceptedWhole() {
        var readings = readings(NOON, 900, 950, 1_000, 0);

        var inspected = inspect(readings);

        assertThat(inspected.accepted()).isEqualTo(readings);
        assertThat(inspected.findings()).isEmpty();
        assertThat(inspected.stated().ranges())
                .containsExactly(Period.starting(Instant.parse(NOON), Duration.ofHours(1)));
    }

    @Test
    void aForgedSignatureIsRefused() {
        var forged = SimulatedMeter.forged(signed(readings(NOON, 900)));

        var inspection = Intake.inspect(forged, device, LATER);

        assertThat(reasonOf(inspection)).isEqualTo(Reason.SIGNATURE_INVALID);
    }

    @Test
    void aChangedReadingBreaksTheSignature() {
        var signed = signed(readings(NOON, 900));
        var changed = new SignedBatch(batch(1, readings(NOON, 901)), signed.signature());

        var inspection = Intake.inspect(changed, device, LATER);

        assertThat(reasonOf(inspection)).isEqualTo(Reason.SIGNATURE_INVALID);
    }

    @Test
    void whatIsOutOfFormIsRefusedWithItsReason() {
        var halfHour = Period.starting(Instant.parse(NOON), Duration.ofMinutes(30));
        var first = reading("2025-07-01T19:00:00Z", 1);
        var second = reading("2025-07-01T19:15:00Z", 1);

        assertThat(refusalOf(List.of(new IntervalReading(halfHour, 1))))
                .isEqualTo(Reason.INTERVAL_LENGTH_DIFFERS);
        assertThat(refusalOf(List.of(reading("2025-07-01T19:01:00Z", 1))))
                .isEqualTo(Reason.INTERVAL_NOT_ALIGNED);
        assertThat(refusalOf(List.of(second, first))).isEqualTo(Reason.READINGS_OUT_OF_ORDER);
        assertThat(refusalOf(List.of(first, first))).isEqualTo(Reason.READINGS_OVERLAP);
        assertThat(refusalOf(List.of(reading("2026-01-01T00:00:00Z", 1))))
                .isEqualTo(Reason.IN_THE_FUTURE);
    }

    @Test
    void aBatchOfAnotherDeviceIsRefused() {
        var other =
                new Device(
                        new DeviceId(new UUID(0, 2)),
                        device.key(),
                        device.owner(),
                        device.site(),
                        device.installation(),
                        device.tier(),
                        device.intervalLength(),
                        true);

        var inspection = Intake.inspect(signed(readings(NOON, 900)), other, LATER);

        assertThat(reasonOf(inspection)).isEqualTo(Reason.ANOTHER_DEVICE);
    }

    @Test
    void energyInTheNightIsRejected() {
        var inspected = inspect(readings(NIGHT, 500, 0));

        assertThat(inspected.accepted())
                .containsExactlyElementsOf(readings(NIGHT, 500, 0).subList(1, 2));
        assertThat(theOnly(inspected.findings()).rule()).isEqualTo(Rule.NIGHT);
        assertThat(theOnly(inspected.findings()).explanation())
                .contains("NIGHT REJECT")
                .contains("energy 500 Wh, peak power 6000 W")
                .contains("threshold 23.50 Wh");
    }

    @Test
    void moreThanAClearSkyGivesIsRejected() {
        var inspected = inspect(readings(NOON, 2_200, 1_500));

        assertThat(inspected.accepted()).hasSize(1);
        assertThat(theOnly(inspected.findings()).rule()).isEqualTo(Rule.CLEAR_SKY);
    }

    @Test
    void aBillionKilowattHoursFromOneWattAreRejected() {
        var watt = fixed(signer.key(), 1);
        var signed = signed(readings(NOON, 1_000_000_000_000L));

        var inspected = (Inspected) Intake.inspect(signed, watt, LATER);

        assertThat(inspected.accepted()).isEmpty();
        assertThat(theOnly(inspected.findings()).rule()).isEqualTo(Rule.CAPACITY);
    }

    @Test
    void aSmallNegativeIsStandbyAndALargeOneIsRejected() {
        var inspected = inspect(readings(NIGHT, -1, -30, -31));

        assertThat(inspected.accepted()).hasSize(2);
        assertThat(inspected.accepted().getFirst().energy().isZero()).isTrue();
        assertThat(inspected.findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.STANDBY, Rule.STANDBY, Rule.NEGATIVE);
        assertThat(inspected.findings())
                .extracting(Finding::outcome)
                .containsExactly(Outcome.INFO, Outcome.INFO, Outcome.REJECT);
    }

    @Test
    void aCodeForNoDataStatesNothing() {
        var inspected = inspect(readings(NOON, IntervalReading.NO_DATA, 900));

        assertThat(inspected.accepted()).hasSize(1);
        assertThat(inspected.stated().overlaps(quarterHour(NOON))).isFalse();
    }

    @Test
    void aDayTooGoodForPanelsThatDoNotMoveWaitsForAPerson() {
        var tracker = new SimulatedPanel(trackerDevice(), 0);
        var clearest =
                IntStream.range(0, 60)
                        .mapToObj(day -> tracker.readings(later(JULY_FIRST, day)))
                        .max(Comparator.comparingLong(IntakeTest::sum))
                        .orElseThrow();

        var asFixed = inspect(clearest);
        var asTracker = Intake.days(trackerDevice(), Channel.GENERATION, clearest);

        assertThat(asFixed.findings())
                .filteredOn(finding -> finding.rule() == Rule.DAY)
                .singleElement()
                .matches(finding -> finding.outcome() == Outcome.HOLD);
        assertThat(asTracker).isEmpty();
    }

    @Test
    void noSunBoundsWhatTheGridGives() {
        var signed =
                signer.sign(
                        new ReadingBatch(
                                device.id(),
                                Channel.IMPORT,
                                1,
                                Sha256.NONE,
                                readings(NIGHT, 5_000, -1)));

        var inspected = (Inspected) Intake.inspect(signed, device, LATER);

        assertThat(inspected.accepted()).hasSize(1);
        assertThat(theOnly(inspected.findings()).rule()).isEqualTo(Rule.NEGATIVE);
    }

    @Test
    void batchesFollowOneAnotherAndNoneComesTwice() {
        var first = inspect(readings(NOON, 900));
        var progress = admitted(first, DeviceProgress.NONE).next();

        var second = batch(2, progress.lastBatch(), readings("2025-07-01T19:15:00Z", 900));

        assertThat(reasonOf(first, progress)).isEqualTo(Admission.Reason.REPLAYED);
        assertThat(reasonOf(inspect(batch(1, readings(NIGHT, 0))), progress))
                .isEqualTo(Admission.Reason.SEQUENCE_USED);
        assertThat(reasonOf(inspect(batch(3, readings(NIGHT, 0))), progress))
                .isEqualTo(Admission.Reason.SEQUENCE_GAP);
        assertThat(reasonOf(inspect(batch(2, readings(NIGHT, 0))), progress))
                .isEqualTo(Admission.Reason.PREVIOUS_HASH_DIFFERS);
        assertThat(reasonOf(inspect(batch(2, progress.lastBatch(), readings(NOON, 800))), progress))
                .isEqualTo(Admission.Reason.OVERLAPS_STORED);
        assertThat(admitted(inspect(second), progress).next().lastSequence()).isEqualTo(2);
    }

    @Test
    void aRejectedIntervalCannotBeTriedAgainWithLess() {
        var progress = admitted(inspect(readings(NOON, 9_000)), DeviceProgress.NONE).next();

        var again = inspect(batch(2, progress.lastBatch(), readings(NOON, 1_500)));

        assertThat(reasonOf(again, progress)).isEqualTo(Admission.Reason.OVERLAPS_STORED);
    }

    @Test
    void whatComesForAClosedPeriodIsTakenInAndSaysThatItIsLate() {
        var progress = DeviceProgress.NONE.closing(Channel.GENERATION, JULY_FIRST);

        var admitted = admitted(inspect(readings(NOON, 900)), progress);

        assertThat(admitted.accepted()).hasSize(1);
        assertThat(theOnly(admitted.findings()).rule()).isEqualTo(Rule.LATE);
    }

    private Device trackerDevice() {
        return Examples.device(signer.key(), 6_000, Mounting.TRACKER);
    }

    private static Period later(Period period, int days) {
        return Period.starting(period.start().plus(Duration.ofDays(days)), period.length());
    }

    private static long sum(List<IntervalReading> readings) {
        return readings.stream().mapToLong(IntervalReading::rawWattHours).sum();
    }

    private Inspected inspect(List<IntervalReading> readings) {
        return inspect(batch(1, readings));
    }

    private Inspected inspect(ReadingBatch batch) {
        return Examples.inspected(signer.sign(batch), device);
    }

    private SignedBatch signed(List<IntervalReading> readings) {
        return signer.sign(batch(1, readings));
    }

    private ReadingBatch batch(long sequence, List<IntervalReading> readings) {
        return batch(sequence, Sha256.NONE, readings);
    }

    private ReadingBatch batch(long sequence, Sha256 previous, List<IntervalReading> readings) {
        return new ReadingBatch(device.id(), Channel.GENERATION, sequence, previous, readings);
    }

    private Reason refusalOf(List<IntervalReading> readings) {
        return reasonOf(Intake.inspect(signed(readings), device, LATER));
    }

    private static Reason reasonOf(Inspection inspection) {
        return ((Refused) inspection).reason();
    }

    private static Admission.Reason reasonOf(Inspected inspected, DeviceProgress progress) {
        return ((Admission.Refused) Intake.admit(inspected, progress)).reason();
    }

    private static Admitted admitted(Inspected inspected, DeviceProgress progress) {
        return (Admitted) Intake.admit(inspected, progress);
    }

    private static Finding theOnly(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
