package org.wattmark.metering;

import java.util.Arrays;
import java.util.List;

/// How finely a meter counts, and whether its last digits are those of an instrument.
///
/// Benford's law says nothing of power, which has a largest value; the grid on which a meter's
/// numbers lie, and the evenness of their last digit, do.
final class Digits {

    /// W: what meters and files round to, and halves and doubles of a watt-hour per interval.
    private static final double[] GRIDS = {
        0.1, 0.2, 0.5, 1, 2, 4, 5, 10, 12.5, 20, 25, 50, 62.5, 100, 125, 150, 200, 250, 300, 500,
        1_000
    };

    /// Of the numbers: one or two of a day may miss the grid, as a restart makes them.
    private static final double ON_GRID = 0.95;

    private static final int ENOUGH_NUMBERS = 8;

    private Digits() {}

    private static boolean onGrid(double watts, double grid) {
        return Math.abs(watts - grid * Math.rint(watts / grid)) < 0.051 * Math.min(1, grid);
    }

    /// The coarsest grid on which these numbers lie, in W; 0 of too few numbers.
    static double grid(double[] watts) {
        if (watts.length < ENOUGH_NUMBERS) {
            return 0;
        }
        double coarsest = GRIDS[0];
        for (double grid : GRIDS) {
            long on = Arrays.stream(watts).filter(w -> onGrid(w, grid)).count();
            if (on >= ON_GRID * watts.length) {
                coarsest = grid;
            }
        }
        return coarsest;
    }

    /// The share of these numbers off a grid.
    static double offGrid(double[] watts, double grid) {
        return watts.length < ENOUGH_NUMBERS
                ? 0
                : Arrays.stream(watts).filter(w -> !onGrid(w, grid)).count()
                        / (double) watts.length;
    }

    /// Pearson's χ² of the last digit before and after the point against evenness, the larger of
    /// the two: nine degrees of freedom.
    static double unevenness(double[] watts) {
        return watts.length < ENOUGH_NUMBERS
                ? 0
                : Math.max(unevenness(watts, 1), unevenness(watts, 10));
    }

    private static double unevenness(double[] watts, int times) {
        var counts = new int[10];
        for (double w : watts) {
            counts[(int) Math.floorMod(Math.round(w * times - (times == 1 ? 0.5 : 0)), 10L)]++;
        }
        double expected = watts.length / 10.0;
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    /// The numbers of several days above a threshold, in one row.
    static double[] above(List<DeviceDay> days, double threshold) {
        return days.stream()
                .flatMapToDouble(day -> Arrays.stream(day.watts()))
                .filter(w -> w > threshold)
                .toArray();
    }
}
