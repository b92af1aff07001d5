package org.wattmark.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.AllocationRequest.Everything;
import org.wattmark.attributes.Reservation.Reserved;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.MemoryReadings;
import org.wattmark.metering.Readings;
import org.wattmark.units.Period;

class MemoryAllocationsTest extends AllocationsContract {

    private final Readings readings = new MemoryReadings();

    @Override
    protected Allocations allocations() {
        return new MemoryAllocations(readings);
    }

    @Override
    protected void metered(DeviceId device, Channel channel, List<IntervalReading> sent) {
        readings.store(device, channel, sent);
    }

    /// The positive control of the race: who looks first and writes after gives one interval to all
    /// who look at once, and the same count of winners shows it.
    @Test
    void aLookBeforeTheWriteSellsTheIntervalToEveryoneAtOnce() {
        var device = new DeviceId(UUID.randomUUID());
        var quarter =
                Period.starting(Instant.parse("2026-03-01T12:00:00Z"), Duration.ofMinutes(15));
        readings.store(device, Channel.GENERATION, List.of(new IntervalReading(quarter, 100)));
        var looked = new CyclicBarrier(64);

        var answers = Race.of(64, _ -> lookThenWrite(device, quarter, looked));

        assertThat(answers).filteredOn(Reserved.class::isInstance).hasSizeGreaterThan(1);
    }

    /// Each look is at a state in which no write has come yet, as two transactions see it that read
    /// before either commits.
    private Reservation lookThenWrite(DeviceId device, Period quarter, CyclicBarrier looked) {
        var look = new MemoryAllocations(readings);
        boolean free = look.backing(device, Channel.GENERATION, quarter).isEmpty();
        try {
            looked.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError("the barrier broke", e);
        }
        assertThat(free).isTrue();
        return look.reserve(
                new Everything(
                        new ClaimId(UUID.randomUUID()),
                        Use.CARBON_CREDIT,
                        device,
                        Channel.GENERATION,
                        quarter));
    }
}
