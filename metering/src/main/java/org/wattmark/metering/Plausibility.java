package org.wattmark.metering;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// Whether readings of one device can be true, by what its panels and its sun allow.
///
/// A meter counts whole watt-hours and carries the rest, so one interval may show up to 1 Wh more
/// than it had. The check grants that watt-hour once and again only as far as it is earned back
/// below the bound: over any run of a batch the sum stays within the sum of the bounds plus 1 Wh.
final class Plausibility {

    /// Of what panels that follow the sun could make in the day: the largest real one was 0.597.
    private static final double FIXED_DAY_SHARE = 0.62;

    private static final double RESOLUTION_WATT_HOURS = 1;

    private final Device device;
    private final Channel channel;
    private final SolarBound bound;
    private final List<IntervalReading> plausible = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private double allowance = RESOLUTION_WATT_HOURS;

    private Plausibility(Device device, Channel channel) {
        this.device = device;
        this.channel = channel;
        this.bound = new SolarBound(device);
    }

    /// What the checks let through, and all that they found, by time.
    record Judged(List<IntervalReading> plausible, List<Finding> findings) {}

    /// @param readings in the order of time
    static Judged judge(Device device, Channel channel, List<IntervalReading> readings) {
        var checks = new Plausibility(device, channel);
        readings.forEach(checks::judge);
        checks.findings.addAll(days(device, channel, checks.plausible, checks.bound));
        return new Judged(
                List.copyOf(checks.plausible), checks.findings.stream().sorted().toList());
    }

    private void judge(IntervalReading reading) {
        if (reading.rawWattHours() == IntervalReading.NO_DATA) {
            found(Rule.NO_DATA, Outcome.REJECT, reading, Map.of(), "not " + reading.rawWattHours());
        } else if (reading.rawWattHours() < 0) {
            judgeNegative(reading);
        } else if (!channel.boundedBySun() || withinTheSun(reading)) {
            plausible.add(reading);
        }
    }

    private void judgeNegative(IntervalReading reading) {
        long least = channel.boundedBySun() ? bound.standbyWattHours(reading.interval()) : 0;
        boolean standby = reading.rawWattHours() >= least;
        found(
                standby ? Rule.STANDBY : Rule.NEGATIVE,
                standby ? Outcome.INFO : Outcome.REJECT,
                reading,
                Map.of(),
                least + " Wh");
        if (standby) {
            plausible.add(reading);
        }
    }

    private boolean withinTheSun(IntervalReading reading) {
        double capacity = bound.capacityWattHours(reading.interval());
        if (reading.rawWattHours() > capacity + RESOLUTION_WATT_HOURS) {
            found(Rule.CAPACITY, Outcome.REJECT, reading, Map.of(), wattHours(capacity));
            return false;
        }
        if (isFarWithin(reading)) {
            allowance = RESOLUTION_WATT_HOURS;
            return true;
        }
        var most = bound.of(reading.interval());
        double limit = most.wattHours() + allowance;
        if (reading.rawWattHours() > limit) {
            found(
                    most.night() ? Rule.NIGHT : Rule.CLEAR_SKY,
                    Outcome.REJECT,
                    reading,
                    Map.of(
                            "highest sun", decimal(most.highestElevation()) + "°",
                            "clear-sky irradiance", decimal(most.irradiance()) + " W/m²"),
                    wattHours(limit));
            return false;
        }
        allowance = Math.min(RESOLUTION_WATT_HOURS, limit - reading.rawWattHours());
        return true;
    }

    /// Whether the bound would be kept, and the allowance whole afterwards: most readings are far
    /// below the bound, which one look at the sun can tell.
    private boolean isFarWithin(IntervalReading reading) {
        return (reading.rawWattHours() == 0 && allowance == RESOLUTION_WATT_HOURS)
                || bound.isAtLeast(
                        reading.interval(), reading.rawWattHours() + RESOLUTION_WATT_HOURS);
    }

