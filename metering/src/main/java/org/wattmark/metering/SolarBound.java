package org.wattmark.metering;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.wattmark.units.Period;

/// The most that one installation can make in an interval, by thresholds that were set on about
/// 122,000 real intervals of fixed plants in Golden (PVDAQ 50 and its neighbour), Australia
/// (Ausgrid) and Réunion (ENERPOS). There are no others.
final class SolarBound {

    /// Of peak power times clear-sky irradiance; the largest real interval reached 1.053.
    private static final double CLEAR_SKY_MARGIN = 1.10;

    /// Of peak power, on top: low suns and round clocks.
    private static final double CLEAR_SKY_FLOOR = 0.02;

    /// Of peak power, while it is night: noise of the instrument.
    private static final double NIGHT_FLOOR = 0.015;

    /// Of peak power: what an inverter may draw while it waits.
    private static final double STANDBY = 0.02;

    /// Degrees: civil twilight ends here, and no cloud is bright any more.
    private static final double NIGHT_ELEVATION = -6;

    /// The most that reaches a square metre above the atmosphere, in W/m²: 3 January.
    private static final double MOST_ABOVE_THE_AIR = 1_414;

    /// The irradiance of standard test conditions, in W/m², at which peak power is stated.
    private static final double STANDARD_IRRADIANCE = 1_000;

    /// In five minutes the sun moves by at most 1.25°.
    private static final long SAMPLE_SECONDS = 300;

    private final Sun sun;
    private final int altitudeMetres;
    private final long wattsPeak;

    /// Neighbouring intervals share instants, and days are made of intervals.
    private final Map<Instant, Sample> samples = new HashMap<>();

    /// For one thread and a batch or a year of readings: it remembers what it has computed.
    SolarBound(Device device) {
        this(device.site(), device.installation().wattsPeak());
    }

    SolarBound(Site site, long wattsPeak) {
        this.sun = new Sun(site);
        this.altitudeMetres = site.altitudeMetres();
        this.wattsPeak = wattsPeak;
    }

    /// What the sun allows in an interval.
    ///
    /// @param highestElevation of the sun in the interval, in degrees
    /// @param irradiance the most on a panel turned to the sun, in W/m²
    /// @param hours length of the interval
    record Bound(double highestElevation, double irradiance, long wattsPeak, double hours) {

        boolean night() {
            return highestElevation < NIGHT_ELEVATION;
        }

        /// The largest plausible energy, in Wh.
        double wattHours() {
            return night()
                    ? NIGHT_FLOOR * wattsPeak * hours
                    : CLEAR_SKY_MARGIN * clearSkyWattHours() + CLEAR_SKY_FLOOR * wattsPeak * hours;
        }

        /// What panels that follow the sun make under a clear sky at their nameplate efficiency.
        double clearSkyWattHours() {
            return wattsPeak * irradiance / STANDARD_IRRADIANCE * hours;
        }
    }

    Bound of(Period interval) {
        double elevation = Double.NEGATIVE_INFINITY;
        double irradiance = 0;
        var at = interval.start();
        while (true) {
            var sample = sampleAt(at);
            elevation = Math.max(elevation, sample.elevation);
            irradiance = Math.max(irradiance, sample.irradiance);
            if (!at.isBefore(interval.end())) {
                return new Bound(elevation, irradiance, wattsPeak, hours(interval));
            }
            var next = at.plusSeconds(SAMPLE_SECONDS);
            at = next.isBefore(interval.end()) ? next : interval.end();
        }
    }

    /// Whether [#of] would allow so much, by as few looks at the sun as tell it: no look makes less
    /// of a bound, since the highest sun counts.
    boolean isAtLeast(Period interval, double wattHours) {
        double hours = hours(interval);
        if (wattHours <= NIGHT_FLOOR * wattsPeak * hours) {
            return true; // by night too
        }
        double elevation = Double.NEGATIVE_INFINITY;
        double irradiance = 0;
        for (var at = interval.start(); at.isBefore(interval.end()); ) {
            var sample = sampleAt(at);
            elevation = Math.max(elevation, sample.elevation);
            irradiance = Math.max(irradiance, sample.irradiance);
            if (new Bound(elevation, irradiance, wattsPeak, hours).wattHours() >= wattHours) {
                return true;
            }
            at = at.plusSeconds(SAMPLE_SECONDS);
        }
        return false;
    }

    /// No more than the clear-sky energy of [#of]: as if the sun stood where the interval begins.
    double leastClearSkyWattHours(Period interval) {
        return wattsPeak
                * sampleAt(interval.start()).irradiance
                / STANDARD_IRRADIANCE
                * hours(interval);
    }

    private Sample sampleAt(Instant instant) {
        return samples.computeIfAbsent(instant, this::computed);
    }

    private Sample computed(Instant instant) {
        double elevation = sun.at(instant).elevation();
        var irradiance =
                ClearSky.ineichen(elevation, altitudeMetres, instant, ClearSky.CLEANEST_AIR);
        return new Sample(elevation, irradiance.mostOnAPanel());
    }

    private record Sample(double elevation, double irradiance) {}

    /// What no panel of this size makes anywhere on Earth, in Wh.
    double capacityWattHours(Period interval) {
        return (CLEAR_SKY_MARGIN * MOST_ABOVE_THE_AIR / STANDARD_IRRADIANCE + CLEAR_SKY_FLOOR)
                * wattsPeak
                * hours(interval);
    }

    /// The most negative plausible reading, in Wh and rounded away from zero: a meter that counts
    /// whole watt-hours and carries the rest shows up to one more in some interval.
    long standbyWattHours(Period interval) {
        return -(long) Math.ceil(STANDBY * wattsPeak * hours(interval));
    }

    private static double hours(Period interval) {
        return interval.length().toSeconds() / 3_600.0;
    }
}
