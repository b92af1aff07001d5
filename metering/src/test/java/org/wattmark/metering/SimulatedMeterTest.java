package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.wattmark.metering.Examples.JULY_FIRST;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Admission.Admitted;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.testing.ExternalData;
import org.wattmark.units.Period;

/// The simulated twin of the tests on real panels: it runs everywhere.
class SimulatedMeterTest {

    private static final Pattern PVWATTS_CASE =
            Pattern.compile(
                    "pvwatts_dc\",\\s*\"g_poa\": ([-.0-9]+),\\s*\"temp_cell\": ([-.0-9]+),"
                            + "\\s*\"pdc0\": ([-.0-9]+),\\s*\"gamma\": ([-.0-9]+),"
                            + "\\s*\"out\": ([-.0-9]+)");

    private static final Period YEAR =
            new Period(
                    Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device = Examples.fixed(signer.key(), 6_000);
    private final SimulatedPanel panel = new SimulatedPanel(device, 7);
    private final SimulatedMeter meter = new SimulatedMeter(panel, signer);

    @Test
    void aSimulatedYearGoesThroughTheIntakeWithoutARejection() {
        var readings = panel.readings(YEAR);
        var progress = DeviceProgress.NONE;
        var findings = new ArrayList<Finding>();

        for (var run : ReadingBatch.runs(readings)) {
            var signed = meter.next(Channel.GENERATION, run);
            var admitted = (Admitted) Intake.admit(Examples.inspected(signed, device), progress);
            findings.addAll(admitted.findings());
            progress = admitted.next();
        }

        assertThat(readings).hasSize(365 * 96);
        assertThat(findings).allMatch(finding -> finding.outcome() == Outcome.INFO);
        assertThat(progress.stated(Channel.GENERATION).ranges()).containsExactly(YEAR);
        // A fixed kilowatt in Golden makes 1,000 to 1,700 kWh a year (PVWatts: about 1,500).
        assertThat(readings.stream().mapToLong(r -> r.energy().wattHours()).sum())
                .isBetween(6_000_000L, 10_200_000L);
    }

    @Test
    void theSameSeedGivesTheSameReadingsHoweverTheyAreAskedFor() {
        var whole = panel.readings(JULY_FIRST);
        var half = JULY_FIRST.start().plus(Duration.ofHours(12));

        var parts =
                new ArrayList<>(
                        new SimulatedPanel(device, 7)
                                .readings(new Period(JULY_FIRST.start(), half)));
        parts.addAll(panel.readings(new Period(half, JULY_FIRST.end())));

        assertThat(parts).isEqualTo(whole);
        assertThat(new SimulatedPanel(device, 8).readings(JULY_FIRST)).isNotEqualTo(whole);
    }

    @Test
    void generationInTheNightIsFound() {
        var inspected = Examples.inspected(meter.nightGeneration(JULY_FIRST), device);

        assertThat(inspected.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.REJECT)
                .hasSizeGreaterThan(10)
                .allMatch(finding -> finding.rule() == Rule.NIGHT);
    }

    @Test
    void generationOverCapacityIsFound() {
        var inspected = Examples.inspected(meter.overCapacity(JULY_FIRST), device);

        assertThat(inspected.findings())
                .filteredOn(finding -> finding.rule() == Rule.CAPACITY)
                .hasSizeGreaterThan(40);
        assertThat(inspected.accepted()).allMatch(reading -> reading.rawWattHours() <= 0);
    }

    @Test
    void directCurrentFollowsThePvwattsReference() throws IOException {
        var reference = Files.readString(ExternalData.file("pvref/pvwatts_reference.json"));

        var cases = PVWATTS_CASE.matcher(reference).results().toList();

        assertThat(cases).hasSizeGreaterThan(5);
        for (var numbers : cases) {
            assertThat(
                            SimulatedPanel.directCurrent(
                                    number(numbers, 3),
                                    number(numbers, 1),
                                    number(numbers, 2),
                                    number(numbers, 4)))
                    .isCloseTo(number(numbers, 5), within(1e-9));
        }
    }

    /// Its twin, with the one value that is printed in the reference.
    @Test
    void directCurrentAtNineHundredWattsPerSquareMetre() {
        assertThat(SimulatedPanel.directCurrent(100, 900, 30, -0.003))
                .isCloseTo(88.65, within(1e-9));
    }

    private static double number(MatchResult numbers, int group) {
        return Double.parseDouble(numbers.group(group));
    }

    @Test
    void aBatchReadsBackFromItsBytes() throws Exception {
        var batch = meter.honest(JULY_FIRST).batch();

        var read = ReadingBatch.read(batch.canonicalBytes());

        assertThat(read).isEqualTo(batch);
    }

    @Test
    void theReceiptCommitsToTheBatchAndReadsBack() throws Exception {
        var inspected = Examples.inspected(meter.honest(JULY_FIRST), device);
        var admitted = (Admitted) Intake.admit(inspected, DeviceProgress.NONE);
        var salt = new byte[BatchReceipt.SALT_BYTES];

        var receipt = BatchReceipt.of(admitted, salt);

        assertThat(receipt.accepted()).isEqualTo(96);
        assertThat(receipt.batch())
                .isEqualTo(BatchReceipt.salted(salt, admitted.batch().canonicalBytes()))
                .isNotEqualTo(admitted.hash());
        assertThat(receipt.canonicalBytes().length).isLessThan(4_096);
        assertThat(BatchReceipt.read(receipt.canonicalBytes())).isEqualTo(receipt);
    }
}