    private void found(
            Rule rule,
            Outcome outcome,
            IntervalReading reading,
            Map<String, String> sunInputs,
            String threshold) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("energy", reading.rawWattHours() + " Wh");
        inputs.put("peak power", device.installation().wattsPeak() + " W");
        new TreeMap<>(sunInputs).forEach(inputs::put);
        findings.add(new Finding(rule, inputs, threshold, outcome, reading.interval()));
    }

    /// Civil days of the site whose energy is more than the mounting can make. It needs no whole
    /// days: what is there is compared with what the whole day allows.
    static List<Finding> days(Device device, Channel channel, List<IntervalReading> readings) {
        return days(device, channel, readings, new SolarBound(device));
    }

    private static List<Finding> days(
            Device device, Channel channel, List<IntervalReading> readings, SolarBound bound) {
        if (!channel.boundedBySun()) {
            return List.of();
        }
        var byDay = new TreeMap<LocalDate, Energy>();
        for (var reading : readings) {
            byDay.merge(dayOf(device, reading.interval()), reading.energy(), Energy::plus);
        }
        return byDay.entrySet().stream()
                .map(day -> day(device, bound, day.getKey(), day.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static LocalDate dayOf(Device device, Period interval) {
        return LocalDate.ofInstant(interval.start(), device.site().zone());
    }

    private static Optional<Finding> day(
            Device device, SolarBound bound, LocalDate date, Energy energy) {
        if (energy.wattHours() <= RESOLUTION_WATT_HOURS) {
            return Optional.empty();
        }
        var zone = device.site().zone();
        var day =
                new Period(
                        date.atStartOfDay(zone).toInstant(),
                        date.plusDays(1).atStartOfDay(zone).toInstant());
        double share = device.installation().mounting() == Mounting.FIXED ? FIXED_DAY_SHARE : 1.0;
        if (isClearSkyAtLeast(device, bound, day, energy.wattHours() / share)) {
            return Optional.empty();
        }
        double clearSky = clearSkyWattHours(device, bound, day);
        double limit = share * clearSky + RESOLUTION_WATT_HOURS;
        if (energy.wattHours() <= limit) {
            return Optional.empty();
        }
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("energy of the day", energy.toString());
        inputs.put("peak power", device.installation().wattsPeak() + " W");
        inputs.put("mounting", device.installation().mounting().name());
        inputs.put("clear-sky energy of the day", wattHours(clearSky));
        return Optional.of(new Finding(Rule.DAY, inputs, wattHours(limit), Outcome.HOLD, day));
    }

    /// Whether the day's clear-sky energy is at least so much, by as few intervals as tell it,
    /// those about noon first. Nobody adds the resolution to what is asked for: it is far more than
    /// another order of the sum may round. What this cannot tell is computed as a whole.
    private static boolean isClearSkyAtLeast(
            Device device, SolarBound bound, Period day, double wattHours) {
        long seconds = device.intervalLength().toSeconds();
        int intervals = Math.toIntExact(day.length().toSeconds() / seconds);
        double sum = 0;
        for (int i = 0; i < intervals && sum < wattHours; i++) {
            int fromNoon = i % 2 == 0 ? i / 2 : -(i + 1) / 2;
            var start = day.start().plusSeconds((intervals / 2 + fromNoon) * seconds);
            sum += bound.leastClearSkyWattHours(Period.starting(start, device.intervalLength()));
        }
        return sum >= wattHours;
    }

    private static double clearSkyWattHours(Device device, SolarBound bound, Period day) {
        double sum = 0;
        Instant start = day.start();
        while (start.isBefore(day.end())) {
            var interval = Period.starting(start, device.intervalLength());
            sum += bound.of(interval).clearSkyWattHours();
            start = interval.end();
        }
        return sum;
    }

    private static String wattHours(double value) {
        return decimal(value) + " Wh";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
