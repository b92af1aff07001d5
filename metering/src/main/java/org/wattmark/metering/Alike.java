package org.wattmark.metering;

/// In what one day repeats another.
///
/// @param replayed intervals in a row, perhaps moved
/// @param mirrored intervals in a row of the day turned round, perhaps moved
/// @param scaled intervals in a row in one ratio
/// @param likeness see [Repetition#likeness]
record Alike(int replayed, int mirrored, int scaled, double likeness) {

    /// Intervals by which a replay may have been moved.
    private static final int FURTHEST_MOVE = 4;

    /// @param some power that is neither dusk nor noise, in W
    /// @param grid on which the meter's numbers lie, in W
    static Alike of(DeviceDay day, DeviceDay other, double some, double grid) {
        var watts = day.watts();
        var theirs = other.watts();
        var backwards = Repetition.reversed(watts);
        int replayed = 0;
        int mirrored = 0;
        for (int move = -FURTHEST_MOVE; move <= FURTHEST_MOVE; move++) {
            replayed = Math.max(replayed, Repetition.replayed(watts, theirs, move, some));
            mirrored = Math.max(mirrored, Repetition.replayed(backwards, theirs, move, some));
        }
        return new Alike(
                replayed,
                mirrored,
                Repetition.scaled(watts, theirs, 2 * some, grid),
                Repetition.likeness(watts, theirs, some));
    }
}
