package org.wattmark.server.metering;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.Channel;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import tools.jackson.core.JacksonException;

/// Signed batches of many devices in one request, as a gateway or a head-end sends them.
@RestController
class BatchesEndpoint {

    /// In one request. With one reading each they are a fifth of a megabyte.
    static final int MOST_BATCHES = 1_000;

    private final BatchIntake intake;

    BatchesEndpoint(BatchIntake intake) {
        this.intake = intake;
    }

    /// Takes up to 1,000 batches of the caller's devices in. Each is taken or refused by itself;
    /// those of one device are decided in their order, and each is safe to send again.
    @PostMapping(
            path = "/api/v1/reading-batches",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = BatchesBody.class)))
    @ApiResponse(
            responseCode = "207",
            description = "What came of each batch, in the order of the request.",
            content = @Content(schema = @Schema(implementation = Outcomes.class)))
    ResponseEntity<?> accept(HttpServletRequest request, Actor actor) throws IOException {
        actor.require(Role.PROPONENT);
        var sent = read(request);
        var delivered = intake.takeAll(actor.organisation(), sent);
        var outcomes = new ArrayList<Outcome>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            outcomes.add(outcome(sent.get(i), delivered.get(i)));
        }
        return ResponseEntity.status(HttpStatus.MULTI_STATUS).body(new Outcomes(outcomes));
    }

    private static List<SentBatch> read(HttpServletRequest request) throws IOException {
        // The body is no longer than any body may be, so it is taken as a whole.
        var body = request.getInputStream().readAllBytes();
        try {
            return new BatchesReader(body, MOST_BATCHES).read();
        } catch (JacksonException e) {
            HttpInputMessage message = new ServletServerHttpRequest(request);
            throw new HttpMessageNotReadableException("the body is not JSON", e, message);
        }
    }

    private static Outcome outcome(SentBatch sent, Delivery delivery) {
        var device = sent.device() == null ? null : sent.device().value();
        return switch (delivery) {
            case Delivery.Taken(var receipt) ->
                    new Outcome(
                            device, sent.sequence(), Status.TAKEN, receipt, null, null, null, null);
            case Delivery.Packets(var view) ->
                    throw new AssertionError("a batch is no packets: " + view);
            case Delivery.Refused(var problem) -> refused(device, sent.sequence(), problem, false);
            case Delivery.Early(var problem) -> refused(device, sent.sequence(), problem, true);
        };
    }

    private static Outcome refused(
            @Nullable UUID device, long sequence, Problem problem, boolean early) {
        var place = problem.faults().isEmpty() ? null : problem.faults().getFirst().pointer();
        return new Outcome(
                device,
                sequence,
                Status.REFUSED,
                null,
                problem.code(),
                problem.detail(),
                place,
                early || problem.retryAfter() != null);
    }

    /// @param batches 1 to 1,000
    record BatchesBody(List<DeviceBatchBody> batches) {}

    /// A signed batch, and whose it is.
    ///
    /// @param sequence counts the device's batches from 1
    /// @param previous SHA-256 of the batch before this one, 64 zeros for the first
    /// @param signature of the batch's canonical bytes by the device's key, in Base64
    record DeviceBatchBody(
            UUID deviceId,
            Channel channel,
            long sequence,
            String previous,
            List<BatchBody.ReadingBody> readings,
            String signature) {}

    /// What came of a batch.
    enum Status {
        TAKEN,
        REFUSED
    }

    record Outcomes(List<Outcome> outcomes) {}

    /// @param deviceId absent if it could not be read
    /// @param taken the same as a batch that is sent alone is answered
    /// @param code why it was refused; stable
    /// @param message the same for a person
    /// @param pointer the place in the batch that is wrong, a JSON pointer
    /// @param retryable of a refused one: the same bytes may be taken later, when the batch before
    ///   them has come
    record Outcome(
            @Nullable UUID deviceId,
            long sequence,
            Status status,
            BatchAnswer.@Nullable Taken taken,
            @Nullable String code,
            @Nullable String message,
            @Nullable String pointer,
            @Nullable Boolean retryable) {}
}
