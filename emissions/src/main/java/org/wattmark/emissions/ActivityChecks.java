package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.wattmark.emissions.ActivityFinding.Check;
import org.wattmark.emissions.ActivityFinding.Severity;
import org.wattmark.units.Energy;

/// Looks over activities for what is likely wrong. The limits of the comparisons are Wattmark's own
/// policy: 20 and 40 % from one month to the next, 3 and 7 % between a bill and a meter.
public final class ActivityChecks {

    private static final BigDecimal NOTICED = new BigDecimal("0.20");
    private static final BigDecimal HELD = new BigDecimal("0.40");
    private static final BigDecimal BILL_NOTICED = new BigDecimal("0.03");
    private static final BigDecimal BILL_HELD = new BigDecimal("0.07");

    /// Between a hundred and a thousand a change of a firm is still thinkable; a unit is 1,000.
    private static final BigDecimal ANOTHER_UNIT = BigDecimal.valueOf(300);

    /// Comparisons are for people: ratios need no more.
    private static final MathContext RATIO = new MathContext(12, RoundingMode.HALF_EVEN);

    private static final int SECONDS_OF_HOUR = 3_600;

    private ActivityChecks() {}

    /// One supply: what follows in it is compared.
    private record Series(UUID site, String item, String meter) {}

    /// All findings, series by series in the order of time.
    public static List<ActivityFinding> of(Collection<Activity> activities, BillPeriod year) {
        var series = new TreeMap<String, List<Activity>>();
        for (var activity : activities) {
            var key =
                    new Series(
                            activity.site().id(),
                            activity.item().code(),
                            activity.meter().orElse(""));
            series.computeIfAbsent(key.toString(), _ -> new ArrayList<>()).add(activity);
        }
        var findings = new ArrayList<ActivityFinding>();
        for (var each : series.values()) {
            each.sort(java.util.Comparator.comparing(Activity::period).thenComparing(Activity::id));
            if (isMetered(each.getFirst().item())) {
                overlaps(each, findings);
                gaps(each, year, findings);
            }
            rates(each, findings);
        }
        return List.copyOf(findings);
    }

    /// Whether a day without a bill, or with two, means that something is wrong. Trips, loads and
    /// refills come as they come.
    public static boolean isMetered(ActivityItem item) {
        return switch (item.kind()) {
            case ELECTRICITY, HEAT -> true;
            case WATER -> true;
            case FUEL ->
                    item.category() == Category.STATIONARY_COMBUSTION
                            && item.code().equals("natural-gas");
            default -> false;
        };
    }

    private static void overlaps(List<Activity> series, List<ActivityFinding> findings) {
        for (int i = 1; i < series.size(); i++) {
            var before = series.get(i - 1);
            var each = series.get(i);
            each.period()
                    .within(before.period())
                    .ifPresent(days ->
                            findings.add(
                                    new ActivityFinding(
                                            each.id(),
                                            Check.DUPLICATE,
                                            Severity.HOLD,
                                            days
                                                    + " is billed twice for "
                                                    + each.item().name()
                                                    + " at "
                                                    + each.site().name()
                                                    + ". If these are two supplies, name their"
                                                    + " meters; else take one back.")));
        }
    }

    private static void gaps(
            List<Activity> series, BillPeriod year, List<ActivityFinding> findings) {
        var reached = year.start();
        var last = series.getFirst();
        for (var each : series) {
            if (each.period().start().isAfter(reached)
                    && each.period().start().isBefore(year.end())) {
                findings.add(gap(each, new BillPeriod(reached, each.period().start())));
            }
            if (each.period().end().isAfter(reached)) {
                reached = each.period().end();
            }
            last = each;
        }
        if (reached.isBefore(year.end())) {
            findings.add(gap(last, new BillPeriod(reached, year.end())));
        }
    }

    private static ActivityFinding gap(Activity beside, BillPeriod days) {
        return new ActivityFinding(
                beside.id(),
                Check.GAP,
                Severity.HOLD,
                "No bill for "
                        + beside.item().name()
                        + " at "
                        + beside.site().name()
                        + " for the "
                        + days.days()
                        + " days "
                        + days
                        + ".");
    }

    private static void rates(List<Activity> series, List<ActivityFinding> findings) {
        for (int i = 1; i < series.size(); i++) {
            var before = series.get(i - 1);
            var each = series.get(i);
            var old = perDay(before, each.quantity().unit());
            var now = perDay(each, each.quantity().unit());
            if (old.isEmpty() || now.isEmpty() || old.get().signum() == 0) {
                continue;
            }
            if (isAnotherUnit(old.get(), now.get())) {
                findings.add(anotherUnit(before, each));
            } else if (isMetered(each.item()) && areNeighbours(before, each)) {
                compared(each, old.get(), now.get()).ifPresent(findings::add);
            }
        }
    }

