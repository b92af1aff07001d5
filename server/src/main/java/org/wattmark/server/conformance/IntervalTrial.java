package org.wattmark.server.conformance;

import static org.wattmark.server.conformance.DeviceRule.CLOCK_FUTURE;
import static org.wattmark.server.conformance.DeviceRule.INTERVAL_ALIGNED;
import static org.wattmark.server.conformance.DeviceRule.INTERVAL_ONCE;
import static org.wattmark.server.conformance.DeviceRule.INTERVAL_ORDER;
import static org.wattmark.server.conformance.DeviceRule.INTERVAL_OVERLAP;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Intake;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.conformance.CaptureTrial.Read;
import org.wattmark.units.Period;

/// The intervals of each batch, and of all batches together.
final class IntervalTrial {

    private final List<Read> batches;
    private final Specimen specimen;
    private final Map<DeviceRule, Tried> tried;

    /// @param batches each once
    IntervalTrial(List<Read> batches, Specimen specimen, Map<DeviceRule, Tried> tried) {
        this.batches = batches;
        this.specimen = specimen;
        this.tried = tried;
    }

    void run() {
        for (var each : batches) {
            tried(INTERVAL_ALIGNED).with(beside(each));
            tried(INTERVAL_ORDER).with(disordered(each));
            tried(INTERVAL_OVERLAP).with(overlapping(each));
            tried(CLOCK_FUTURE).with(inTheFuture(each));
        }
        if (batches.size() > 1) {
            once();
        }
    }

    private Tried tried(DeviceRule rule) {
        return Optional.ofNullable(tried.get(rule)).orElseThrow();
    }

    private Optional<String> beside(Read each) {
        long length = specimen.interval().toSeconds();
        return intervals(each).stream()
                .map(Period::start)
                .filter(start ->
                        start.getNano() != 0 || Math.floorMod(start.getEpochSecond(), length) != 0)
                .findFirst()
                .map(start -> each.where() + ": " + start + " is beside the grid");
    }

    private static List<Period> intervals(Read each) {
        return each.batch().readings().stream().map(IntervalReading::interval).toList();
    }

    private static Optional<String> disordered(Read each) {
        var intervals = intervals(each);
        for (int i = 1; i < intervals.size(); i++) {
            if (intervals.get(i).start().isBefore(intervals.get(i - 1).start())) {
                return Optional.of(
                        "%s: %s follows %s"
                                .formatted(
                                        each.where(),
                                        intervals.get(i).start(),
                                        intervals.get(i - 1).start()));
            }
        }
        return Optional.empty();
    }

    /// In the order of time: that they are in it is another rule's matter.
    private static Optional<String> overlapping(Read each) {
        var intervals = intervals(each).stream().sorted().toList();
        for (int i = 1; i < intervals.size(); i++) {
            if (intervals.get(i).overlaps(intervals.get(i - 1))) {
                return Optional.of(
                        each.where()
                                + ": "
                                + intervals.get(i)
                                + " overlaps "
                                + intervals.get(i - 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inTheFuture(Read each) {
        var latest = intervals(each).stream().map(Period::end).max(Instant::compareTo);
        var limit = each.sent().at().plus(Intake.CLOCK_TOLERANCE);
        return latest.filter(end -> end.isAfter(limit))
                .map(end -> each.where() + ": ends at " + end + ", sent at " + each.sent().at());
    }

    private void once() {
        var spoken = new HashMap<Channel, Map<Instant, Read>>();
        for (var each : batches) {
            var ofChannel = spoken.computeIfAbsent(each.batch().channel(), _ -> new HashMap<>());
            Optional<String> fault = Optional.empty();
            for (var reading : each.batch().readings()) {
                if (reading.rawWattHours() == IntervalReading.NO_DATA) {
                    continue; // it claims no time
                }
                var first = ofChannel.putIfAbsent(reading.interval().start(), each);
                if (first != null && !first.equals(each) && fault.isEmpty()) {
                    fault =
                            Optional.of(
                                    "%s speaks of %s, as line %d did"
                                            .formatted(
                                                    each.where(),
                                                    reading.interval().start(),
                                                    first.sent().line()));
                }
            }
            tried(INTERVAL_ONCE).with(fault);
        }
    }
}
