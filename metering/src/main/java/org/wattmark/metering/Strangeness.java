package org.wattmark.metering;

import com.amazon.randomcutforest.RandomCutForest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wattmark.metering.DayTraits.Measured;

/// How strange a day is as a whole: traits that are each still usual, yet never came together.
///
/// A random cut forest (Guha, Mishra, Roy and Schrijvers 2016) that has seen the device's own days.
/// It cannot say why, so that it never accuses by itself: it adds to what the rules found.
final class Strangeness {

    /// Those that vary from day to day; what counts repetitions is nothing on most days.
    private static final List<Trait> TRAITS =
            List.of(
                    Trait.NIGHT_LEVEL,
                    Trait.NIGHT_SPREAD,
                    Trait.HALF_CLEAR,
                    Trait.QUARTER_CLEAR,
                    Trait.TENTH_CLEAR,
                    Trait.CLEAREST,
                    Trait.FIRST_LIGHT,
                    Trait.LAST_LIGHT,
                    Trait.ECHO,
                    Trait.LIKENESS,
                    Trait.FORMULA,
                    Trait.SMOOTH,
                    Trait.FLUENCY,
                    Trait.JITTER,
                    Trait.ROUGH);

    /// Half ranges from the middle: further out all days are equally far.
    private static final double FURTHEST = 4;

    private static final int TREES = 50;
    private static final int SAMPLE = 128;

    /// The same days make the same forest.
    private static final long SEED = 42;

    private final RandomCutForest forest;
    private final Function<Trait, OwnRange> ranges;
    private final OwnRange own;

    Strangeness(List<Map<Trait, Measured>> days, Function<Trait, OwnRange> ranges) {
        this.ranges = ranges;
        this.forest =
                RandomCutForest.builder()
                        .dimensions(TRAITS.size())
                        .numberOfTrees(TREES)
                        .sampleSize(SAMPLE)
                        .randomSeed(SEED)
                        .build();
        days.forEach(day -> forest.update(point(day)));
        this.own = OwnRange.of(days.stream().mapToDouble(this::of).toArray(), true);
    }

    /// The forest's anomaly score: near 1 of a day like others, and the larger the stranger.
    double of(Map<Trait, Measured> day) {
        return forest.getAnomalyScore(point(day));
    }

    /// The scores of the device's own days.
    OwnRange own() {
        return own;
    }

    /// Each trait's way from the middle of its range, in half ranges.
    private float[] point(Map<Trait, Measured> day) {
        var point = new float[TRAITS.size()];
        for (int i = 0; i < point.length; i++) {
            var measured = day.get(TRAITS.get(i));
            var range = ranges.apply(TRAITS.get(i));
            if (measured != null && range.known()) {
                double half = Math.max(1e-6, (range.most() - range.fewest()) / 2);
                double way = (measured.value() - range.middle()) / half;
                point[i] = (float) Math.clamp(way, -FURTHEST, FURTHEST);
            }
        }
        return point;
    }
}
