package org.wattmark.metering;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.units.Period;

/// Tells cheated days of a device from honest ones: by what its panels and its sun allow, by what
/// is usual for it, and by what its neighbours saw. The same input gives the same findings.
///
/// A finding is a question to a person and no verdict: statistics only ever HOLD a day. What no sun
/// can explain is a REJECT, as on the way in.
public final class FraudDetector {

    /// How far beyond the device's own days one trait alone must lie, where 1 is where an honest
    /// day may just lie.
    private static final double PLAIN = 1.5;

    /// How far all rules together, each counted up to [#PLAIN].
    private static final double TOGETHER = 1.8;

    /// What is named when only all together are too much.
    private static final double SLIGHT = 0.2;

    private static final long DAYS_OF_WEEK = 7;

    private FraudDetector() {}

    /// @param day to judge
    /// @param own what the device sent on other days; what it says of this date is left out
    /// @param neighbours days of other devices under the same sky, of this and of other dates
    /// @return by time, then by rule; empty if there is nothing to say
    public static List<Finding> inspect(DeviceDay day, History own, List<DeviceDay> neighbours) {
        return judge(day, own.at(day.date()), neighbours);
    }

    /// Judges many days, a week at a time beside the device's other days: several times as fast as
    /// each by itself, and a cheat that goes on for some days does not speak for itself.
    ///
    /// @param own all days of the device, those to judge too
    /// @return what there is to say, by day; days of which there is nothing to say are not there
    public static SortedMap<LocalDate, List<Finding>> inspectWeekly(
            List<DeviceDay> days, History own, List<DeviceDay> neighbours) {
        var found = new TreeMap<LocalDate, List<Finding>>();
        var weeks =
                days.stream()
                        .collect(
                                Collectors.groupingBy(day ->
                                        Math.floorDiv(day.date().toEpochDay(), DAYS_OF_WEEK)));
        weeks.forEach((week, itsDays) -> {
            var first = LocalDate.ofEpochDay(week * DAYS_OF_WEEK);
            var others = own.around(first, first.plusDays(DAYS_OF_WEEK - 1));
            for (var day : itsDays) {
                var findings = judge(day, others, neighbours);
                if (!findings.isEmpty()) {
                    found.put(day.date(), findings);
                }
            }
        });
        return found;
    }

    /// As [#inspect], with a history that already lacks the date.
    static List<Finding> judge(DeviceDay day, History own, List<DeviceDay> neighbours) {
        var findings = new ArrayList<>(SunRules.of(day, own));
        if (claimsAnything(day, own)) {
            findings.addAll(weighed(day, oddities(day, own, neighbours)));
        }
        return findings.stream().sorted().toList();
    }

    /// A day of snow or of an outage is unlike all others and asks for nothing.
    private static boolean claimsAnything(DeviceDay day, History own) {
        return Arrays.stream(day.watts()).anyMatch(watts -> watts > 2 * own.somePower());
    }

    /// Whether a day is to be held or refused.
    public static boolean accused(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.outcome() != Outcome.INFO);
    }

    /// Every trait of the day beside the device's own days and its neighbours.
    static List<Oddity> oddities(DeviceDay day, History own, List<DeviceDay> neighbours) {
        var oddities = new ArrayList<>(Neighbours.of(day, own, neighbours));
        var traits = DayTraits.of(day, own);
        traits.forEach(
                (trait, measured) -> oddities.add(Oddity.of(trait, measured, own.range(trait))));
        oddities.add(Oddity.strange(traits, own.strangeness()));
        return oddities;
    }

    /// What there is to say of the plainest oddity of each rule.
    static List<Finding> weighed(DeviceDay day, List<Oddity> oddities) {
        var plainest = new TreeMap<Rule, Oddity>();
        oddities.forEach(oddity -> plainest.merge(oddity.trait().rule(), oddity, Oddity::plainer));
        double sum =
                plainest.values().stream().mapToDouble(o -> Math.min(PLAIN, o.strength())).sum();
        boolean together = sum >= TOGETHER;
        return plainest.values().stream()
                .filter(oddity -> oddity.strength() >= (together ? SLIGHT : 1))
                .map(oddity ->
                        oddity.finding(
                                whole(day),
                                together || oddity.strength() >= PLAIN
                                        ? Outcome.HOLD
                                        : Outcome.INFO))
                .toList();
    }

    static Period whole(DeviceDay day) {
        return new Period(day.start(), day.startOf(day.length()));
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
