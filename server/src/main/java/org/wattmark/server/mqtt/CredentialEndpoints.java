package org.wattmark.server.mqtt;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Gives a device's owner what the device signs in to MQTT with, and takes it back.
@RestController
class CredentialEndpoints {

    private final BondedDevices devices;
    private final DeviceSecrets secrets;
    private final MeterFeed feed;

    CredentialEndpoints(BondedDevices devices, DeviceSecrets secrets, MeterFeed feed) {
        this.devices = devices;
        this.secrets = secrets;
        this.feed = feed;
    }

    /// Each call makes another secret, and the one before ends: asked twice, the last answer
    /// counts.
    @PostMapping("/api/v1/devices/{id}/mqtt-credentials")
    ResponseEntity<MqttCredentials> make(Actor actor, @PathVariable UUID id) {
        var device = owned(actor, id);
        var secret = secrets.make(device);
        feed.disconnect(device);
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(
                        new MqttCredentials(
                                device.toString(),
                                secret,
                                Topics.batchesOf(device),
                                Topics.packetsOf(device),
                                Topics.receiptsOf(device)));
    }

    /// Ends the secret by which a device of yours signs in at the broker.
    @DeleteMapping("/api/v1/devices/{id}/mqtt-credentials")
    ResponseEntity<Void> revoke(Actor actor, @PathVariable UUID id) {
        var device = owned(actor, id);
        secrets.revoke(device);
        feed.disconnect(device);
        return ResponseEntity.noContent().build();
    }

    private DeviceId owned(Actor actor, UUID id) {
        actor.require(Role.PROPONENT);
        return devices.find(new DeviceId(id), actor.organisation())
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "device_unknown",
                                        "You have no device with the id " + id)
                                .asException())
                .device()
                .id();
    }

    /// @param password shown here and never again
    record MqttCredentials(
            String username,
            String password,
            String batchesTopic,
            String packetsTopic,
            String receiptsTopic) {}
}
