package org.wattmark.server.registry;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceDay;
import org.wattmark.metering.Finding;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.FraudDetector;
import org.wattmark.metering.History;
import org.wattmark.metering.Readings;
import org.wattmark.server.metering.BondedDevice;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.units.Period;
import org.wattmark.verification.Evidence;

/// Has the days of a claim judged, beside what the devices and their neighbours sent around them.
final class CheatedDays {

    /// As much as a [History] looks at on one side.
    private static final Duration AROUND = Duration.ofDays(120);

    private static final Duration HALF_A_DAY = Duration.ofHours(12);
    private static final Duration WEEK = Duration.ofDays(7);

    /// Two years of one device. A week takes a tenth of a second or more, and somebody waits; more
    /// are drawn by lot, so that nobody knows which.
    static final int MOST_WEEKS = 104;

    /// With fewer days of the device around, what is usual for it is not known well: of an honest
    /// simulated month, one day in eight was held. Then only days that repeat others count.
    private static final int ENOUGH_DAYS = 60;

    private static final Set<Rule> REPETITIONS = EnumSet.of(Rule.REPLAYED, Rule.COPIED);

    /// About 25 km: clouds pass over both within the hour.
    private static final BigDecimal NEAR_DEGREES = new BigDecimal("0.25");

    private static final int MOST_NEIGHBOURS = 3;

    private final BondedDevices devices;
    private final Readings readings;
    private final SecureRandom lot = new SecureRandom();

    CheatedDays(BondedDevices devices, Readings readings) {
        this.devices = devices;
        this.readings = readings;
    }

    private record Week(Device device, Period period) {}

    /// What there is to say of the days of devices that generate.
    Evidence.Days of(List<BondedDevice> bonded, Period monitored) {
        var weeks = new ArrayList<Week>();
        for (var each : bonded) {
            for (var start = monitored.start(); start.isBefore(monitored.end()); ) {
                var end = earlier(start.plus(WEEK), monitored.end());
                weeks.add(new Week(each.device(), new Period(start, end)));
                start = end;
            }
        }
        if (weeks.size() > MOST_WEEKS) {
            Collections.shuffle(weeks, lot);
        }
        var byDevice =
                weeks.stream()
                        .limit(MOST_WEEKS)
                        .collect(
                                Collectors.groupingBy(
                                        Week::device,
                                        Collectors.mapping(Week::period, Collectors.toList())));
        var held = new TreeMap<String, String>();
        long judged = 0;
        for (var entry : byDevice.entrySet()) {
            judged += judge(entry.getKey(), entry.getValue(), monitored, held);
        }
        long total = bonded.size() * Math.ceilDiv(monitored.length().toHours(), 24);
        return new Evidence.Days(Math.max(total, judged), judged, held);
    }

    /// @param held gains what is held
    /// @return how many days were judged
    private long judge(
            Device device, List<Period> weeks, Period monitored, Map<String, String> held) {
        var around = new Period(monitored.start().minus(AROUND), monitored.end().plus(AROUND));
        var all = days(device, around);
        var history = History.received(device.site(), device.installation(), all);
        var chosen =
                all.stream()
                        .filter(day -> weeks.stream().anyMatch(week -> week.contains(noon(day))))
                        .toList();
        FraudDetector.inspectWeekly(chosen, history, neighbours(device, around))
                .forEach((date, findings) -> {
                    var holding = holding(findings, all.size());
                    if (!holding.isEmpty()) {
                        held.put(date + " " + device.id(), told(holding));
                    }
                });
        return chosen.size();
    }

    private static Instant noon(DeviceDay day) {
        return day.start().plus(HALF_A_DAY);
    }

    private static List<Finding> holding(List<Finding> findings, int daysKnown) {
        return findings.stream()
                .filter(finding -> finding.outcome() != Outcome.INFO)
                .filter(finding ->
                        daysKnown >= ENOUGH_DAYS
                                || finding.outcome() == Outcome.REJECT
                                || REPETITIONS.contains(finding.rule()))
                .toList();
    }

    /// Each with its numbers and what would clear it.
    private static String told(List<Finding> findings) {
        return findings.stream()
                .map(finding ->
                        finding.explanation() + "; cleared by " + finding.rule().clearedBy())
                .collect(Collectors.joining(" | "));
    }

    private List<DeviceDay> days(Device device, Period period) {
        return DeviceDay.allBySun(device, readings.in(device.id(), Channel.GENERATION, period));
    }

    /// What devices of others sent helps to judge, and nobody learns whose it is.
    private List<DeviceDay> neighbours(Device device, Period period) {
        return devices.near(device, NEAR_DEGREES, MOST_NEIGHBOURS).stream()
                .flatMap(near -> {
                    var its = days(near.device(), period).stream();
                    boolean own = near.device().owner().equals(device.owner());
                    return own ? its : its.map(day -> day.named("a device nearby"));
                })
                .toList();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
