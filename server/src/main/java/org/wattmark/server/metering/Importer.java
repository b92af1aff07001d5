package org.wattmark.server.metering;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Admission;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.Inspection;
import org.wattmark.metering.Intake;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.server.metering.BatchAnswer.Found;
import org.wattmark.units.Period;

/// Takes in readings that no device signed, such as a file's, as batches made here.
///
/// It is atomic per batch and resumable: a batch is stored wholly or not at all, and whoever sends
/// the same readings again, after whatever broke off, has nothing stored twice.
final class Importer {

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final JdbcReadings readings;
    private final InstantSource clock;

    Importer(
            Sequencer sequencer,
            BondedDevices devices,
            JdbcReadings readings,
            InstantSource clock) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.readings = readings;
        this.clock = clock;
    }

    /// What came of an import.
    ///
    /// @param batches that were taken in, in their order
    /// @param known readings whose interval has been spoken of before
    /// @param contradicting those of the known that say another number than what is stored
    /// @param future intervals that are not over
    /// @param stoppedBy why the rest was not taken in; empty if all was
    record Imported(
            List<BatchAnswer.Taken> batches,
            int known,
            List<Instant> contradicting,
            List<Instant> future,
            Optional<Admission.Reason> stoppedBy) {

        int accepted() {
            return batches.stream().mapToInt(BatchAnswer.Taken::accepted).sum();
        }

        int rejected() {
            return batches.stream().mapToInt(BatchAnswer.Taken::rejected).sum();
        }

        List<Found> findings() {
            return batches.stream().flatMap(each -> each.findings().stream()).toList();
        }

        int moreFindings() {
            return batches.stream().mapToInt(BatchAnswer.Taken::moreFindings).sum();
        }
    }

    /// @param all in the order of time, aligned and as long as the device's intervals
    Imported take(Device device, Channel channel, List<IntervalReading> all) {
        var progress = devices.progress(device.id());
        var stated = progress.stated(channel);
        var latest = clock.instant().plus(Intake.CLOCK_TOLERANCE);
        var fresh = new ArrayList<IntervalReading>();
        var known = new ArrayList<IntervalReading>();
        var future = new ArrayList<Instant>();
        for (var reading : all) {
            if (reading.interval().end().isAfter(latest)) {
                future.add(reading.interval().start());
            } else if (stated.overlaps(reading.interval())) {
                known.add(reading);
            } else {
                fresh.add(reading);
            }
        }
        var batches = new ArrayList<BatchAnswer.Taken>();
        var stoppedBy =
                send(
                        device,
                        channel,
                        progress.lastSequence(),
                        progress.lastBatch(),
                        fresh,
                        batches);
        return new Imported(
                batches, known.size(), contradicting(device, channel, known), future, stoppedBy);
    }

    private Optional<Admission.Reason> send(
            Device device,
            Channel channel,
            long lastSequence,
            Sha256 lastBatch,
            List<IntervalReading> fresh,
            List<BatchAnswer.Taken> taken) {
        long sequence = lastSequence;
        var previous = lastBatch;
        for (var run : ReadingBatch.runs(fresh)) {
            sequence++;
            var batch = new ReadingBatch(device.id(), channel, sequence, previous, run);
            var inspection = Intake.inspectUnsigned(batch, device, clock.instant());
            if (!(inspection instanceof Inspection.Inspected inspected)) {
                throw new IllegalStateException("the file's reader let pass " + inspection);
            }
            var command = new AcceptReadings(device.owner(), inspected, Optional.empty());
            switch (sequencer.apply(command)) {
                case BatchAnswer.Taken each -> taken.add(each);
                case BatchAnswer.Refused(var reason, var _) -> {
                    return Optional.of(reason); // another batch of the device came in between
                }
            }
            previous = inspected.hash();
        }
        return Optional.empty();
    }

    private List<Instant> contradicting(
            Device device, Channel channel, List<IntervalReading> known) {
        if (known.isEmpty()) {
            return List.of();
        }
        var span =
                new Period(known.getFirst().interval().start(), known.getLast().interval().end());
        var stored = new HashMap<Instant, Long>();
        for (var reading : readings.in(device.id(), channel, span)) {
            stored.put(reading.interval().start(), reading.rawWattHours());
        }
        return known.stream()
                .filter(reading -> {
                    var before = stored.get(reading.interval().start());
                    return before != null && before != reading.rawWattHours();
                })
                .map(reading -> reading.interval().start())
                .toList();
    }
}
