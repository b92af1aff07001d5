package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.metering.Examples.PANEL;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Period;

/// Most readings are judged by fewer looks at the sun than there are. It changes no verdict: here
/// all looks are made, for readings around the bounds.
class PlausibilityShortcutsTest {

    private static final Instant YEAR = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<Mounting> MOUNTINGS = List.of(Mounting.values());
    private static final DeviceKey KEY = DeviceSigner.withNewKey().key();

    /// What was let through, and the days that were held.
    private record Verdict(List<IntervalReading> plausible, List<LocalDate> heldDays) {}

    @Seeded
    void theVerdictIsThatOfTheWholeComputation(RandomGenerator random) {
        var device = anyDevice(random);
        var readings = around(device, random);

        var judged = Plausibility.judge(device, Channel.GENERATION, readings);

        var held =
                judged.findings().stream()
                        .filter(finding -> finding.rule() == Rule.DAY)
                        .map(finding -> dayOf(device, finding.interval().start()))
                        .toList();
        assertThat(new Verdict(judged.plausible(), held)).isEqualTo(whole(device, readings));
    }

    /// The worlds above are about the bounds: some readings fail and some days are held.
    @Test
    void theWorldsReachBothSidesOfEachBound() {
        int rejected = 0;
        int held = 0;
        int clean = 0;
        for (int seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var device = anyDevice(random);
            var readings = around(device, random);
            var verdict = whole(device, readings);
            rejected += verdict.plausible().size() < readings.size() ? 1 : 0;
            held += verdict.heldDays().isEmpty() ? 0 : 1;
            clean += verdict.heldDays().isEmpty() ? 1 : 0;
        }

        assertThat(List.of(rejected, held, clean)).allSatisfy(n -> assertThat(n).isGreaterThan(5));
    }

    private static Verdict whole(Device device, List<IntervalReading> readings) {
        var bound = new SolarBound(device);
        var plausible = new ArrayList<IntervalReading>();
        var days = new TreeMap<LocalDate, Long>();
        double allowance = 1;
        for (var reading : readings) {
            double limit = bound.of(reading.interval()).wattHours() + allowance;
            long energy = reading.rawWattHours();
            if (energy <= bound.capacityWattHours(reading.interval()) + 1 && energy <= limit) {
                allowance = Math.min(1, limit - energy);
                plausible.add(reading);
                days.merge(dayOf(device, reading.interval().start()), energy, Long::sum);
            }
        }
        var held =
                days.entrySet().stream()
                        .filter(day -> day.getValue() > dayLimit(device, bound, day.getKey()))
                        .map(day -> day.getKey())
                        .toList();
        return new Verdict(plausible, held);
    }

    private static double dayLimit(Device device, SolarBound bound, LocalDate day) {
        var zone = device.site().zone();
        double sum = 0;
        var end = day.plusDays(1).atStartOfDay(zone).toInstant();
        for (var at = day.atStartOfDay(zone).toInstant(); at.isBefore(end); ) {
            var interval = Period.starting(at, device.intervalLength());
            sum += bound.of(interval).clearSkyWattHours();
            at = interval.end();
        }
        return (device.installation().mounting() == Mounting.FIXED ? 0.62 : 1.0) * sum + 1;
    }

    private static LocalDate dayOf(Device device, Instant start) {
        return LocalDate.ofInstant(start, device.site().zone());
    }

    /// A part of a day, each reading a share of its bound that is the same for most of the day.
    private static List<IntervalReading> around(Device device, RandomGenerator random) {
        var bound = new SolarBound(device);
        var start = YEAR.plus(Duration.ofDays(random.nextInt(360)));
        int first = random.nextBoolean() ? 0 : random.nextInt(60);
        int last = random.nextBoolean() ? 96 : first + 1 + random.nextInt(96 - first);
        double share = 0.3 + 0.75 * random.nextDouble();
        var readings = new ArrayList<IntervalReading>();
        for (int i = first; i < last; i++) {
            var interval = Period.starting(start.plusSeconds(900L * i), Duration.ofMinutes(15));
            double most = bound.of(interval).wattHours();
            double part = random.nextInt(8) == 0 ? 0.99 + 0.02 * random.nextDouble() : share;
            readings.add(new IntervalReading(interval, Math.round(most * part)));
        }
        return readings;
    }

    private static Device anyDevice(RandomGenerator random) {
        var zones = List.of("UTC", "America/Denver", "Asia/Kathmandu", "Pacific/Auckland");
        var site =
                Site.of(
                        zones.get(random.nextInt(zones.size())),
                        Integer.toString(random.nextInt(-65, 66)),
                        Integer.toString(random.nextInt(-180, 181)),
                        random.nextInt(3_000),
                        "ZZ");
        var mounting =
                random.nextBoolean()
                        ? Mounting.FIXED
                        : MOUNTINGS.get(random.nextInt(MOUNTINGS.size()));
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
}
