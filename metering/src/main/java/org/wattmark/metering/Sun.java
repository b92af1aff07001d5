package org.wattmark.metering;

import java.time.Instant;
import java.time.ZoneOffset;
import net.e175.klaus.solarpositioning.Grena3;
import net.e175.klaus.solarpositioning.SPA;
import net.e175.klaus.solarpositioning.SolarPosition;

/// Where the sun stands over one place.
///
/// Grena's third algorithm (Solar Energy 86, 2012) is within 0.01° from 2010 to 2110 and ten times
/// as fast as NREL's SPA (Reda and Andreas 2004), which serves the years outside.
public final class Sun {

    /// Terrestrial time minus universal time, in s (IERS: 63.8 in 2000, 69.2 in 2020). Ten seconds
    /// more or less move the sun by 0.0001°.
    private static final double DELTA_T = 69;

    /// For refraction near the horizon, in °C; the ground temperature changes it by hundredths.
    private static final double TEMPERATURE = 10;

    private static final Instant GRENA_FROM = Instant.parse("2010-01-01T00:00:00Z");
    private static final Instant GRENA_UNTIL = Instant.parse("2110-01-01T00:00:00Z");

    private final double latitude;
    private final double longitude;
    private final int altitudeMetres;
    private final double pressureHectopascal;

    public Sun(Site site) {
        this.latitude = site.latitude().doubleValue();
        this.longitude = site.longitude().doubleValue();
        this.altitudeMetres = site.altitudeMetres();
        this.pressureHectopascal = pressureAt(site.altitudeMetres());
    }

    /// Pressure of the standard atmosphere, in hPa: 1013.25 at sea level, 811 at 1,830 m.
    static double pressureAt(int altitudeMetres) {
        return Math.pow((44_331.514 - altitudeMetres) / 11_880.516, 1 / 0.1902632);
    }

    public Position at(Instant instant) {
        var time = instant.atZone(ZoneOffset.UTC);
        boolean inGrena = !instant.isBefore(GRENA_FROM) && instant.isBefore(GRENA_UNTIL);
        SolarPosition position =
                inGrena
                        ? Grena3.calculateSolarPosition(
                                time,
                                latitude,
                                longitude,
                                DELTA_T,
                                pressureHectopascal,
                                TEMPERATURE)
                        : SPA.calculateSolarPosition(
                                time,
                                latitude,
                                longitude,
                                altitudeMetres,
                                DELTA_T,
                                pressureHectopascal,
                                TEMPERATURE);
        return new Position(90 - position.zenithAngle(), position.azimuth());
    }

    /// @param elevation degrees above the horizon as seen through the air (refracted)
    /// @param azimuth degrees from north over east
    public record Position(double elevation, double azimuth) {}
}
