package org.wattmark.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.units.Period;

/// Devices and readings that several tests start from.
final class Examples {

    static final UUID ALICE = new UUID(0, 0xA);
    static final UUID BOB = new UUID(0, 0xB);
    static final DeviceId PANEL = new DeviceId(new UUID(0, 1));
    static final Site GOLDEN = Site.of("America/Denver", "39.742", "-105.173", 1830, "US");
    static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");
    static final Period JULY_FIRST = day("2025-07-01");

    private Examples() {}

    static Device fixed(DeviceKey key, long wattsPeak) {
        return device(key, wattsPeak, Mounting.FIXED);
    }

    static Device device(DeviceKey key, long wattsPeak, Mounting mounting) {
        return new Device(
                PANEL,
                key,
                ALICE,
                GOLDEN,
                new Installation(wattsPeak, mounting),
                AssuranceTier.T2,
                Device.DEFAULT_INTERVAL,
                true);
    }

    static SimulatedMeter meter(long wattsPeak, long seed) {
        var signer = DeviceSigner.withNewKey();
        return new SimulatedMeter(new SimulatedPanel(fixed(signer.key(), wattsPeak), seed), signer);
    }

    /// The civil day in Golden in summer, UTC−6.
    static Period day(String date) {
        return Period.starting(Instant.parse(date + "T06:00:00Z"), Duration.ofDays(1));
    }

    static Period quarterHour(String start) {
        return Period.starting(Instant.parse(start), Duration.ofMinutes(15));
    }

    static IntervalReading reading(String start, long wattHours) {
        return new IntervalReading(quarterHour(start), wattHours);
    }

    /// Quarter hours in a row, one for each number.
    static List<IntervalReading> readings(String start, long... wattHours) {
        return IntStream.range(0, wattHours.length)
                .mapToObj(i ->
                        new IntervalReading(
                                Period.starting(
                                        Instant.parse(start).plusSeconds(900L * i),
                                        Duration.ofMinutes(15)),
                                wattHours[i]))
                .toList();
    }

    static Inspected inspected(SignedBatch signed, Device device) {
        return (Inspected) Intake.inspect(signed, device, LATER);
    }
}
