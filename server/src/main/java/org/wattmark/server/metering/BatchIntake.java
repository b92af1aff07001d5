package org.wattmark.server.metering;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
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

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final JsonMapper json;
    private final InstantSource clock;

    /// @param json reads bodies as HTTP does
    public BatchIntake(
            Sequencer sequencer, BondedDevices devices, JsonMapper json, InstantSource clock) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.json = json;
        this.clock = clock;
    }

    /// Takes the body of a batch that came as bytes, from whoever is known to be the device.
    ///
    /// @throws Sequencer.Unavailable when it cannot be decided now: the same bytes may come again
    public Delivery take(DeviceId id, byte[] body) {
        var device = devices.find(id);
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

    /// The receipt as JSON, as HTTP writes it.
    public byte[] json(BatchAnswer.Taken receipt) {
        return json.writeValueAsBytes(receipt);
    }

    Delivery take(Device device, BatchBody body) {
        var signed = body.toBatch(device.id(), device.intervalLength());
        return switch (Intake.inspect(signed, device, clock.instant())) {
            case Inspection.Refused(var reason, var explanation) ->
                    new Delivery.Refused(problem(reason, explanation));
            case Inspected inspected -> take(device, signed, inspected);
        };
    }

    private Delivery take(Device device, SignedBatch signed, Inspected inspected) {
        // A gap closes when the missing batch comes, so it must not become this batch's answer.
        var progress = devices.progress(device.id());
        if (signed.batch().sequence() > progress.lastSequence() + 1) {
            return new Delivery.Early(
                    problem(
                            Admission.Reason.SEQUENCE_GAP,
                            "the last sequence was " + progress.lastSequence()));
        }
        var command =
                new AcceptReadings(device.owner(), inspected, Optional.of(signed.signature()));
        return switch (sequencer.apply(command)) {
            case BatchAnswer.Taken taken -> new Delivery.Taken(taken);
            case BatchAnswer.Refused(var reason, var explanation) ->
                    new Delivery.Refused(problem(reason, explanation));
        };
    }

    private static Problem problem(Inspection.Reason reason, String explanation) {
        var pointer = reason == Inspection.Reason.SIGNATURE_INVALID ? "/signature" : "/readings";
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        reason.name().toLowerCase(Locale.ROOT),
                        "The batch is not taken: " + explanation + ".")
                .at(pointer, explanation);
    }

    private static Problem problem(Admission.Reason reason, String explanation) {
        var pointer =
                switch (reason) {
                    case REPLAYED, SEQUENCE_USED, SEQUENCE_GAP -> "/sequence";
                    case PREVIOUS_HASH_DIFFERS -> "/previous";
                    case OVERLAPS_STORED -> "/readings";
                };
        return Problem.of(
                        HttpStatus.CONFLICT,
                        reason.name().toLowerCase(Locale.ROOT),
                        "The batch is not taken: " + explanation + ".")
                .at(pointer, explanation);
    }
}
