package org.wattmark.metering;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// What one device says of one of its days: the average power of each interval, in a row.
///
/// The numbers are a signal to be judged, not energy to be credited: they are in W as the meter
/// stated them, negative ones too. An interval without data is `NaN`.
public final class DeviceDay {

    /// Loggers write codes such as −1,000,000 or −99,999 where they have no data. No inverter draws
    /// that much: the largest plant that Wattmark takes waits at a tenth of it.
    private static final double LARGEST_CODE = -9_999;

    private static final long SECONDS_OF_DAY = 86_400;

    private final String device;
    private final LocalDate date;
    private final Instant start;
    private final Duration step;
    private final double[] watts;

    /// @param date by which the device's days are told apart; the start lies in or beside it
    /// @param step the length of each interval
    public DeviceDay(String device, LocalDate date, Instant start, Duration step, double... watts) {
        if (watts.length < 2 || !step.isPositive()) {
            throw new IllegalArgumentException("a day has two intervals or more");
        }
        this.device = device;
        this.date = date;
        this.start = start;
        this.step = step;
        this.watts = Arrays.stream(watts).map(DeviceDay::withoutCodes).toArray();
    }

    /// A day of a device by the sun: it begins at midnight of mean solar time, to the interval, and
    /// so has as many intervals in March as in June, whatever civil clocks do.
    ///
    /// @param readings of that day in any order; others are left out, missing ones have no data
    public static DeviceDay bySun(
            Device device, LocalDate date, Collection<IntervalReading> readings) {
        var step = device.intervalLength();
        var midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant().minus(eastOf(device));
        var watts = new double[(int) (SECONDS_OF_DAY / step.toSeconds())];
        Arrays.fill(watts, Double.NaN);
        for (var reading : readings) {
            long after = reading.interval().start().getEpochSecond() - midnight.getEpochSecond();
            if (after >= 0
                    && after < SECONDS_OF_DAY
                    && after % step.toSeconds() == 0
                    && reading.rawWattHours() != IntervalReading.NO_DATA) {
                watts[(int) (after / step.toSeconds())] =
                        reading.rawWattHours() * 3_600.0 / step.toSeconds();
            }
        }
        return new DeviceDay(device.id().toString(), date, midnight, step, watts);
    }

    /// All days of a device by the sun of which there is any reading, in the order of time.
    ///
    /// @param readings in any order
    public static List<DeviceDay> allBySun(Device device, Collection<IntervalReading> readings) {
        var byDate = new TreeMap<LocalDate, List<IntervalReading>>();
        for (var reading : readings) {
            var bySun = reading.interval().start().plus(eastOf(device));
            byDate.computeIfAbsent(
                            LocalDate.ofInstant(bySun, ZoneOffset.UTC), _ -> new ArrayList<>())
                    .add(reading);
        }
        return byDate.entrySet().stream()
                .map(day -> bySun(device, day.getKey(), day.getValue()))
                .toList();
    }

    /// By how much noon of mean solar time comes before noon in Greenwich, to the interval.
    private static Duration eastOf(Device device) {
        var step = device.intervalLength();
        double hoursEast = device.site().longitude().doubleValue() / 15;
        return step.multipliedBy(Math.round(hoursEast * 3_600 / step.toSeconds()));
    }

    /// The same day under another name, where the device's own is nobody's business.
    public DeviceDay named(String name) {
        return new DeviceDay(name, date, start, step, watts);
    }

    private static double withoutCodes(double watts) {
        boolean code = watts <= LARGEST_CODE && watts == Math.rint(watts);
        return code || Double.isInfinite(watts) ? Double.NaN : watts;
    }

    public String device() {
        return device;
    }

    public LocalDate date() {
        return date;
    }

    public Instant start() {
        return start;
    }

    public Duration step() {
        return step;
    }

    /// How many intervals the day has.
    public int length() {
        return watts.length;
    }

    /// The average power in an interval, in W; `NaN` where there is no data.
    public double watts(int interval) {
        return watts[interval];
    }

    double[] watts() {
        return watts.clone();
    }

    Instant startOf(int interval) {
        return start.plus(step.multipliedBy(interval));
    }

    double hours() {
        return step.toSeconds() / 3_600.0;
    }

    /// The same day with other numbers.
    DeviceDay with(double... other) {
        return new DeviceDay(device, date, start, step, other);
    }

    /// Two of a kind can be compared interval by interval.
    boolean comparableWith(DeviceDay other) {
        return watts.length == other.watts.length && step.equals(other.step);
    }
}
