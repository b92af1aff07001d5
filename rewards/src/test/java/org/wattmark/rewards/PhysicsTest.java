package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.rewards.World.ALICE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Intake;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.metering.Site;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// Physics first, then the cap: rewards take accepted intervals, and what a panel cannot make is
/// not accepted.
class PhysicsTest {

    private static final ZoneId BERLIN = World.BERLIN;
    private static final LocalDate JULY_FIRST = LocalDate.of(2026, 7, 1);
    private static final Period DAY =
            new Period(
                    JULY_FIRST.atStartOfDay(BERLIN).toInstant(),
                    JULY_FIRST.plusDays(1).atStartOfDay(BERLIN).toInstant());

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPanelOf100WattsEarnsWhatItMade() {
        var programme = world.givenProgramme(World.TERMS, 365, true);
        world.givenTariff("0.3943", World.GENESIS);
        var meter = meter();
        world.enrol(programme, meter.device());

        var made = accepted(meter.device(), meter.meter().honest(DAY));
        world.accrue(programme, meter.device(), made);

        var day = world.day(programme, meter.device(), "2026-07-01");
        assertThat(day.metered().wattHours()).isBetween(100L, 1_450L);
        assertThat(day.rewarded()).isEqualTo(day.metered());
    }

    @Test
    void ninekWhFromAPanelOf100WattsEarnNothing() {
        var programme = world.givenProgramme(World.TERMS, 365, true);
        world.givenTariff("0.3943", World.GENESIS);
        var meter = meter();
        world.enrol(programme, meter.device());

        var claimed = accepted(meter.device(), meter.meter().overCapacity(DAY));
        var night = accepted(meter.device(), meter.meter().nightGeneration(DAY));

        assertThat(sum(claimed)).isLessThan(new Energy(100)); // dawn and dusk, at twice the peak
        assertThat(sum(night)).isLessThan(new Energy(1_450));
    }

    private static Energy sum(List<MeteredInterval> intervals) {
        return Energy.sum(intervals.stream().map(MeteredInterval::energy).toList());
    }

    private static List<MeteredInterval> accepted(Device device, SignedBatch batch) {
        var received = Instant.parse("2026-07-03T00:00:00Z");
        return ((Inspected) Intake.inspect(batch, device, received))
                .accepted().stream()
                        .map(each -> new MeteredInterval(each.interval(), each.energy()))
                        .toList();
    }

    private record Metered(Device device, SimulatedMeter meter) {}

    private Metered meter() {
        var signer = DeviceSigner.withNewKey();
        var device =
                new Device(
                        new DeviceId(world.nextId()),
                        signer.key(),
                        ALICE,
                        new Site(BERLIN, new BigDecimal("52.5"), new BigDecimal("13.4"), 34, "DE"),
                        new Installation(100, Mounting.PORTABLE),
                        AssuranceTier.T2,
                        Duration.ofMinutes(15),
                        true);
        return new Metered(device, new SimulatedMeter(new SimulatedPanel(device, 7), signer));
    }
}
