package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.units.Period;

class CheatingPanelTest {

    private static final LocalDate SINCE = LocalDate.parse("2025-06-20");
    private static final Period WEEKS =
            Period.starting(Instant.parse("2025-07-01T00:00:00Z"), Duration.ofDays(14));

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device = Examples.fixed(signer.key(), 6_000);
    private final SimulatedPanel honest = new SimulatedPanel(device, 7);
    private final SimulatedPanel neighbour = new SimulatedPanel(neighbour(900), 8);

    private static Device neighbour(int intervalSeconds) {
        return new Device(
                new DeviceId(new UUID(0, 2)),
                DeviceSigner.withNewKey().key(),
                Examples.BOB,
                Examples.GOLDEN,
                new Installation(3_000, Mounting.FIXED),
                AssuranceTier.T2,
                Duration.ofSeconds(intervalSeconds),
                true);
    }

    private CheatingPanel cheat(Fraud fraud) {
        return new CheatingPanel(honest, fraud, SINCE, neighbour);
    }

    @ParameterizedTest
    @EnumSource
    void everyFraudSaysSomethingElseAboutTheSameIntervals(Fraud fraud) {
        var told = cheat(fraud).readings(WEEKS);
        var true14Days = honest.readings(WEEKS);

        assertThat(told).isNotEqualTo(true14Days);
        assertThat(told)
                .extracting(IntervalReading::interval)
                .isEqualTo(true14Days.stream().map(IntervalReading::interval).toList());
        assertThat(cheat(fraud).readings(WEEKS)).as("the same again").isEqualTo(told);
    }

    /// Those that break physics are found by what one batch says.
    @ParameterizedTest
    @EnumSource(
            value = Fraud.class,
            names = {"NIGHT", "OVER_CAPACITY", "SCALED", "FLAT", "CLOCK_SHIFT", "WRONG_PLACE"})
    void whatBreaksPhysicsIsFoundAtOnce(Fraud fraud) {
        assertThat(findings(cheat(fraud).readings(WEEKS)))
                .anyMatch(finding -> finding.outcome() != Outcome.INFO);
    }

    /// The control: these keep within physics, so other evidence has to find them.
    @ParameterizedTest
    @EnumSource(
            value = Fraud.class,
            names = {"REPLAY", "CLEAR_SKY", "COPY"})
    void whatKeepsWithinPhysicsPassesTheFirstChecks(Fraud fraud) {
        assertThat(findings(cheat(fraud).readings(WEEKS)))
                .allMatch(finding -> finding.rule() == Rule.STANDBY);
    }

    private List<Finding> findings(List<IntervalReading> readings) {
        var meter = new SimulatedMeter(honest, signer);
        return Examples.inspected(meter.next(Channel.GENERATION, readings), device).findings();
    }

    @ParameterizedTest
    @EnumSource
    void aNeighbourHasIntervalsOfTheSameLength(Fraud fraud) {
        var hourly = new SimulatedPanel(neighbour(3_600), 8);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheatingPanel(honest, fraud, SINCE, hourly))
                .withMessageContaining("another length");
    }
}
