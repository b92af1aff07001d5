package org.wattmark.metering;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.units.Period;

/// Panels that physics and chance make up: a clear sky, clouds from a seed, warm cells, losses, and
/// an inverter that draws a little by night. The same seed gives the same readings, however they
/// are asked for. Nothing of it was ever measured; its device says so.
public final class SimulatedPanel implements SimulatedReadings {

    /// Linke turbidity of usual air (Ineichen and Perez 2002).
    private static final double TURBIDITY = 3;

    /// Soiling, wiring, mismatch and the like: the default of PVWatts version 5 (NREL 2014).
    private static final double LOSSES = 0.140757;

    /// Power lost per °C of cell above 25 °C: crystalline silicon in PVWatts 5 (NREL 2014).
    private static final double TEMPERATURE_COEFFICIENT = -0.0047;

    /// °C of cell above air per W/m² (Ross 1976, for a nominal cell temperature of 45 °C).
    private static final double CELL_HEATING = 0.03125;

    private static final double AIR_TEMPERATURE = 15;

    /// Of light that falls on grass (PVWatts 5).
    private static final double ALBEDO = 0.2;

    private static final double MAX_TILT = 45;

    /// Of peak power: an inverter of 6 kW draws 3 W while it waits (measured on PVDAQ system 50).
    private static final double STANDBY = 0.0005;

    private final Device device;
    private final Sun sun;
    private final long seed;
    private final boolean cloudy;

    public SimulatedPanel(Device device, long seed) {
        this(device, device.site(), seed, true);
    }

    /// @param site where the sun is looked at, which cheats have elsewhere than the device's
    private SimulatedPanel(Device device, Site site, long seed, boolean cloudy) {
        if (!device.simulated()) {
            throw new IllegalArgumentException("a real device has no simulated panel");
        }
        this.device = device;
        this.sun = new Sun(site);
        this.seed = seed;
        this.cloudy = cloudy;
    }

    public Device device() {
        return device;
    }

    SimulatedPanel withoutClouds() {
        return new SimulatedPanel(device, device.site(), seed, false);
    }

    SimulatedPanel at(Site elsewhere) {
        return new SimulatedPanel(device, elsewhere, seed, cloudy);
    }

    /// One day in UTC. Within it the meter counts whole watt-hours and carries the rest.
    @Override
    public List<IntervalReading> day(LocalDate date) {
        var random =
                RandomGeneratorFactory.of("L64X128MixRandom")
                        .create(seed * 1_000_003 + date.toEpochDay());
        var clouds = new Clouds(random);
        var readings = new ArrayList<IntervalReading>();
        var start = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        var end = start.plus(Duration.ofDays(1));
        long carriedMilliwattHours = 0;
        while (start.isBefore(end)) {
            var interval = Period.starting(start, device.intervalLength());
            long milliwattHours =
                    carriedMilliwattHours + milliwattHours(interval, cloudy ? clouds.next() : 1);
            long wattHours = Math.floorDiv(milliwattHours, 1_000L);
            carriedMilliwattHours = milliwattHours - wattHours * 1_000;
            readings.add(new IntervalReading(interval, wattHours));
            start = interval.end();
        }
        return readings;
    }

    private long milliwattHours(Period interval, double clearness) {
        var length = interval.length();
        var middle = interval.start().plus(length.dividedBy(2));
        double irradiance = clearness * onPanel(middle);
        double cell = AIR_TEMPERATURE + CELL_HEATING * irradiance;
        double peak = (double) device.installation().wattsPeak();
        double made = directCurrent(peak, irradiance, cell, TEMPERATURE_COEFFICIENT);
        double watts = made > 0 ? made * (1 - LOSSES) : -STANDBY * peak;
        return Math.round(watts * 1_000 * length.toSeconds() / 3_600);
    }

    /// W of direct current by PVWatts 5 (NREL 2014, equation 8).
    static double directCurrent(
            double wattsPeak, double irradiance, double cell, double temperatureCoefficient) {
        return wattsPeak * irradiance / 1_000 * (1 + temperatureCoefficient * (cell - 25));
    }

    /// W/m² under a clear sky, with the sky and the ground taken as equally bright all over.
    private double onPanel(Instant instant) {
        var position = sun.at(instant);
        var sky =
                ClearSky.ineichen(
                        position.elevation(), device.site().altitudeMetres(), instant, TURBIDITY);
        if (device.installation().mounting() != Mounting.FIXED) {
            return sky.mostOnAPanel();
        }
        double latitude = device.site().latitude().doubleValue();
        double tilt = Math.toRadians(Math.min(MAX_TILT, Math.abs(latitude)));
        double elevation = Math.toRadians(position.elevation());
        double fromFront = Math.toRadians(position.azimuth() - (latitude < 0 ? 0 : 180));
        double cosIncidence =
                Math.sin(elevation) * Math.cos(tilt)
                        + Math.cos(elevation) * Math.sin(tilt) * Math.cos(fromFront);
        return sky.beam() * Math.max(0, cosIncidence)
                + sky.diffuse() * (1 + Math.cos(tilt)) / 2
                + sky.global() * ALBEDO * (1 - Math.cos(tilt)) / 2;
    }

    /// How much of a clear sky is left, step by step: a day is clear, broken or overcast, and what
    /// comes next is like what was (a first-order autoregression).
    private static final class Clouds {

        private static final double PERSISTENCE = 0.8;

        private final RandomGenerator random;
        private final double mean;
        private final double spread;
        private double clearness;

        Clouds(RandomGenerator random) {
            this.random = random;
            double kind = random.nextDouble();
            this.mean = kind < 0.4 ? 0.96 : kind < 0.8 ? 0.65 : 0.25;
            this.spread = kind < 0.4 ? 0.02 : kind < 0.8 ? 0.15 : 0.06;
            this.clearness = mean;
        }

        double next() {
            clearness = mean + PERSISTENCE * (clearness - mean) + spread * random.nextGaussian();
            return Math.clamp(clearness, 0.02, 1);
        }
    }
}
