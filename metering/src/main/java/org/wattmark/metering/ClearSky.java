package org.wattmark.metering;

import java.time.Instant;
import java.time.ZoneOffset;

/// What the sun gives through air without clouds, in W/m².
public final class ClearSky {

    /// Linke turbidity of clean, dry mountain air: a bound wants the most that can be.
    public static final double CLEANEST_AIR = 2;

    private ClearSky() {}

    /// @param global on a horizontal plane
    /// @param beam on a plane that faces the sun
    /// @param diffuse from the sky, on a horizontal plane
    public record Irradiance(double global, double beam, double diffuse) {

        public static final Irradiance NONE = new Irradiance(0, 0, 0);

        /// The most that a panel turned to the sun can receive.
        public double mostOnAPanel() {
            return beam + diffuse;
        }
    }

    /// Ineichen and Perez 2002 (Solar Energy 73, 151–157), as pvlib 0.11 computes it.
    ///
    /// @param elevation of the sun in degrees, refracted
    /// @param turbidity Linke's: 2 is very clean air, 3 usual, 5 haze
    public static Irradiance ineichen(
            double elevation, int altitudeMetres, Instant instant, double turbidity) {
        if (elevation <= 0) {
            return Irradiance.NONE;
        }
        double airMass = relativeAirMass(elevation) * Sun.pressureAt(altitudeMetres) / 1013.25;
        return ineichen(elevation, airMass, altitudeMetres, extraterrestrial(instant), turbidity);
    }

    /// @param airMass absolute, so corrected for pressure
    /// @param extraterrestrial above the atmosphere, on a plane that faces the sun
    static Irradiance ineichen(
            double elevation,
            double airMass,
            int altitudeMetres,
            double extraterrestrial,
            double turbidity) {
        double cosZenith = Math.sin(Math.toRadians(elevation));
        double fh1 = Math.exp(-altitudeMetres / 8_000.0);
        double fh2 = Math.exp(-altitudeMetres / 1_250.0);
        double cg1 = 5.09e-5 * altitudeMetres + 0.868;
        double cg2 = 3.92e-5 * altitudeMetres + 0.0387;
        double global =
                cg1
                        * extraterrestrial
                        * cosZenith
                        * Math.exp(-cg2 * airMass * (fh1 + fh2 * (turbidity - 1)));
        double beam =
                extraterrestrial
                        * (0.664 + 0.163 / fh1)
                        * Math.exp(-0.09 * airMass * (turbidity - 1));
        double splitOfGlobal =
                global
                        * Math.max(
                                0,
                                (1 - (0.1 - 0.2 * Math.exp(-turbidity)) / (0.1 + 0.882 / fh1))
                                        / cosZenith);
        double bounded = Math.min(beam, splitOfGlobal);
        return new Irradiance(global, bounded, global - bounded * cosZenith);
    }

    /// Global horizontal irradiance by Haurwitz 1945 (Journal of Meteorology 2, 154–166): no bound
    /// for a panel that leans towards the sun, and good for a first look.
    public static double haurwitz(double elevation) {
        double cosZenith = Math.sin(Math.toRadians(elevation));
        return cosZenith <= 0 ? 0 : 1_098 * cosZenith * Math.exp(-0.059 / cosZenith);
    }

    /// Kasten and Young 1989 (Applied Optics 28, 4735–4738).
    static double relativeAirMass(double elevation) {
        return 1
                / (Math.sin(Math.toRadians(elevation))
                        + 0.50572 * Math.pow(6.07995 + elevation, -1.6364));
    }

    /// Spencer 1971 with a solar constant of 1,366.1 W/m² (ASTM E 490): 1,413 W/m² in January,
    /// 1,321 in July.
    static double extraterrestrial(Instant instant) {
        int day = instant.atOffset(ZoneOffset.UTC).getDayOfYear();
        double angle = 2 * Math.PI * (day - 1) / 365;
        return 1_366.1
                * (1.00011
                        + 0.034221 * Math.cos(angle)
                        + 0.00128 * Math.sin(angle)
                        + 0.000719 * Math.cos(2 * angle)
                        + 7.7e-5 * Math.sin(2 * angle));
    }
}
