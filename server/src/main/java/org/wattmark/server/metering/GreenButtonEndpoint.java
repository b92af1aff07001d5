package org.wattmark.server.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.GreenButtonWriter;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Period;

/// Gives an owner the readings of a device as a Green Button file, for any program that reads one.
@RestController
class GreenButtonEndpoint {

    /// A year and a leap day of quarter hours is a file of about 8 MB.
    private static final Duration LONGEST = Duration.ofDays(366);

    private final BondedDevices devices;
    private final JdbcReadings readings;

    GreenButtonEndpoint(BondedDevices devices, JdbcReadings readings) {
        this.devices = devices;
        this.readings = readings;
    }

    /// The accepted readings of one channel whose interval lies in the period, at most 366 days.
    ///
    /// @param from the first instant of the period
    /// @param to the first instant after it
    @GetMapping(path = "/api/v1/devices/{id}/green-button", produces = ImportFiles.ATOM)
    ResponseEntity<byte[]> greenButton(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(defaultValue = "GENERATION") Channel channel) {
        var device =
                devices.find(new DeviceId(id), actor.organisation())
                        .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                        .device();
        var period = Fields.at("?from", () -> new Period(from, to));
        if (period.length().compareTo(LONGEST) > 0) {
            throw Fields.invalid("?to", "a file holds at most " + LONGEST.toDays() + " days");
        }
        var feed =
                GreenButtonWriter.feedOf(
                        device, channel, readings.in(device.id(), channel, period));
        // Made of the request and of what is stored, so that asking again gives the same bytes.
        return ResponseEntity.ok(GreenButtonWriter.write(feed, to));
    }
}
