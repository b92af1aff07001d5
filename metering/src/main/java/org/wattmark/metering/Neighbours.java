package org.wattmark.metering;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wattmark.metering.DayTraits.Measured;

/// A day beside what other devices under the same sky said of it.
///
/// Twins of one plant agree to 0.999986, so that likeness accuses nobody: what counts is how two
/// devices agree otherwise. One neighbour that saw the same sky is enough to clear a day.
final class Neighbours {

    private final DeviceDay day;
    private final History own;

    private Neighbours(DeviceDay day, History own) {
        this.day = day;
        this.own = own;
    }

    static List<Oddity> of(DeviceDay day, History own, List<DeviceDay> neighbours) {
        var beside = new Neighbours(day, own);
        var byDevice = new TreeMap<String, List<DeviceDay>>();
        neighbours.stream()
                .filter(other -> !other.device().equals(day.device()))
                .filter(day::comparableWith)
                .forEach(other ->
                        byDevice.computeIfAbsent(other.device(), _ -> new ArrayList<>())
                                .add(other));
        var oddities = new ArrayList<Oddity>();
        for (var trait : List.of(Trait.NEIGHBOUR_LEVEL, Trait.NEIGHBOUR_SHAPE)) {
            byDevice.values().stream()
                    .flatMap(theirs -> beside.sameSky(trait, theirs).stream())
                    .min(Comparator.comparingDouble(Oddity::strength))
                    .ifPresent(oddities::add);
        }
        byDevice.values().stream()
                .map(beside::copied)
                .max(Comparator.comparingDouble(Oddity::strength))
                .ifPresent(oddities::add);
        return oddities;
    }

    /// How the day agrees with the neighbour's of the same date, beside how their days otherwise
    /// do; nothing if they are not known to share enough days.
    private Optional<Oddity> sameSky(Trait trait, List<DeviceDay> theirs) {
        var byDate = new HashMap<LocalDate, DeviceDay>();
        theirs.forEach(other -> byDate.put(other.date(), other));
        var today = byDate.get(day.date());
        if (today == null) {
            return Optional.empty();
        }
        double value = agreement(trait, day, today);
        var usual =
                own.days().stream()
                        .flatMap(past ->
                                Stream.ofNullable(byDate.get(past.date()))
                                        .filter(past::comparableWith)
                                        .map(other -> agreement(trait, past, other)))
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        var range = OwnRange.of(usual, own.isVouchedFor());
        return Double.isNaN(value) || !range.known()
                ? Optional.empty()
                : Optional.of(Oddity.of(trait, new Measured(value, today.device()), range));
    }

    /// The logarithm of the ratio of their energies, or Fisher's z of the correlation of their
    /// powers.
    private static double agreement(Trait trait, DeviceDay day, DeviceDay other) {
        var a = day.watts();
        var b = other.watts();
        if (trait == Trait.NEIGHBOUR_SHAPE) {
            double r = Shape.agreement(a, b, 0);
            return Math.log((1 + r) / (1 - r + 1e-9)) / 2;
        }
        double energy = 0;
        double theirs = 0;
        for (int i = 0; i < a.length; i++) {
            if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
                energy += Math.max(0, a[i]);
                theirs += Math.max(0, b[i]);
            }
        }
        return energy > 0 && theirs > 0 ? Math.log(energy / theirs) : Double.NaN;
    }

    /// The longest run in which the day is a multiple of any day of the neighbour.
    private Oddity copied(List<DeviceDay> theirs) {
        var usual =
                own.days().stream()
                        .filter(day::comparableWith)
                        .mapToDouble(past -> longestCopy(past, theirs).value())
                        .toArray();
        return Oddity.of(
                Trait.COPY, longestCopy(day, theirs), OwnRange.of(usual, own.isVouchedFor()));
    }

    private Measured longestCopy(DeviceDay of, List<DeviceDay> theirs) {
        var watts = of.watts();
        var longest = new Measured(0, "");
        for (var other : theirs) {
            int run = Repetition.scaled(watts, other.watts(), 2 * own.somePower(), own.grid());
            if (run > longest.value()) {
                longest = new Measured(run, other.device() + " " + other.date());
            }
        }
        return longest;
    }
}
