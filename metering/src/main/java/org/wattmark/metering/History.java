package org.wattmark.metering;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.DayTraits.Measured;

/// The days of one device that were taken in so far: what is usual for it. For one thread.
public final class History {

    /// A season on each side: the panel leans the same for years, what shades it does not.
    private static final int MOST_DAYS = 120;

    /// Of peak power.
    private static final double SOME_POWER = 0.01;

    private final Sky sky;
    private final Site site;
    private final Installation installation;
    private final List<DeviceDay> days;
    private final boolean vouchedFor;
    private final Map<Pair, Alike> alike;
    private final PanelModel model;
    private final double grid;

    /// By the day itself: a day has no equal.
    private final Map<DeviceDay, double[]> clearness = new HashMap<>();

    private final Map<Trait, OwnRange> ranges = new EnumMap<>(Trait.class);
    private @Nullable List<Map<Trait, Measured>> traits;
    private @Nullable Strangeness strangeness;

    private record Pair(DeviceDay day, DeviceDay other, double grid) {}

    private History(
            Sky sky,
            Site site,
            Installation installation,
            List<DeviceDay> days,
            boolean vouchedFor,
            Map<Pair, Alike> alike) {
        this.sky = sky;
        this.site = site;
        this.installation = installation;
        this.days = days;
        this.vouchedFor = vouchedFor;
        this.alike = alike;
        this.model = PanelModel.of(sky, days);
        this.grid = Digits.grid(Digits.above(days, 2 * somePower()));
    }

    /// Days that were examined and found honest: a day that repeats any of them is a replay.
    public static History vouchedFor(Site site, Installation installation, List<DeviceDay> days) {
        return new History(new Sky(site), site, installation, sorted(days), true, new HashMap<>());
    }

    /// Days of which nobody knows more than that they came: a day is a replay if it repeats an
    /// earlier one.
    public static History received(Site site, Installation installation, List<DeviceDay> days) {
        return new History(new Sky(site), site, installation, sorted(days), false, new HashMap<>());
    }

    private static List<DeviceDay> sorted(List<DeviceDay> days) {
        return days.stream().sorted(Comparator.comparing(DeviceDay::start)).toList();
    }

    /// What is known when a day of this date is judged: all but what else is told of that date, and
    /// of the rest the days nearest to it.
    public History at(LocalDate date) {
        return around(date, date);
    }

    /// What is known when the days from one to another are judged together, so that none of them
    /// speaks for its neighbour.
    History around(LocalDate first, LocalDate last) {
        var near =
                days.stream()
                        .filter(day -> distance(day, first, last) > 0)
                        .sorted(Comparator.comparingLong(day -> distance(day, first, last)))
                        .limit(MOST_DAYS)
                        .toList();
        return new History(sky, site, installation, sorted(near), vouchedFor, alike);
    }

    /// In days; 0 within.
    private static long distance(DeviceDay day, LocalDate first, LocalDate last) {
        long before = first.toEpochDay() - day.date().toEpochDay();
        long after = day.date().toEpochDay() - last.toEpochDay();
        return Math.max(0, Math.max(before, after));
    }

    public List<DeviceDay> days() {
        return days;
    }

    Site site() {
        return site;
    }

    Installation installation() {
        return installation;
    }

    long wattsPeak() {
        return installation.wattsPeak();
    }

    Sky sky() {
        return sky;
    }

    PanelModel model() {
        return model;
    }

    boolean isVouchedFor() {
        return vouchedFor;
    }

    /// The grid on which the meter's numbers lie, in W.
    double grid() {
        return grid;
    }

    /// Power as a share of what the panels make under a clear sky; `NaN` while the sun is low.
    double[] clearness(DeviceDay day) {
        return clearness.computeIfAbsent(
                day,
                _ -> {
                    var clear = model.clearWatts(day);
                    for (int i = 0; i < clear.length; i++) {
                        boolean lit = clear[i] > 0; // false where it is no number
                        clear[i] = lit ? Math.max(0, day.watts(i)) / clear[i] : Double.NaN;
                    }
                    return clear;
                });
    }

    /// Power that is neither dusk nor standby nor noise, in W.
    double somePower() {
        return SOME_POWER * wattsPeak();
    }

    /// In what a day repeats another. Pairs of these days are asked for again and again, and kept.
    Alike alike(DeviceDay day, DeviceDay other) {
        return days.contains(day)
                ? alike.computeIfAbsent(
                        new Pair(day, other, grid), _ -> Alike.of(day, other, somePower(), grid))
                : Alike.of(day, other, somePower(), grid);
    }

    /// The days that this one may have been made of.
    List<DeviceDay> daysToCompareWith(DeviceDay day) {
        return days.stream()
                .filter(other -> !other.date().equals(day.date()))
                .filter(other -> vouchedFor || other.date().isBefore(day.date()))
                .filter(day::comparableWith)
                .toList();
    }

    /// How a trait runs over these days, each beside the others.
    OwnRange range(Trait trait) {
        if (ranges.isEmpty()) {
            for (var each : Trait.values()) {
                ranges.put(each, OwnRange.of(values(traits(), each), vouchedFor));
            }
        }
        var range = ranges.get(trait);
        if (range == null) {
            throw new AssertionError("every trait has a range");
        }
        return range;
    }

    /// How strange a day is as a whole, beside these.
    Strangeness strangeness() {
        if (strangeness == null) {
            strangeness = new Strangeness(traits(), this::range);
        }
        return strangeness;
    }

    private List<Map<Trait, Measured>> traits() {
        if (traits == null) {
            traits = days.stream().map(day -> DayTraits.of(day, this)).toList();
        }
        return traits;
    }

    private static double[] values(List<Map<Trait, Measured>> days, Trait trait) {
        return days.stream()
                .mapToDouble(traits -> {
                    var measured = traits.get(trait);
                    return measured == null ? Double.NaN : measured.value();
                })
                .toArray();
    }
}
