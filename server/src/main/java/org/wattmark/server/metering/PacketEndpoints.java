package org.wattmark.server.metering;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.SamplePacket;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Takes packets of Carbon Smart Meters in, and tells how far a device has come.
@RestController
class PacketEndpoints {

    private final PacketIntake intake;
    private final BondedDevices devices;
    private final KnownPackets known;

    PacketEndpoints(PacketIntake intake, BondedDevices devices, KnownPackets known) {
        this.intake = intake;
        this.devices = devices;
        this.known = known;
    }

    /// One packet of 116 bytes, or several one behind the other. The same packet gets the same
    /// receipt, however often it comes.
    @PostMapping(
            path = "/api/v1/devices/{id}/packets",
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<?> takeBytes(Actor actor, @PathVariable UUID id, @RequestBody byte[] body) {
        var device = sender(actor, id);
        return answer(intake.take(device, PacketIntake.cut(body)));
    }

    /// The same in JSON.
    @PostMapping(path = "/api/v1/devices/{id}/packets", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> take(Actor actor, @PathVariable UUID id, @RequestBody PacketsBody body) {
        var device = sender(actor, id);
        return answer(intake.take(device, body.toPackets()));
    }

    /// How far the packets of a device of yours have come.
    @GetMapping("/api/v1/devices/{id}/packet-progress")
    PacketProgressView progress(Actor actor, @PathVariable UUID id) {
        return PacketProgressView.of(known.progress(owned(actor, id).id()));
    }

    private Device sender(Actor actor, UUID id) {
        actor.require(Role.PROPONENT);
        return owned(actor, id);
    }

    private Device owned(Actor actor, UUID id) {
        return devices.find(new DeviceId(id), actor.organisation())
                .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                .device();
    }

    private static ResponseEntity<?> answer(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Packets(var view) ->
                    ResponseEntity.created(
                                    URI.create("/api/v1/devices/" + view.deviceId() + "/readings"))
                            .body(view);
            case Delivery.Refused(var problem) -> problem.answer();
            case Delivery.Early(var problem) -> problem.answer();
            case Delivery.Taken(var receipt) ->
                    throw new IllegalStateException("not packets: " + receipt);
        };
    }

    /// @param packets of 116 bytes each, in Base64
    record PacketsBody(List<String> packets) {

        PacketsBody {
            Fields.present("packets", packets).forEach(each -> Fields.present("a packet", each));
        }

        List<SamplePacket> toPackets() {
            if (packets.isEmpty()) {
                throw Fields.invalid("/packets", "there is none");
            }
            PacketIntake.requireNotTooMany(packets.size());
            var all = new ArrayList<SamplePacket>();
            for (int i = 0; i < packets.size(); i++) {
                var base64 = packets.get(i);
                all.add(
                        Fields.at(
                                "/packets/" + i,
                                () -> PacketIntake.packet(Base64.getDecoder().decode(base64))));
            }
            return all;
        }
    }

    /// What the next packet of a device is held against.
    ///
    /// @param last the packet that was taken last; absent before the first
    /// @param open the interval that is being measured; absent if nothing of it was
    /// @param carriedMilliwattSeconds left of complete intervals, below a watt-hour
    /// @param fractionMilliwattSeconds left below a milliwatt-second, exact, as a text
    /// @param receiptSequence the device's last entry of packets; absent before the first
    record PacketProgressView(
            @Nullable LastPacket last,
            @Nullable OpenInterval open,
            long carriedMilliwattSeconds,
            String fractionMilliwattSeconds,
            @Nullable Long receiptSequence) {

        /// @param watts exact, so a text: no number of JSON's readers has as many digits
        record LastPacket(Instant at, String sha256, String watts) {}

        record OpenInterval(Instant start, long milliwattSeconds) {}

        static PacketProgressView of(PacketProgress kept) {
            var progress = kept.progress();
            return new PacketProgressView(
                    progress.last()
                            .map(each ->
                                    new LastPacket(
                                            each.at(),
                                            each.hash().hex(),
                                            each.watts().toPlainString()))
                            .orElse(null),
                    progress.open()
                            .map(each -> new OpenInterval(each.start(), each.milliwattSeconds()))
                            .orElse(null),
                    progress.carried(),
                    progress.fraction().toPlainString(),
                    kept.receipt() < 0 ? null : kept.receipt());
        }
    }
}
