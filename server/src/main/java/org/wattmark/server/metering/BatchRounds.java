package org.wattmark.server.metering;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Inspection;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Intake;
import org.wattmark.server.problem.ProblemException;

/// The batches of one request, taken in rounds: each round has one batch of each device, the next
/// in its order.
///
/// A refusal by the sequencer is kept for ever, so a batch is handed to it only when all of the
/// device's batches before it are known to be there.
final class BatchRounds {

    private final BatchIntake intake;
    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final UUID owner;
    private final Instant receivedAt;
    private final Map<DeviceId, Long> lastSequences = new HashMap<>();

    /// @param owner whose devices' batches are taken; others are unknown
    BatchRounds(
            BatchIntake intake,
            Sequencer sequencer,
            BondedDevices devices,
            UUID owner,
            Instant receivedAt) {
        this.intake = intake;
        this.sequencer = sequencer;
        this.devices = devices;
        this.owner = owner;
        this.receivedAt = receivedAt;
    }

    /// A command that is on its way.
    private record Handed(int index, DeviceId device, long sequence, AcceptReadings command) {}

    /// What came of each, in their order.
    List<Delivery> take(List<SentBatch> sent) {
        var deliveries = new Delivery[sent.size()];
        var waiting = new ArrayList<Handed>();
        for (int i = 0; i < sent.size(); i++) {
            var inspected = inspect(i, sent.get(i));
            if (inspected instanceof Passed(var handed)) {
                waiting.add(handed);
            } else if (inspected instanceof Settled(var delivery)) {
                deliveries[i] = delivery;
            }
        }
        lastSequences.putAll(
                devices.lastSequences(
                        waiting.stream().map(Handed::device).collect(Collectors.toSet())));
        List<Handed> left = waiting;
        while (!left.isEmpty()) {
            left = round(left, deliveries);
        }
        return List.of(deliveries);
    }

    private sealed interface Looked {}

    private record Passed(Handed handed) implements Looked {}

    private record Settled(Delivery delivery) implements Looked {}

    private Looked inspect(int index, SentBatch sent) {
        var body = sent.body();
        if (sent.fault() != null || body == null || sent.device() == null) {
            return new Settled(new Delivery.Refused(Objects.requireNonNull(sent.fault())));
        }
        var device = ownedOrNull(sent.device());
        if (device == null) {
            return new Settled(
                    new Delivery.Refused(DeviceEndpoints.unknown(sent.device().value())));
        }
        try {
            var signed = body.toBatch(device.id(), device.intervalLength());
            return switch (Intake.inspect(signed, device, receivedAt)) {
                case Inspection.Refused refused ->
                        new Settled(new Delivery.Refused(BatchIntake.problem(refused)));
                case Inspected inspected ->
                        new Passed(
                                new Handed(
                                        index,
                                        device.id(),
                                        sent.sequence(),
                                        BatchIntake.command(device, signed, inspected)));
            };
        } catch (ProblemException e) {
            return new Settled(new Delivery.Refused(e.problem()));
        }
    }

    private @Nullable Device ownedOrNull(DeviceId id) {
        return intake.find(id)
                .map(BondedDevice::device)
                .filter(device -> device.owner().equals(owner))
                .orElse(null);
    }

    /// @return those whose device has a batch before them in this round
    private List<Handed> round(List<Handed> waiting, Delivery[] deliveries) {
        var now = new ArrayList<Handed>();
        var later = new ArrayList<Handed>();
        var busy = new HashSet<DeviceId>();
        for (var each : waiting) {
            long last = lastSequences.getOrDefault(each.device(), 0L);
            if (busy.contains(each.device())) {
                later.add(each);
            } else if (each.sequence() > last + 1) {
                deliveries[each.index()] = BatchIntake.early(last);
            } else {
                busy.add(each.device());
                now.add(each);
            }
        }
        // One visible line takes all of them in: as few commits as there is room for in each.
        var answers = sequencer.submitAll(owner, now.stream().map(Handed::command).toList());
        for (int i = now.size() - 1; i >= 0; i--) { // the last first: then the others are there
            var each = now.get(i);
            try {
                var answer = Sequencer.await(answers.get(i));
                deliveries[each.index()] = BatchIntake.delivery(answer);
                if (answer instanceof BatchAnswer.Taken) {
                    lastSequences.merge(each.device(), each.sequence(), Math::max);
                }
            } catch (Sequencer.Quarantined e) {
                deliveries[each.index()] = BatchIntake.quarantined();
            }
        }
        return later;
    }
}
