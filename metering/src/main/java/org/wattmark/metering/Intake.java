package org.wattmark.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.wattmark.metering.Admission.Admitted;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Inspection.Reason;
import org.wattmark.metering.Inspection.Refused;
import org.wattmark.units.Period;

/// Takes readings in, in two steps. [#inspect] does the heavy work on the batch alone and may run
/// on many threads; [#admit] holds its result against the device's progress, is quick, and is
/// called in the one order that counts.
public final class Intake {

    /// How far a meter's clock may run ahead of ours.
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private Intake() {}

    /// Inspects a batch of a bonded device.
    public static Inspection inspect(SignedBatch signed, Device device, Instant receivedAt) {
        var batch = signed.batch();
        var bytes = batch.canonicalBytes();
        if (batch.device().equals(device.id()) && device.makerId().isPresent()) {
            return new Refused(Reason.ANOTHER_PROTOCOL, "the device sends packets, not batches");
        }
        if (batch.device().equals(device.id())
                && !device.key().verifies(bytes, signed.signature())) {
            return new Refused(Reason.SIGNATURE_INVALID, "not signed by " + device.key());
        }
        return inspect(batch, device, receivedAt);
    }

    /// Inspects a batch that something else than a signature vouches for: an authenticated feed or
    /// a file, so tier T1 at most.
    public static Inspection inspectUnsigned(
            ReadingBatch batch, Device device, Instant receivedAt) {
        return inspect(batch, device, receivedAt);
    }

    private static Inspection inspect(ReadingBatch batch, Device device, Instant receivedAt) {
        var misformed = misformed(batch, device, receivedAt);
        if (misformed.isPresent()) {
            return misformed.get();
        }
        var judged = Plausibility.judge(device, batch.channel(), batch.readings());
        return new Inspected(
                batch, batch.sha256(), stated(batch), judged.plausible(), judged.findings());
    }

    private static Coverage stated(ReadingBatch batch) {
        return Coverage.of(
                batch.readings().stream()
                        .filter(reading -> reading.rawWattHours() != IntervalReading.NO_DATA)
                        .map(IntervalReading::interval)
                        .toList());
    }

    private static Optional<Refused> misformed(
            ReadingBatch batch, Device device, Instant receivedAt) {
        if (!batch.device().equals(device.id())) {
            return refused(Reason.ANOTHER_DEVICE, batch.device() + " is not " + device.id());
        }
        for (var reading : batch.readings()) {
            if (!reading.interval().length().equals(device.intervalLength())) {
                return refused(
                        Reason.INTERVAL_LENGTH_DIFFERS,
                        reading.interval() + " is not " + device.intervalLength() + " long");
            }
        }
        for (var reading : batch.readings()) {
            if (!isAligned(reading.interval().start(), device.intervalLength())) {
                return refused(
                        Reason.INTERVAL_NOT_ALIGNED,
                        reading.interval()
                                + " starts beside the grid of "
                                + device.intervalLength());
            }
        }
        return disordered(batch.readings())
                .or(() -> inTheFuture(batch.readings().getLast().interval(), receivedAt));
    }

    /// Intervals start at whole multiples of their length since 1970 in UTC.
    static boolean isAligned(Instant start, Duration length) {
        return start.getNano() == 0
                && Math.floorMod(start.getEpochSecond(), length.toSeconds()) == 0;
    }

    private static Optional<Refused> disordered(List<IntervalReading> readings) {
        for (int i = 1; i < readings.size(); i++) {
            var before = readings.get(i - 1).interval();
            var after = readings.get(i).interval();
            if (after.start().isBefore(before.start())) {
                return refused(Reason.READINGS_OUT_OF_ORDER, after + " follows " + before);
            }
        }
        for (int i = 1; i < readings.size(); i++) {
            var before = readings.get(i - 1).interval();
            var after = readings.get(i).interval();
            if (after.overlaps(before)) {
                return refused(Reason.READINGS_OVERLAP, after + " overlaps " + before);
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> inTheFuture(Period latest, Instant receivedAt) {
        return latest.end().isAfter(receivedAt.plus(CLOCK_TOLERANCE))
                ? refused(Reason.IN_THE_FUTURE, latest + " was received at " + receivedAt)
                : Optional.empty();
    }

    private static Optional<Refused> refused(Reason reason, String explanation) {
        return Optional.of(new Refused(reason, explanation));
    }

    /// Decides on values whether an inspected batch is the device's next.
    public static Admission admit(Inspected inspected, DeviceProgress progress) {
        var batch = inspected.batch();
        if (batch.sequence() <= progress.lastSequence()) {
            return refused(
                    inspected.hash().equals(progress.lastBatch())
                            ? Admission.Reason.REPLAYED
                            : Admission.Reason.SEQUENCE_USED,
                    "the last sequence was " + progress.lastSequence());
        }
        if (batch.sequence() > progress.lastSequence() + 1) {
            return refused(
                    Admission.Reason.SEQUENCE_GAP,
                    "the last sequence was " + progress.lastSequence());
        }
        if (!batch.previous().equals(progress.lastBatch())) {
            return refused(
                    Admission.Reason.PREVIOUS_HASH_DIFFERS,
                    "the last batch was " + progress.lastBatch());
        }
        var overlap =
                inspected.stated().ranges().stream()
                        .filter(progress.stated(batch.channel())::overlaps)
                        .findFirst();
        if (overlap.isPresent()) {
            return refused(
                    Admission.Reason.OVERLAPS_STORED,
                    "some of " + overlap.get() + " has been stated before");
        }
        return new Admitted(
                progress.after(batch, inspected.hash(), inspected.stated()),
                batch,
                inspected.hash(),
                inspected.accepted(),
                withLate(inspected, progress.closed(batch.channel())));
    }

    private static Admission refused(Admission.Reason reason, String explanation) {
        return new Admission.Refused(reason, explanation);
    }

    /// Late energy is stored, and no claim can take it.
    private static List<Finding> withLate(Inspected inspected, Coverage closed) {
        if (!closed.overlaps(inspected.stated())) {
            return inspected.findings();
        }
        var findings = new ArrayList<>(inspected.findings());
        for (var reading : inspected.accepted()) {
            if (closed.overlaps(reading.interval())) {
                var inputs = new LinkedHashMap<String, String>();
                inputs.put("energy", reading.rawWattHours() + " Wh");
                findings.add(
                        new Finding(
                                Rule.LATE,
                                inputs,
                                "the period is closed",
                                Outcome.INFO,
                                reading.interval()));
            }
        }
        return findings.stream().sorted().toList();
    }

    /// Civil days that are too good for the device's mounting, judged on stored readings: whoever
    /// spreads a day over several batches is found here, before the energy is claimed.
    public static List<Finding> days(
            Device device, Channel channel, List<IntervalReading> readings) {
        return Plausibility.days(device, channel, readings);
    }
}
