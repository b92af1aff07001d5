package org.wattmark.server.conformance;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.SamplePacket;
import org.wattmark.server.client.Answer;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.conformance.ServerTrial.Expectation;
import org.wattmark.server.metering.BondJson;

/// What a device meets that sends packets: from its maker's deposit to samples that cannot be.
final class PacketTrial {

    private static final Instant NOON = Instant.parse("2025-07-06T12:00:00Z");

    /// After everything that is taken.
    private static final Instant EVENING = Instant.parse("2025-07-06T18:00:00Z");

    private final RemoteServer server;
    private final DeviceSigner signer;
    private final Expectation expect;
    private final MakerId maker = newMaker();

    /// @param signer with a key that no other device has
    PacketTrial(RemoteServer server, DeviceSigner signer, Expectation expect) {
        this.server = server;
        this.signer = signer;
        this.expect = expect;
    }

    private static MakerId newMaker() {
        var id = new byte[MakerId.BYTES];
        new SecureRandom().nextBytes(id);
        return MakerId.of(id);
    }

    /// @param signsBatches a device that is bonded for batches
    /// @return why nothing could be tried; empty if it was
    Optional<String> run(DeviceId signsBatches) throws InterruptedException {
        var deposited = deposit();
        if (deposited.status() == 403) {
            return Optional.of("who signs in is no device maker: " + deposited.explanation());
        }
        var qr = deposited.json().at("/secrets/0/text").asString("");
        expect.of(
                ServerRule.PACKET_DEPOSITED,
                deposited,
                "201 with the text of a code",
                each -> each.status() == 201 && qr.startsWith("WATTMARK1:"));
        var bonded = bond(qr);
        var id = bonded.json().path("device_id").asString("");
        expect.of(
                ServerRule.PACKET_BONDED,
                bonded,
                "201 with the device's id",
                each -> each.status() == 201 && !id.isEmpty());
        if (!id.isEmpty()) {
            var path = path(id);
            taken(path);
            refused(path);
            expect.refusal(
                    ServerRule.PACKET_PROTOCOL,
                    send(path(signsBatches.toString()), sample(EVENING, 300, 10)),
                    "422 another_protocol");
        }
        return Optional.empty();
    }

    private static String path(String device) {
        return "/api/v1/devices/" + device + "/packets";
    }

    private Answer deposit() throws InterruptedException {
        var device =
                Map.of(
                        "device",
                        maker.hex(),
                        "key",
                        signer.key().hex(),
                        "model",
                        "conformance kit",
                        "serial",
                        "1");
        return server.post("/api/v1/maker-devices", Map.of("devices", List.of(device)));
    }

    private Answer bond(String qr) throws InterruptedException {
        var device =
                PlayedDevice.bonded(new UUID(0, 0), new UUID(0, 0), signer, Duration.ofMinutes(15));
        return server.post("/api/v1/packet-devices", BondJson.packets(qr, device));
    }

    private SamplePacket sample(Instant at, float volts, float amperes) {
        return signer.sign(maker, volts, amperes, volts / amperes, at.getEpochSecond());
    }

    private Answer send(String path, SamplePacket packet) throws InterruptedException {
        return send(path, packet.toByteArray());
    }

    private Answer send(String path, byte[] packet) throws InterruptedException {
        var base64 = Base64.getEncoder().encodeToString(packet);
        return server.post(path, Map.of("packets", List.of(base64)));
    }

    /// What the first packet of an answer adds; −1 where none was taken.
    private static long energy(Answer answer) {
        var packet = answer.json().at("/packets/0");
        return answer.status() == 201 && !packet.at("/receipt/leaf_hash").asString("").isEmpty()
                ? packet.path("milliwatt_seconds").asLong(-1)
                : -1;
    }

    private void taken(String path) throws InterruptedException {
        var first = sample(NOON, 300, 10);
        var answer = send(path, first);
        expect.of(
                ServerRule.PACKET_ACCEPTED,
                answer,
                "201 with a receipt, and no energy before it",
                each -> energy(each) == 0);
        expect.of(
                ServerRule.PACKET_SAME,
                send(path, first),
                "201 with the same bytes as the first answer",
                each -> energy(each) == 0 && each.body().equals(answer.body()));
        expect.of(
                ServerRule.PACKET_ENERGY,
                send(path, sample(NOON.plusSeconds(30), 290, 10)),
                "201 and 2,900 W × 30 s = 87,000,000 mW·s",
                each -> energy(each) == 87_000_000);
        expect.refusal(
                ServerRule.PACKET_CONFLICT,
                send(path, sample(NOON.plusSeconds(30), 310, 10)),
                "409 packet_conflicts");
        expect.refusal(
                ServerRule.PACKET_OLDER,
                send(path, sample(NOON.plusSeconds(10), 300, 10)),
                "409 older_than_last");
        expect.of(
                ServerRule.PACKET_GAP,
                send(path, sample(NOON.plusSeconds(91), 300, 10)),
                "201 and 0 mW·s after 61 s",
                each -> energy(each) == 0);
        expect.of(
                ServerRule.PACKET_OPEN,
                send(path, sample(NOON.plusSeconds(100), 340, 0)),
                "201 and 0 mW·s",
                each -> energy(each) == 0);
    }

    private void refused(String path) throws InterruptedException {
        refused(path, ServerRule.PACKET_NAN, sample(EVENING, Float.NaN, 10), "not_a_number");
        refused(
                path,
                ServerRule.PACKET_INFINITE,
                sample(EVENING, 300, Float.POSITIVE_INFINITY),
                "infinite");
        refused(path, ServerRule.PACKET_NEGATIVE, sample(EVENING, 300, -10), "negative");
        refused(path, ServerRule.PACKET_POWER, sample(EVENING, 300, 31), "above_the_panel");
        refused(
                path,
                ServerRule.PACKET_FUTURE,
                sample(Instant.parse("2199-01-01T00:00:00Z"), 300, 10),
                "in_the_future");
        refused(
                path,
                ServerRule.PACKET_YEARS,
                sample(Instant.parse("1999-12-31T23:59:59Z"), 300, 10),
                "time_out_of_range");
        long second = EVENING.getEpochSecond();
        refused(
                path,
                ServerRule.PACKET_SIGNATURE,
                DeviceSigner.withNewKey().sign(maker, 300, 10, 30, second),
                "signature_invalid");
        refused(
                path,
                ServerRule.PACKET_DEVICE,
                signer.sign(newMaker(), 300, 10, 30, second),
                "another_device");
        var whole = sample(EVENING, 300, 10).toByteArray();
        expect.refusal(
                ServerRule.PACKET_LENGTH,
                send(path, Arrays.copyOf(whole, SamplePacket.BYTES - 1)),
                "400 invalid_value");
    }

    private void refused(String path, ServerRule rule, SamplePacket packet, String code)
            throws InterruptedException {
        expect.refusal(rule, send(path, packet), "422 " + code);
    }
}
