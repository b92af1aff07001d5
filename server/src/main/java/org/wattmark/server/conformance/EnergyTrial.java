package org.wattmark.server.conformance;

import static org.wattmark.server.conformance.DeviceRule.CLOCK_SUN;
import static org.wattmark.server.conformance.DeviceRule.ENERGY_CAPACITY;
import static org.wattmark.server.conformance.DeviceRule.ENERGY_CLEAR_SKY;
import static org.wattmark.server.conformance.DeviceRule.ENERGY_DAY;
import static org.wattmark.server.conformance.DeviceRule.ENERGY_NEGATIVE;
import static org.wattmark.server.conformance.DeviceRule.ENERGY_NIGHT;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wattmark.metering.Channel;
import org.wattmark.metering.ClearSky;
import org.wattmark.metering.Device;
import org.wattmark.metering.Finding;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Intake;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Sun;
import org.wattmark.server.conformance.CaptureTrial.Read;

/// Whether the energy can be true where the device stands: the server's own checks, and whether the
/// days lie around the sun's noon, which a wrong clock or zone moves.
final class EnergyTrial {

    /// Clouds move a day's middle by less than an hour on the mean of some days; a zone that was
    /// taken for UTC moves it by an hour at least.
    private static final Duration MOST_BESIDE_NOON = Duration.ofMinutes(75);

    private static final int FEWEST_DAYS = 3;

    private static final Instant AFTER_ALL = Instant.parse("2200-01-01T00:00:00Z");

    private final List<Read> batches;
    private final Specimen specimen;
    private final Device device;
    private final Map<DeviceRule, Tried> tried;

    /// @param batches each once
    EnergyTrial(List<Read> batches, Specimen specimen, Map<DeviceRule, Tried> tried) {
        this.batches = batches;
        this.specimen = specimen;
        this.device = specimen.device();
        this.tried = tried;
    }

    void run() {
        if (specimen.site().isEmpty()) {
            return;
        }
        var accepted = new TreeMap<Instant, IntervalReading>();
        var told = new TreeMap<Instant, IntervalReading>();
        for (var each : batches) {
            // What is out of order or beside the grid is not judged for its energy.
            if (Intake.inspectUnsigned(each.batch(), device, AFTER_ALL)
                    instanceof Inspected inspected) {
                judge(each, inspected);
                if (each.batch().channel() == Channel.GENERATION) {
                    inspected.accepted().forEach(it -> accepted.put(it.interval().start(), it));
                    each.batch().readings().forEach(it -> told.put(it.interval().start(), it));
                }
            }
        }
        days(List.copyOf(accepted.values()));
        noon(List.copyOf(told.values())); // a wrong clock is why readings are rejected
    }

    private Tried tried(DeviceRule rule) {
        return Optional.ofNullable(tried.get(rule)).orElseThrow();
    }

    private void judge(Read each, Inspected inspected) {
        long readings = each.batch().readings().size();
        tried(ENERGY_NEGATIVE).sound(readings);
        if (each.batch().channel().boundedBySun()) {
            tried(ENERGY_CAPACITY).sound(readings);
            tried(ENERGY_NIGHT).sound(readings);
            tried(ENERGY_CLEAR_SKY).sound(readings);
        }
        for (var finding : inspected.findings()) {
            var rule = broken(finding.rule());
            rule.ifPresent(it -> tried(it).fault(each.where() + ": " + finding.explanation()));
        }
    }

    private static Optional<DeviceRule> broken(Finding.Rule rule) {
        return switch (rule) {
            case NEGATIVE -> Optional.of(ENERGY_NEGATIVE);
            case CAPACITY -> Optional.of(ENERGY_CAPACITY);
            case NIGHT -> Optional.of(ENERGY_NIGHT);
            case CLEAR_SKY -> Optional.of(ENERGY_CLEAR_SKY);
            default -> Optional.empty(); // days are judged over all batches together
        };
    }

    private void days(List<IntervalReading> readings) {
        long days = byDay(readings).size();
        tried(ENERGY_DAY).sound(days);
        Intake.days(device, Channel.GENERATION, readings)
                .forEach(finding -> tried(ENERGY_DAY).fault(finding.explanation()));
    }

    private Map<LocalDate, List<IntervalReading>> byDay(List<IntervalReading> readings) {
        var days = new TreeMap<LocalDate, List<IntervalReading>>();
        for (var reading : readings) {
            days.computeIfAbsent(
                            LocalDate.ofInstant(reading.interval().start(), device.site().zone()),
                            _ -> new ArrayList<>())
                    .add(reading);
        }
        return days;
    }

    private void noon(List<IntervalReading> readings) {
        var offsets = new ArrayList<Double>();
        byDay(readings).forEach((day, ofDay) -> offset(day, ofDay).ifPresent(offsets::add));
        if (offsets.size() < FEWEST_DAYS) {
            return;
        }
        double mean = offsets.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        if (Math.abs(mean) <= MOST_BESIDE_NOON.toSeconds()) {
            tried(CLOCK_SUN).sound(offsets.size());
        } else {
            tried(CLOCK_SUN)
                    .fault(
                            String.format(
                                    Locale.ROOT,
                                    "over %d days the middle of the energy lies %.0f minutes %s the"
                                            + " sun's",
                                    offsets.size(),
                                    Math.abs(mean) / 60,
                                    mean > 0 ? "after" : "before"));
        }
    }

    /// By how many seconds the middle of a whole day's energy lies after the middle of its light.
    private Optional<Double> offset(LocalDate date, List<IntervalReading> ofDay) {
        var zone = device.site().zone();
        var length = Duration.between(date.atStartOfDay(zone), date.plusDays(1).atStartOfDay(zone));
        if (ofDay.size() < length.dividedBy(device.intervalLength())) {
            return Optional.empty();
        }
        var sun = new Sun(device.site());
        var energy = new Middle();
        var light = new Middle();
        for (var reading : ofDay) {
            var middle = reading.interval().start().plus(reading.interval().length().dividedBy(2));
            energy.add(middle, (double) reading.energy().wattHours());
            var sky =
                    ClearSky.ineichen(
                            sun.at(middle).elevation(),
                            device.site().altitudeMetres(),
                            middle,
                            ClearSky.CLEANEST_AIR);
            light.add(middle, sky.mostOnAPanel());
        }
        return energy.isEmpty() || light.isEmpty()
                ? Optional.empty()
                : Optional.of(energy.second() - light.second());
    }

    /// The middle of something that is spread over time.
    private static final class Middle {

        private double weight;
        private double moment;

        void add(Instant at, double part) {
            weight += part;
            moment += part * at.getEpochSecond();
        }

        boolean isEmpty() {
            return weight <= 0;
        }

        double second() {
            return moment / weight;
        }
    }
}
