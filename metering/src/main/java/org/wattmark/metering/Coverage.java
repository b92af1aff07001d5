package org.wattmark.metering;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wattmark.units.Period;

/// Which time is covered: periods that neither overlap nor touch, in their order. It is a value:
/// adding gives another coverage.
public final class Coverage {

    public static final Coverage NONE = new Coverage(List.of());

    /// One range as PostgreSQL 14 and later print it in a `tstzmultirange`, or as we do.
    private static final Pattern RANGE =
            Pattern.compile("\\[\"?([0-9TZ:+. -]{1,40})\"?,\"?([0-9TZ:+. -]{1,40})\"?\\)");

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendOffset("+HH:mm", "Z")
                    .toFormatter(Locale.ROOT);

    private final List<Period> ranges;

    private Coverage(List<Period> ranges) {
        this.ranges = ranges;
    }

    /// The time that these periods cover together, in whatever order they come.
    public static Coverage of(Collection<Period> periods) {
        return new Coverage(merged(periods.stream().sorted().toList()));
    }

    private static List<Period> merged(List<Period> sorted) {
        var merged = new ArrayList<Period>();
        for (var period : sorted) {
            if (merged.isEmpty() || merged.getLast().end().isBefore(period.start())) {
                merged.add(period);
            } else if (merged.getLast().end().isBefore(period.end())) {
                merged.add(new Period(merged.removeLast().start(), period.end()));
            }
        }
        return List.copyOf(merged);
    }

    /// The covered time as the fewest periods, in order.
    public List<Period> ranges() {
        return ranges;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /// Whether all of the period is covered.
    public boolean contains(Period period) {
        int index = firstEndingAfter(period.start());
        return index < ranges.size() && ranges.get(index).contains(period);
    }

    /// Whether some instant of the period is covered.
    public boolean overlaps(Period period) {
        int index = firstEndingAfter(period.start());
        return index < ranges.size() && ranges.get(index).overlaps(period);
    }

    /// Whether some instant is covered by both.
    public boolean overlaps(Coverage other) {
        return other.ranges.stream().anyMatch(this::overlaps);
    }

    /// The first of the ordered ranges that ends after the instant, by halving.
    private int firstEndingAfter(Instant instant) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).end().isAfter(instant)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    public Coverage plus(Period period) {
        return plus(new Coverage(List.of(period)));
    }

    public Coverage plus(Coverage other) {
        var both = new ArrayList<Period>(ranges.size() + other.ranges.size());
        both.addAll(ranges);
        both.addAll(other.ranges);
        both.sort(null); // two sorted runs: linear
        return new Coverage(merged(both));
    }

    /// What is covered here and not there.
    public Coverage minus(Coverage other) {
        var left = new ArrayList<Period>();
        for (var range : ranges) {
            var start = range.start();
            for (int i = other.firstEndingAfter(start);
                    i < other.ranges.size() && other.ranges.get(i).start().isBefore(range.end());
                    i++) {
                var taken = other.ranges.get(i);
                if (start.isBefore(taken.start())) {
                    left.add(new Period(start, taken.start()));
                }
                start = taken.end();
            }
            if (start.isBefore(range.end())) {
                left.add(new Period(start, range.end()));
            }
        }
        return new Coverage(List.copyOf(left));
    }

    /// The text form of a PostgreSQL `tstzmultirange`.
    @Override
    public String toString() {
        return ranges.stream()
                .map(range -> "[" + range.start() + "," + range.end() + ")")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// Reads [#toString] and what PostgreSQL prints, with any offset; other text is
    /// `IllegalArgumentException`.
    public static Coverage parse(String text) {
        if (!text.startsWith("{") || !text.endsWith("}") || text.length() < 2) {
            throw notRanges();
        }
        var ranges = new ArrayList<Period>();
        var range = RANGE.matcher(text);
        // From the brace on, range and comma in turn, up to the brace: one by one, since a pattern
        // for all of them would need a stack as deep as they are many.
        for (int at = 1; at < text.length() - 1; at = range.end() + 1) {
            if (!range.region(at, text.length() - 1).lookingAt() || !isEnded(text, range.end())) {
                throw notRanges();
            }
            ranges.add(new Period(time(range.group(1)), time(range.group(2))));
        }
        return of(ranges);
    }

    /// By a comma and another range, or by the closing brace.
    private static boolean isEnded(String text, int end) {
        return end == text.length() - 1 || text.startsWith(",[", end);
    }

    private static IllegalArgumentException notRanges() {
        return new IllegalArgumentException("not a tstzmultirange of half-open ranges");
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text.trim().replace(' ', 'T'), TIME).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time with an offset: " + text, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coverage coverage && ranges.equals(coverage.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }
}
