package org.wattmark.server.metering;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Admission;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Inspection;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Intake;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Takes signed batches in, whichever way they came: the same bytes get the same receipt or the
/// same problem.
public final class BatchIntake {

    private static final int MOST_KNOWN = 50_000;
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private static final Problem QUARANTINED =
            Problem.of(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "internal_error",
                    "Something is wrong on our side; nothing of this batch was taken.");

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final PacketIntake packets;
    private final JsonMapper json;
    private final InstantSource clock;

    /// A device never changes once it is bonded, so what is known of it stands; it goes soon, to
    /// bound what a change behind our back could do.
    private final Cache<DeviceId, BondedDevice> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).expireAfterWrite(KNOWN_FOR).build();

    /// @param json reads bodies as HTTP does
    public BatchIntake(
            Sequencer sequencer,
            BondedDevices devices,
            PacketIntake packets,
            JsonMapper json,
            InstantSource clock) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.packets = packets;
        this.json = json;
        this.clock = clock;
    }

    /// Takes in what devices send that send packets.
    public PacketIntake packets() {
        return packets;
    }

    /// Takes the body of a batch that came as bytes, from whoever is known to be the device.
    ///
    /// @throws Sequencer.Unavailable when it cannot be decided now: the same bytes may come again
    public Delivery take(DeviceId id, byte[] body) {
        var device = find(id);
        if (device.isEmpty()) {
            return new Delivery.Refused(DeviceEndpoints.unknown(id.value()));
        }
        try {
            @Nullable BatchBody read = json.readValue(body, BatchBody.class);
            return read == null // the JSON text `null`
                    ? new Delivery.Refused(Problem.ofUnreadable(null))
                    : take(device.get().device(), read);
        } catch (JacksonException e) {
            return new Delivery.Refused(Problem.ofUnreadable(e));
        } catch (ProblemException e) {
            return new Delivery.Refused(e.problem());
        }
    }

    /// The device, without a question to the database if it is well known.
    Optional<BondedDevice> find(DeviceId id) {
        var remembered = known.getIfPresent(id);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        var found = devices.find(id);
        found.ifPresent(it -> known.put(id, it));
        return found;
    }

    /// Takes many batches of an owner's devices in, and says of each what came of it. As many as
    /// belong to different devices share a commit; a device's second batch waits for its first,
    /// since what came of that decides whether the second is early.
    ///
    /// @throws Sequencer.Unavailable when some cannot be decided now: all of them may come again
    List<Delivery> takeAll(UUID owner, List<SentBatch> sent) {
        return new BatchRounds(this, sequencer, devices, owner, clock.instant()).take(sent);
    }

    /// The receipt as JSON, as HTTP writes it.
    public byte[] json(BatchAnswer.Taken receipt) {
        return json.writeValueAsBytes(receipt);
    }

    Delivery take(Device device, BatchBody body) {
        var signed = body.toBatch(device.id(), device.intervalLength());
        return switch (Intake.inspect(signed, device, clock.instant())) {
            case Inspection.Refused refused -> new Delivery.Refused(problem(refused));
            case Inspected inspected -> take(device, signed, inspected);
        };
    }

    private Delivery take(Device device, SignedBatch signed, Inspected inspected) {
        // A gap closes when the missing batch comes, so it must not become this batch's answer.
        long last = devices.lastSequences(List.of(device.id())).getOrDefault(device.id(), 0L);
        if (signed.batch().sequence() > last + 1) {
            return early(last);
        }
        return delivery(sequencer.apply(command(device, signed, inspected)));
    }

    static AcceptReadings command(Device device, SignedBatch signed, Inspected inspected) {
        return new AcceptReadings(device.owner(), inspected, Optional.of(signed.signature()));
    }

    static Delivery early(long lastSequence) {
        return new Delivery.Early(
                problem(Admission.Reason.SEQUENCE_GAP, "the last sequence was " + lastSequence));
    }

    /// What a decision means to who sent the batch.
    static Delivery delivery(BatchAnswer answer) {
        return switch (answer) {
            case BatchAnswer.Taken taken -> new Delivery.Taken(taken);
            case BatchAnswer.Refused(var reason, var explanation) ->
                    new Delivery.Refused(problem(reason, explanation));
        };
    }

    static Delivery quarantined() {
        return new Delivery.Refused(QUARANTINED);
    }

    static Problem problem(Inspection.Refused refused) {
        return problem(refused.reason(), refused.explanation());
    }

    private static Problem problem(Inspection.Reason reason, String explanation) {
        var pointer = reason == Inspection.Reason.SIGNATURE_INVALID ? "/signature" : "/readings";
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        reason,
                        "The batch is not taken: " + explanation + ".")
                .at(pointer, explanation);
    }

    private static Problem problem(Admission.Reason reason, String explanation) {
        var pointer =
                switch (reason) {
                    case REPLAYED, SEQUENCE_USED, SEQUENCE_GAP -> "/sequence";
                    case PREVIOUS_HASH_DIFFERS -> "/previous";
                    case OVERLAPS_STORED, IMPORT_STANDS_FOR_ANOTHER -> "/readings";
                };
        return Problem.of(
                        HttpStatus.CONFLICT, reason, "The batch is not taken: " + explanation + ".")
                .at(pointer, explanation);
    }
}
