package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.metering.Examples.LATER;
import static org.wattmark.metering.Examples.PANEL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Admission.Admitted;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Period;

/// What holds whatever a meter sends: small worlds of a few days, with any panel.
class IntakePropertiesTest {

    private static final Instant YEAR = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<Mounting> MOUNTINGS = List.of(Mounting.values());
    private static final DeviceKey KEY = DeviceSigner.withNewKey().key();

    @Seeded
    void noHonestIntervalOfASimulatedPanelIsRejected(RandomGenerator random) {
        var device = anyDevice(random);
        var readings = new SimulatedPanel(device, random.nextLong()).readings(anyDays(random, 2));

        var judged = Plausibility.judge(device, Channel.GENERATION, readings);

        assertThat(judged.plausible()).isEqualTo(readings);
        assertThat(judged.findings()).allMatch(f -> f.outcome() == Outcome.INFO);
    }

    @Seeded
    void energyAboveTheBoundIsNeverAccepted(RandomGenerator random) {
        var device = anyDevice(random);
        var readings = anyReadings(device, random);

        var judged = Plausibility.judge(device, Channel.GENERATION, readings);

        assertThat(isWithinTheBound(device, judged.plausible())).isTrue();
    }

    /// The positive control: what no check has filtered is found to be above the bound.
    @Test
    void readingsThatNobodyJudgedAreAboveTheBound() {
        var random = new Random(7);
        var device = anyDevice(random);

        var unjudged = anyReadings(device, random);

        assertThat(isWithinTheBound(device, unjudged)).isFalse();
    }

    /// Each reading within 1 Wh of its bound, and all together within 1 Wh of the sum.
    private static boolean isWithinTheBound(Device device, List<IntervalReading> readings) {
        var bound = new SolarBound(device);
        double allowed = 1.001;
        boolean each = true;
        for (var reading : readings) {
            double most = bound.of(reading.interval()).wattHours();
            each &= reading.energy().wattHours() <= most + 1;
            allowed += most;
        }
        return each && readings.stream().mapToLong(r -> r.energy().wattHours()).sum() <= allowed;
    }

    @Seeded
    void everyReadingIsAcceptedOrRejectedWithOneFinding(RandomGenerator random) {
        var device = anyDevice(random);
        var readings = anyReadings(device, random);

        var judged = Plausibility.judge(device, Channel.GENERATION, readings);

        var rejected =
                judged.findings().stream()
                        .filter(finding -> finding.outcome() == Outcome.REJECT)
                        .map(Finding::interval)
                        .toList();
        assertThat(rejected).doesNotHaveDuplicates();
        assertThat(rejected.size() + judged.plausible().size()).isEqualTo(readings.size());
    }

    /// Whoever cuts, doubles or shuffles a meter's batches stores the same readings.
    @Seeded(worlds = 50)
    void theOrderOfArrivalChangesNothing(RandomGenerator random) {
        var device = anyDevice(random);
        var readings = new SimulatedPanel(device, random.nextLong()).readings(anyDays(random, 1));
        var inOrder = stored(device, List.of(readings));
        var parts = new ArrayList<List<IntervalReading>>();
        for (int from = 0; from < readings.size(); ) {
            int to = Math.min(readings.size(), from + 1 + random.nextInt(20));
            parts.add(readings.subList(from, to));
            from = to;
        }
        Collections.shuffle(parts, new Random(random.nextLong()));

        var shuffled = stored(device, parts);

        assertThat(shuffled).isEqualTo(inOrder);
    }

    /// Each part is the device's next batch, and each is delivered twice.
    private static List<IntervalReading> stored(Device device, List<List<IntervalReading>> parts) {
        var store = new MemoryReadings();
        var progress = DeviceProgress.NONE;
        for (var part : parts) {
            var batch =
                    new ReadingBatch(
                            PANEL,
                            Channel.GENERATION,
                            progress.lastSequence() + 1,
                            progress.lastBatch(),
                            part);
            var inspected = (Inspected) Intake.inspectUnsigned(batch, device, LATER);
            var admitted = (Admitted) Intake.admit(inspected, progress);
            store.store(PANEL, Channel.GENERATION, admitted.accepted());
            progress = admitted.next();
            assertThat(Intake.admit(inspected, progress)).isInstanceOf(Admission.Refused.class);
            store.store(PANEL, Channel.GENERATION, admitted.accepted());
        }
        return store.in(PANEL, Channel.GENERATION, new Period(YEAR, LATER));
    }

    private static Device anyDevice(RandomGenerator random) {
        var site =
                Site.of(
                        "UTC",
                        Integer.toString(random.nextInt(-65, 66)),
                        Integer.toString(random.nextInt(-180, 181)),
                        random.nextInt(3_000),
                        "ZZ");
        var mounting = MOUNTINGS.get(random.nextInt(3));
        return new Device(
                PANEL,
                KEY,
                Examples.ALICE,
                site,
                new Installation(1 + random.nextLong(20_000), mounting),
                AssuranceTier.T2,
                Device.DEFAULT_INTERVAL,
                true);
    }

    private static Period anyDays(RandomGenerator random, int days) {
        return Period.starting(
                YEAR.plus(Duration.ofDays(random.nextInt(360))), Duration.ofDays(days));
    }

    /// From nothing to three times the peak power, some negative, some without data.
    private static List<IntervalReading> anyReadings(Device device, RandomGenerator random) {
        var start = anyDays(random, 1).start();
        var readings = new ArrayList<IntervalReading>();
        for (int i = 0; i < 96; i++) {
            long most = device.installation().wattsPeak() * 3 / 4;
            long wattHours =
                    random.nextInt(20) == 0
                            ? IntervalReading.NO_DATA
                            : random.nextLong(-most / 50 - 2, most + 2);
            readings.add(
                    new IntervalReading(
                            Period.starting(start.plusSeconds(900L * i), Duration.ofMinutes(15)),
                            wattHours));
        }
        return readings;
    }
}
