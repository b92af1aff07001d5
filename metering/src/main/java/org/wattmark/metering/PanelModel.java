package org.wattmark.metering;

import java.util.Arrays;
import java.util.List;
import org.wattmark.metering.Sky.Panel;

/// What a device's panels make under a clear sky, as its own days show: how they lean, how much
/// comes of the light that falls on them, and what shades them at which hour.
final class PanelModel {

    /// Degrees: below, a hill or a tree decides and not the panel.
    static final double LOW_SUN = 8;

    /// Of the days, in each interval of the day: clear enough to show what the panel can.
    private static final double CLEAR_SHARE = 0.97;

    /// An interval of the day that was lit on fewer days than this is taken as unshaded.
    private static final int ENOUGH_DAYS = 8;

    /// How much the evenness over the day counts beside the evenness over the seasons: a hill may
    /// shade the morning, yet nothing shades July alone.
    private static final double EVEN_DAY = 0.25;

    private final Sky sky;
    private final int tilt;
    private final int azimuth;
    private final double wattsPerIrradiance;
    private final double[] byInterval;

    private PanelModel(Sky sky, int tilt, int azimuth, double middle, double[] byInterval) {
        this.sky = sky;
        this.tilt = tilt;
        this.azimuth = azimuth;
        this.wattsPerIrradiance = middle;
        this.byInterval = byInterval;
    }

    /// Leans the panel all ways and keeps the one by which its clear hours agree best.
    ///
    /// @param days in the order of time, all with the same intervals
    static PanelModel of(Sky sky, List<DeviceDay> days) {
        PanelModel best = null;
        double leastSpread = Double.POSITIVE_INFINITY;
        for (int tilt = 0; tilt <= 75; tilt += 15) {
            for (int azimuth = 0; azimuth < (tilt == 0 ? 1 : 360); azimuth += 30) {
                var panel = Panel.leaning(tilt, azimuth);
                var ratios = ratios(sky, days, panel);
                var levels = levels(ratios, 0, days.size());
                double middle = median(levels);
                double spread = EVEN_DAY * spread(levels, middle) + overSeasons(ratios, levels);
                if (best == null || spread < leastSpread) {
                    leastSpread = spread;
                    best = new PanelModel(sky, tilt, azimuth, middle, shades(levels, middle));
                }
            }
        }
        if (best == null) {
            throw new AssertionError("some lean is always tried");
        }
        return best;
    }

    /// W per W/m² by interval of the day and by day; `NaN` while the sun is low.
    private static double[][] ratios(Sky sky, List<DeviceDay> days, Panel panel) {
        int length = days.stream().mapToInt(DeviceDay::length).max().orElse(0);
        var ratios = new double[length][days.size()];
        for (int d = 0; d < days.size(); d++) {
            var day = days.get(d);
            var light = sky.over(day);
            for (int i = 0; i < length; i++) {
                ratios[i][d] =
                        i < day.length() && light[i].elevation() > LOW_SUN
                                ? Math.max(0, day.watts(i)) / light[i].on(panel)
                                : Double.NaN;
            }
        }
        return ratios;
    }

    /// By interval of the day: what the panel shows it can, over some of the days.
    private static double[] levels(double[][] ratios, int from, int to) {
        return Arrays.stream(ratios)
                .map(days -> Arrays.copyOfRange(days, from, to))
                .mapToDouble(days -> count(days) < ENOUGH_DAYS ? Double.NaN : clear(days))
                .toArray();
    }

    private static double clear(double[] days) {
        return quantile(days, CLEAR_SHARE);
    }

    private static double spread(double[] levels, double middle) {
        return Arrays.stream(levels)
                .filter(level -> !Double.isNaN(level))
                .map(level -> Math.abs(level / middle - 1))
                .average()
                .orElse(0);
    }

    /// How far the thirds of the time are from agreeing, each at the same hour.
    private static double overSeasons(double[][] ratios, double[] levels) {
        int days = ratios.length == 0 ? 0 : ratios[0].length;
        double spread = 0;
        for (int part = 0; part < 3; part++) {
            var levelsOfPart = levels(ratios, part * days / 3, (part + 1) * days / 3);
            for (int i = 0; i < levels.length; i++) {
                levelsOfPart[i] /= levels[i];
            }
            spread += spread(levelsOfPart, 1);
        }
        return spread;
    }

    /// The shade at each hour, kept within half and double: beyond, it is no shade.
    private static double[] shades(double[] levels, double middle) {
        return Arrays.stream(levels)
                .map(level -> Double.isNaN(level) ? 1 : Math.clamp(level / middle, 0.5, 2.0))
                .toArray();
    }

    /// What the panels would make in each interval under a clear sky, in W; `NaN` while the sun is
    /// low.
    double[] clearWatts(DeviceDay day) {
        var light = sky.over(day);
        var panel = Panel.leaning(tilt, azimuth);
        var watts = new double[day.length()];
        for (int i = 0; i < watts.length; i++) {
            double shade = i < byInterval.length ? byInterval[i] : 1;
            watts[i] =
                    light[i].elevation() > LOW_SUN
                            ? wattsPerIrradiance * light[i].on(panel) * shade
                            : Double.NaN;
        }
        return watts;
    }

    private static long count(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
    }

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /// `NaN` of nothing; between two values it takes the lower. What is `NaN` does not count.
    static double quantile(double[] values, double share) {
        var sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.floor(share * (sorted.length - 1))];
    }

    @Override
    public String toString() {
        return tilt + "° from level, facing " + azimuth + "°";
    }
}
