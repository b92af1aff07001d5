package org.wattmark.server.metering;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Period;

/// Takes signed batches in, and shows owners what their devices sent and what was found in it.
@RestController
class ReadingEndpoints {

    /// A leap year of quarter hours.
    private static final int LARGEST_PAGE_OF_READINGS = 366 * 96;

    private static final int LARGEST_PAGE = 1_000;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final BatchIntake intake;
    private final BondedDevices devices;
    private final JdbcReadings readings;
    private final Findings findings;

    ReadingEndpoints(
            BatchIntake intake, BondedDevices devices, JdbcReadings readings, Findings findings) {
        this.intake = intake;
        this.devices = devices;
        this.readings = readings;
        this.findings = findings;
    }

    /// The same batch sent twice is one command, and is told the same.
    @PostMapping("/api/v1/devices/{id}/reading-batches")
    ResponseEntity<?> accept(Actor actor, @PathVariable UUID id, @RequestBody BatchBody body) {
        actor.require(Role.PROPONENT);
        return switch (intake.take(owned(actor, intake.find(new DeviceId(id)), id), body)) {
            case Delivery.Taken(var receipt) ->
                    ResponseEntity.created(
                                    URI.create(
                                            "/api/v1/devices/" + receipt.deviceId() + "/readings"))
                            .body(receipt);
            case Delivery.Packets(var view) ->
                    throw new IllegalStateException("not a batch: " + view);
            case Delivery.Refused(var problem) -> problem.answer();
            case Delivery.Early(var problem) -> problem.answer();
        };
    }

    private Device owned(Actor actor, UUID id) {
        return owned(actor, devices.find(new DeviceId(id)), id);
    }

    /// Nobody learns of the devices of others that they exist.
    private static Device owned(Actor actor, Optional<BondedDevice> found, UUID id) {
        return found.filter(it -> it.device().owner().equals(actor.organisation()))
                .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                .device();
    }

    /// The metered intervals of a device of yours, in the order of time.
    ///
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
        var page = Page.Request.of(cursor, limit, LARGEST_PAGE_OF_READINGS);
        var start = page.after(from == null ? EARLIEST : from, Instant::parse);
        var end = to == null ? LATEST : to;
        var period = Fields.at("?from", () -> new Period(start, end));
        var rows = readings.page(device.id(), channel, period, page.fetch());
        // The cursor is just past the last row's start, so that the next page begins after it.
        return page.over(rows, row -> row.start().plusSeconds(1).toString());
    }

    /// What the checks found in the readings of a device of yours.
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
