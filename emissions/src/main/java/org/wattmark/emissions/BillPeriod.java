package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The civil days at a site that a bill is for, half-open: it holds its start and not its end.
public record BillPeriod(LocalDate start, LocalDate end) implements Comparable<BillPeriod> {

    /// More than three years are no bill.
    public static final int MOST_DAYS = 1_100;

    /// Places that a share of a bill keeps beyond those of the bill.
    private static final int MORE_PLACES = 12;

    public BillPeriod {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a bill ends after it starts: " + start + "/" + end);
        }
    }

    /// A bill as it is printed, with its last day; nothing unless it is 1 to [#MOST_DAYS] days.
    public static Optional<BillPeriod> ofDays(LocalDate first, LocalDate last) {
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        return days >= 1 && days <= MOST_DAYS
                ? Optional.of(new BillPeriod(first, last.plusDays(1)))
                : Optional.empty();
    }

    public static BillPeriod of(YearMonth month) {
        return new BillPeriod(month.atDay(1), month.plusMonths(1).atDay(1));
    }

    public LocalDate last() {
        return end.minusDays(1);
    }

    public long days() {
        return ChronoUnit.DAYS.between(start, end);
    }

    public boolean overlaps(BillPeriod other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    public Optional<BillPeriod> within(BillPeriod other) {
        var from = start.isBefore(other.start) ? other.start : start;
        var to = end.isAfter(other.end) ? other.end : end;
        return from.isBefore(to) ? Optional.of(new BillPeriod(from, to)) : Optional.empty();
    }

    /// Calendarisation: what of an amount falls into each month, by the days of it, as if each day
    /// had used alike. The parts always make the whole: each is the difference of two cumulated
    /// shares, which are rounded down at a place that no bill has.
    public Map<YearMonth, BigDecimal> byMonth(BigDecimal amount) {
        var months = new TreeMap<YearMonth, BigDecimal>();
        var before = BigDecimal.ZERO;
        for (var day = start; day.isBefore(end); ) {
            var month = YearMonth.from(day);
            var next = month.plusMonths(1).atDay(1);
            var to = next.isBefore(end) ? next : end;
            var until = cumulated(amount, to);
            months.put(month, until.subtract(before));
            before = until;
            day = to;
        }
        return months;
    }

    private BigDecimal cumulated(BigDecimal amount, LocalDate to) {
        if (to.equals(end)) {
            return amount;
        }
        return amount.multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(start, to)))
                .divide(
                        BigDecimal.valueOf(days()),
                        Math.max(0, amount.scale()) + MORE_PLACES,
                        RoundingMode.DOWN);
    }

    @Override
    public int compareTo(BillPeriod other) {
        int byStart = start.compareTo(other.start);
        return byStart != 0 ? byStart : end.compareTo(other.end);
    }

    /// `2025-01-14 to 2025-02-13`, with its last day, as bills say it.
    @Override
    public String toString() {
        return start + " to " + last();
    }
}
