package org.wattmark.metering;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.wattmark.units.Period;

/// Which columns of a row hold the intervals of one civil day, side by side.
final class DayColumns {

    private DayColumns() {}

    /// As many columns as the day has intervals, in the order of time; none if the row has another
    /// number of values. In spring a row may leave out the hour that the clock skips, or leave its
    /// columns empty.
    static List<Integer> of(TableRow row, int from, Period day, ZoneId zone, Duration length) {
        int intervals = Math.toIntExact(day.length().dividedBy(length));
        int to = row.cells().size();
        while (to > from && row.cell(to - 1).isBlank()) {
            to--;
        }
        if (to - from == intervals) {
            return IntStream.range(from, to).boxed().toList();
        }
        var transition = zone.getRules().nextTransition(day.start());
        if (transition == null || !transition.isGap() || !day.contains(transition.getInstant())) {
            return List.of();
        }
        long second = transition.getDateTimeBefore().toLocalTime().toSecondOfDay();
        int gap = from + Math.toIntExact(second / length.toSeconds());
        int end = gap + Math.toIntExact(transition.getDuration().dividedBy(length));
        boolean leftEmpty = IntStream.range(gap, end).allMatch(i -> row.cell(i).isBlank());
        return leftEmpty && to - from == intervals + end - gap
                ? IntStream.range(from, to).filter(i -> i < gap || i >= end).boxed().toList()
                : List.of();
    }
}
