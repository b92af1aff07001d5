package org.wattmark.metering;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.wattmark.metering.Sky.Light;

/// The traits of one day beside a device's other days.
final class DayTraits {

    /// Degrees: the sky is black, and was so an hour ago, should the clock have stepped.
    private static final double BLACK_SKY = -18;

    /// Of the day's most under a clear sky: an interval that shows what the panels can.
    private static final double BRIGHT = 0.3;

    /// Below this unrest a day's ups and downs are not its own: all clear days are alike.
    private static final double OWN_WEATHER = 0.05;

    private static final int ENOUGH = 6;

    private final History own;
    private final DeviceDay day;
    private final double[] watts;
    private final Light[] light;
    private final double some;
    private final Map<Trait, Measured> measured = new EnumMap<>(Trait.class);

    private DayTraits(History own, DeviceDay day) {
        this.own = own;
        this.day = day;
        this.watts = day.watts();
        this.light = own.sky().over(day);
        this.some = own.somePower();
    }

    /// @param witness what the value comes of, such as the date of the day that was replayed
    record Measured(double value, String witness) {}

    static Map<Trait, Measured> of(DeviceDay day, History own) {
        var traits = new DayTraits(own, day);
        traits.night();
        traits.clearness();
        traits.clock();
        traits.repetition();
        traits.digits();
        traits.otherDays();
        traits.texture();
        return traits.measured;
    }

    private void put(Trait trait, double value) {
        put(trait, value, "");
    }

    private void put(Trait trait, double value, String witness) {
        if (Double.isFinite(value)) {
            measured.put(trait, new Measured(value, witness));
        }
    }

    private void night() {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int i = 0; i < watts.length; i++) {
            if (light[i].elevation() < BLACK_SKY && !Double.isNaN(watts[i])) {
                double perKilowatt = watts[i] * 1_000 / own.wattsPeak();
                sum += perKilowatt;
                squares += perKilowatt * perKilowatt;
                n++;
            }
        }
        if (n >= ENOUGH) {
            put(Trait.NIGHT_LEVEL, sum / n);
            put(Trait.NIGHT_SPREAD, Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n))));
        }
    }

    private void clearness() {
        var clearness = own.clearness(day);
        put(Trait.CLEAREST, Math.log(PanelModel.quantile(clearness, 1)));
        var clear = own.model().clearWatts(day);
        double most = PanelModel.quantile(clear, 1);
        var bright = clearness.clone();
        for (int i = 0; i < bright.length; i++) {
            bright[i] = clear[i] > BRIGHT * most ? bright[i] : Double.NaN;
        }
        put(Trait.HALF_CLEAR, PanelModel.quantile(bright, 0.5));
        put(Trait.QUARTER_CLEAR, PanelModel.quantile(bright, 0.75));
        put(Trait.TENTH_CLEAR, PanelModel.quantile(bright, 0.9));
    }

    private void clock() {
        put(Trait.FIRST_LIGHT, Shape.edge(watts, light, some, true));
        put(Trait.LAST_LIGHT, Shape.edge(watts, light, some, false));
        put(Trait.LAG, Shape.lag(watts, own.model().clearWatts(day), day.hours() * 60));
    }

    private void repetition() {
        put(Trait.STUCK, Repetition.stuck(watts, 2 * some));
        put(Trait.PAIRS, Repetition.pairs(watts, some));
        put(Trait.STRAIGHT, Repetition.straight(watts, some, own.grid()));
    }

    private void digits() {
        var lit = Arrays.stream(watts).filter(w -> w > 2 * some).toArray();
        if (lit.length >= ENOUGH) {
            put(Trait.GRID, Math.log10(Math.max(0.1, Digits.grid(lit))));
            put(Trait.OFF_GRID, Digits.offGrid(lit, own.grid()));
            put(Trait.UNEVEN, Digits.unevenness(lit));
        }
    }

    private void otherDays() {
        var clearness = own.clearness(day);
        boolean ownWeather = Shape.unrest(clearness) > OWN_WEATHER;
        for (var other : own.daysToCompareWith(day)) {
            var date = other.date().toString();
            var alike = own.alike(day, other);
            most(Trait.REPLAY, alike.replayed(), date);
            most(Trait.MIRROR, alike.mirrored(), date);
            most(Trait.SCALED, alike.scaled(), date);
            if (!own.isVouchedFor()) {
                continue; // an early day has few before it, and so no measure of likeness
            }
            most(Trait.LIKENESS, alike.likeness(), date);
            if (ownWeather) {
                double echo = Repetition.echo(clearness, own.clearness(other));
                most(Trait.ECHO, Math.log((1 + echo) / (1 - echo + 1e-9)) / 2, date);
            }
        }
    }

    private void most(Trait trait, double value, String witness) {
        measured.merge(
                trait,
                new Measured(value, witness),
                (old, now) -> now.value > old.value ? now : old);
    }

    private void texture() {
        var clearness = own.clearness(day);
        put(Trait.FORMULA, Math.log(Shape.fromFormula(watts, light) + 1e-4));
        put(Trait.SMOOTH, Shape.fineStructure(watts, 3 * some));
        put(Trait.JITTER, Shape.jitter(clearness));
        put(Trait.FLUENCY, Shape.unrestOfRange(clearness));
        put(Trait.ROUGH, Shape.unrest(clearness));
    }
}
