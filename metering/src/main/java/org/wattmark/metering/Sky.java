package org.wattmark.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.wattmark.metering.Sun.Position;

/// The sun over one place through the intervals of any day: computed once, asked for often. For one
/// thread.
final class Sky {

    /// Linke turbidity of usual air (Ineichen and Perez 2002).
    private static final double TURBIDITY = 3;

    private final int altitudeMetres;
    private final Sun sun;
    private final Map<Grid, Light[]> lights = new HashMap<>();

    Sky(Site site) {
        this.altitudeMetres = site.altitudeMetres();
        this.sun = new Sun(site);
    }

    private record Grid(Instant start, Duration step, int length) {}

    /// The sun in the middle of an interval.
    ///
    /// @param elevation in degrees
    /// @param east and north and up: the direction of the sun, of length 1
    /// @param clear what it gives without clouds
    record Light(
            double elevation, double east, double north, double up, ClearSky.Irradiance clear) {

        static Light of(Position position, ClearSky.Irradiance clear) {
            double elevation = Math.toRadians(position.elevation());
            double azimuth = Math.toRadians(position.azimuth());
            return new Light(
                    position.elevation(),
                    Math.cos(elevation) * Math.sin(azimuth),
                    Math.cos(elevation) * Math.cos(azimuth),
                    Math.sin(elevation),
                    clear);
        }

        /// W/m² on a panel: the sky and the ground are equally bright all over, and the ground
        /// sends back a fifth (grass, PVWatts 5).
        double on(Panel panel) {
            double cosIncidence = east * panel.east + north * panel.north + up * panel.up;
            return clear.beam() * Math.max(0, cosIncidence)
                    + clear.diffuse() * (1 + panel.up) / 2
                    + clear.global() * 0.2 * (1 - panel.up) / 2;
        }
    }

    /// How a panel leans: the direction that it faces, of length 1.
    record Panel(double east, double north, double up) {

        static Panel leaning(double tiltDegrees, double azimuthDegrees) {
            double tilt = Math.toRadians(tiltDegrees);
            double azimuth = Math.toRadians(azimuthDegrees);
            return new Panel(
                    Math.sin(tilt) * Math.sin(azimuth),
                    Math.sin(tilt) * Math.cos(azimuth),
                    Math.cos(tilt));
        }
    }

    /// The sun in each interval of a day.
    Light[] over(DeviceDay day) {
        return lights.computeIfAbsent(
                new Grid(day.start(), day.step(), day.length()), _ -> computed(day));
    }

    private Light[] computed(DeviceDay day) {
        var light = new Light[day.length()];
        for (int i = 0; i < light.length; i++) {
            light[i] = at(day.startOf(i).plus(day.step().dividedBy(2)));
        }
        return light;
    }

    Light at(Instant instant) {
        var position = sun.at(instant);
        return Light.of(
                position,
                ClearSky.ineichen(position.elevation(), altitudeMetres, instant, TURBIDITY));
    }
}
