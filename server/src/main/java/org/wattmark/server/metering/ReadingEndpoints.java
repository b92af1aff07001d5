package org.wattmark.server.metering;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Admission;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Inspection;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Intake;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Period;

/// Takes signed batches in, and shows owners what their devices sent and what was found in it.
@RestController
class ReadingEndpoints {

    /// Ten days of quarter hours.
    private static final int LARGEST_PAGE = 1_000;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final JdbcReadings readings;
    private final Findings findings;
    private final InstantSource clock;

    ReadingEndpoints(
            Sequencer sequencer,
            BondedDevices devices,
            JdbcReadings readings,
            Findings findings,
            InstantSource clock) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.readings = readings;
        this.findings = findings;
        this.clock = clock;
    }

    /// The same batch sent twice is one command, and is told the same.
    @PostMapping("/api/v1/devices/{id}/reading-batches")
    ResponseEntity<?> accept(Actor actor, @PathVariable UUID id, @RequestBody BatchBody body) {
        actor.require(Role.PROPONENT);
        var device = owned(actor, id);
        var signed = body.toBatch(device.id(), device.intervalLength());
        return switch (Intake.inspect(signed, device, clock.instant())) {
            case Inspection.Refused(var reason, var explanation) -> problem(reason, explanation);
            case Inspected inspected -> accept(actor, signed, inspected);
        };
    }

    private ResponseEntity<?> accept(Actor actor, SignedBatch signed, Inspected inspected) {
        // A gap closes when the missing batch comes, so it must not become this batch's answer.
        var progress = devices.progress(signed.batch().device());
        if (signed.batch().sequence() > progress.lastSequence() + 1) {
            return problem(
                    Admission.Reason.SEQUENCE_GAP,
                    "the last sequence was " + progress.lastSequence());
        }
        var command =
                new AcceptReadings(
                        actor.organisation(), inspected, Optional.of(signed.signature()));
        return switch (sequencer.apply(command)) {
            case BatchAnswer.Taken taken ->
                    ResponseEntity.created(
                                    URI.create("/api/v1/devices/" + taken.deviceId() + "/readings"))
                            .body(taken);
            case BatchAnswer.Refused(var reason, var explanation) -> problem(reason, explanation);
        };
    }

    private Device owned(Actor actor, UUID id) {
        return devices.find(new DeviceId(id), actor.organisation())
                .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                .device();
    }

    static ResponseEntity<?> problem(Inspection.Reason reason, String explanation) {
        var pointer = reason == Inspection.Reason.SIGNATURE_INVALID ? "/signature" : "/readings";
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        reason.name().toLowerCase(Locale.ROOT),
                        "The batch is not taken: " + explanation + ".")
                .at(pointer, explanation)
                .answer();
    }

    static ResponseEntity<?> problem(Admission.Reason reason, String explanation) {
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
                .at(pointer, explanation)
                .answer();
    }

    /// @param from of the first interval's start
    /// @param to before which intervals start
    @GetMapping("/api/v1/devices/{id}/readings")
    Page<JdbcReadings.Metered> readings(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "GENERATION") Channel channel,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        var device = owned(actor, id);
        var page = Page.Request.of(cursor, limit, LARGEST_PAGE);
        var start = page.after(from == null ? EARLIEST : from, Instant::parse);
        var end = to == null ? LATEST : to;
        var period = Fields.at("?from", () -> new Period(start, end));
        var rows = readings.page(device.id(), channel, period, page.fetch());
        // The cursor is just past the last row's start, so that the next page begins after it.
        return page.over(rows, row -> row.start().plusSeconds(1).toString());
    }

    @GetMapping("/api/v1/devices/{id}/findings")
    Page<Findings.Kept> findings(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        var device = owned(actor, id);
        var page = Page.Request.of(cursor, limit, LARGEST_PAGE);
        var after = page.after(Findings.Place.START, Findings.Place::parse);
        var rows = findings.after(device.id(), after, page.fetch());
        return page.over(rows, row -> row.place().toString());
    }
}
