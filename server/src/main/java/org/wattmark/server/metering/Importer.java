package org.wattmark.server.metering;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Admission;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceProgress;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Inspection;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Intake;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.server.metering.BatchAnswer.Found;
import org.wattmark.units.Energy;
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

    /// What an import would do.
    ///
    /// @param accepted readings that would be stored
    /// @param rejected readings that the checks would drop; `findings` say why
    record Tried(
            int accepted,
            int rejected,
            long energyWattHours,
            List<Found> findings,
            int known,
            List<Instant> contradicting,
            List<Instant> future) {}

    /// Readings of a file by what can become of them.
    private record Sorted(
            DeviceProgress progress,
            List<IntervalReading> fresh,
            List<IntervalReading> known,
            List<Instant> future) {}

    /// @param all in the order of time, aligned and as long as the device's intervals
    /// @param id of the import
    /// @param file SHA-256 of it
    Imported take(UUID id, Sha256 file, Device device, Channel channel, List<IntervalReading> all) {
        var sorted = sorted(device, channel, all);
        var batches = new ArrayList<BatchAnswer.Taken>();
        var stoppedBy =
                send(
                        id,
                        file,
                        device,
                        channel,
                        sorted.progress().lastSequence(),
                        sorted.progress().lastBatch(),
                        sorted.fresh(),
                        batches);
        return new Imported(
                batches,
                sorted.known().size(),
                contradicting(device, channel, sorted.known()),
                sorted.future(),
                stoppedBy);
    }

    /// Does all of an import but the storing. Batches are inspected as they would be cut, so the
    /// numbers are those of an import at this moment.
    Tried tryOut(Device device, Channel channel, List<IntervalReading> all) {
        var sorted = sorted(device, channel, all);
        int accepted = 0;
        var energy = Energy.ZERO;
        var findings = new ArrayList<Found>();
        for (var run : ReadingBatch.runs(sorted.fresh())) {
            var inspected =
                    inspected(device, new ReadingBatch(device.id(), channel, 1, Sha256.NONE, run));
            accepted += inspected.accepted().size();
            energy = energy.plus(BatchReceived.energyOf(inspected.accepted()));
            inspected.findings().stream()
                    .filter(finding -> finding.outcome() != Outcome.INFO)
                    .map(Found::of)
                    .forEach(findings::add);
        }
        return new Tried(
                accepted,
                sorted.fresh().size() - accepted,
                energy.wattHours(),
                findings,
                sorted.known().size(),
                contradicting(device, channel, sorted.known()),
                sorted.future());
    }

    private Sorted sorted(Device device, Channel channel, List<IntervalReading> all) {
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
        return new Sorted(progress, fresh, known, future);
    }

    private Inspected inspected(Device device, ReadingBatch batch) {
        return switch (Intake.inspectUnsigned(batch, device, clock.instant())) {
            case Inspected inspected -> inspected;
            case Inspection.Refused refused ->
                    throw new IllegalStateException("the file's reader let pass " + refused);
        };
    }

    private Optional<Admission.Reason> send(
            UUID id,
            Sha256 file,
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
            var inspected = inspected(device, batch);
            var command = new AcceptImport(device.owner(), id, file, inspected);
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