    private static boolean areNeighbours(Activity before, Activity each) {
        return ChronoUnit.DAYS.between(before.period().end(), each.period().start()) <= 31;
    }

    private static Optional<BigDecimal> perDay(Activity activity, ActivityUnit unit) {
        return activity.quantity().unit().dimension() == unit.dimension()
                ? Optional.of(
                        activity.quantity()
                                .in(unit)
                                .amount()
                                .divide(BigDecimal.valueOf(activity.period().days()), RATIO))
                : Optional.empty();
    }

    /// Whether one is about a thousand times the other, such as kilowatt-hours that are
    /// megawatt-hours.
    static boolean isAnotherUnit(BigDecimal one, BigDecimal other) {
        if (one.signum() == 0 || other.signum() == 0) {
            return false;
        }
        var ratio = one.max(other).divide(one.min(other), RATIO);
        return ratio.compareTo(ANOTHER_UNIT) >= 0;
    }

    private static ActivityFinding anotherUnit(Activity before, Activity each) {
        return new ActivityFinding(
                each.id(),
                Check.UNIT,
                Severity.HOLD,
                each.quantity()
                        + " for "
                        + each.period()
                        + " stands beside "
                        + before.quantity()
                        + " for "
                        + before.period()
                        + ": is one of them in another unit?");
    }

    private static Optional<ActivityFinding> compared(
            Activity each, BigDecimal old, BigDecimal now) {
        var change = now.subtract(old).divide(old, RATIO);
        if (change.abs().compareTo(NOTICED) <= 0) {
            return Optional.empty();
        }
        var severity = change.abs().compareTo(HELD) > 0 ? Severity.HOLD : Severity.INFO;
        return Optional.of(
                new ActivityFinding(
                        each.id(),
                        Check.MONTH_TO_MONTH,
                        severity,
                        each.quantity()
                                + " for "
                                + each.period()
                                + " is "
                                + percent(change)
                                + " per day against the bill before; "
                                + (severity == Severity.HOLD ? "40 %" : "20 %")
                                + " is the limit."));
    }

    /// The same, unless the meter speaks of a part of the days only: then there is nothing to
    /// compare, which is worth knowing.
    ///
    /// @param seconds that the meter speaks of
    /// @param due seconds of the bill's days
    public static Optional<ActivityFinding> billAgainstMeter(
            Activity bill, Energy metered, long seconds, long due) {
        return seconds == due
                ? billAgainstMeter(bill, metered)
                : Optional.of(
                        new ActivityFinding(
                                bill.id(),
                                Check.BILL_AGAINST_METER,
                                Severity.INFO,
                                "The meter counted for "
                                        + seconds / SECONDS_OF_HOUR
                                        + " of "
                                        + due / SECONDS_OF_HOUR
                                        + " hours of "
                                        + bill.period()
                                        + ": the bill of "
                                        + bill.quantity()
                                        + " is not compared."));
    }

    /// A bill against what a meter of ours counted for the same days.
    public static Optional<ActivityFinding> billAgainstMeter(Activity bill, Energy metered) {
        var billed = bill.quantity().in(ActivityUnits.of("kWh")).amount();
        if (billed.signum() == 0) {
            return Optional.empty();
        }
        var change = metered.kilowattHours().subtract(billed).divide(billed, RATIO);
        if (change.abs().compareTo(BILL_NOTICED) <= 0) {
            return Optional.empty();
        }
        var severity = change.abs().compareTo(BILL_HELD) > 0 ? Severity.HOLD : Severity.INFO;
        return Optional.of(
                new ActivityFinding(
                        bill.id(),
                        Check.BILL_AGAINST_METER,
                        severity,
                        "The meter counted "
                                + Quantity.plain(metered.kilowattHours())
                                + " kWh for "
                                + bill.period()
                                + ", which is "
                                + percent(change)
                                + " against the bill of "
                                + bill.quantity()
                                + "; "
                                + (severity == Severity.HOLD ? "7 %" : "3 %")
                                + " is the limit."));
    }

    private static String percent(BigDecimal change) {
        var number = change.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN);
        return (number.signum() > 0 ? "+" : "") + number.toPlainString() + " %";
    }
}
