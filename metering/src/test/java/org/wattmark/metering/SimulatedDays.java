package org.wattmark.metering;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.units.Period;

/// Honest days of panels that were never built, half hour by half hour.
final class SimulatedDays {

    static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private SimulatedDays() {}

    /// Summer and autumn in Golden, with a meter that counts whole watt-hours.
    static List<DeviceDay> inGolden(long wattsPeak, int days, long seed) {
        return of("panel-" + seed, Examples.GOLDEN, wattsPeak, days, seed);
    }

    static List<DeviceDay> of(String name, Site site, long wattsPeak, int days, long seed) {
        var signer = DeviceSigner.withNewKey();
        var device =
                new Device(
                        Examples.PANEL,
                        signer.key(),
                        Examples.ALICE,
                        site,
                        new Installation(wattsPeak, Mounting.FIXED),
                        AssuranceTier.T2,
                        HALF_HOUR,
                        true);
        var panel = new SimulatedPanel(device, seed);
        var result = new ArrayList<DeviceDay>();
        var from = LocalDate.parse("2016-07-01");
        var all =
                panel.readings(
                        new Period(midnight(from.minusDays(1)), midnight(from.plusDays(days + 1))));
        for (int d = 0; d < days; d++) {
            var day = DeviceDay.bySun(device, from.plusDays(d), all);
            result.add(new DeviceDay(name, day.date(), day.start(), day.step(), day.watts()));
        }
        return result;
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static List<DeviceDay> each(List<DeviceDay> days, DoubleUnaryOperator change) {
        return days.stream()
                .map(day -> day.with(Arrays.stream(day.watts()).map(change).toArray()))
                .toList();
    }

    /// The same days by a meter that counts in large steps and carries the rest.
    static List<DeviceDay> coarse(List<DeviceDay> days, double grid) {
        return days.stream()
                .map(day -> {
                    double carried = 0;
                    var watts = day.watts();
                    for (int i = 0; i < watts.length; i++) {
                        carried += Double.isNaN(watts[i]) ? 0 : Math.max(0, watts[i]);
                        double counted = grid * Math.floor(carried / grid);
                        carried -= counted;
                        watts[i] = Double.isNaN(watts[i]) ? watts[i] : counted;
                    }
                    return day.with(watts);
                })
                .toList();
    }

    /// The same days by a clock that runs some intervals ahead.
    static List<DeviceDay> ahead(List<DeviceDay> days, int intervals) {
        return days.stream()
                .map(day -> {
                    var watts = day.watts();
                    var moved = new double[watts.length];
                    for (int i = 0; i < watts.length; i++) {
                        moved[i] = watts[Math.floorMod(i - intervals, watts.length)];
                    }
                    return day.with(moved);
                })
                .toList();
    }
}
