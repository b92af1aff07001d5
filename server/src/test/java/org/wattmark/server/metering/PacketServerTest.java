package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.SamplePacket;
import org.wattmark.server.security.Role;

/// What tests of packets have in common: a maker who deposits a device, an owner who bonds it, and
/// packets of it at noon in Golden.
public abstract class PacketServerTest extends MeterServerTest {

    /// 12:00 there, in the summer.
    protected static final long NOON = Instant.parse("2025-07-01T19:00:00Z").getEpochSecond();

    /// A device as its maker knows it.
    public record Shipped(MakerId maker, DeviceSigner signer, String qr) {

        public SamplePacket packet(long secondsAfterNoon, float volts, float amperes) {
            return signer.sign(maker, volts, amperes, volts / amperes, NOON + secondsAfterNoon);
        }
    }

    /// A device that its owner has bonded.
    public record PacketMeter(Owner owner, Shipped shipped, String id) {

        public String path() {
            return "/api/v1/devices/" + id;
        }

        public SamplePacket packet(long secondsAfterNoon, float volts, float amperes) {
            return shipped.packet(secondsAfterNoon, volts, amperes);
        }
    }

    static MakerId newMakerId() {
        var id = new byte[MakerId.BYTES];
        new SecureRandom().nextBytes(id);
        return MakerId.of(id);
    }

    static Map<String, String> deposit(MakerId maker, DeviceSigner signer) {
        var deposit = new HashMap<String, String>();
        deposit.put("device", maker.hex());
        deposit.put("key", signer.key().hex());
        deposit.put("model", "CSM-200");
        deposit.put("serial", "S-1");
        return deposit;
    }

    final HttpResponse<String> provision(String token, List<Map<String, String>> devices) {
        var body = JSON.writeValueAsString(Map.of("devices", devices));
        return send(json(request("/api/v1/maker-devices", token), "POST", body));
    }

    protected final Shipped shipped() {
        return shipped(tokenFor(Role.DEVICE_MAKER));
    }

    final Shipped shipped(String makerToken) {
        var maker = newMakerId();
        var signer = DeviceSigner.withNewKey();
        var answer = provision(makerToken, List.of(deposit(maker, signer)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new Shipped(maker, signer, bodyOf(answer).at("/secrets/0/text").asString());
    }

    static Map<String, Object> bond(String qr) {
        var body = new HashMap<String, Object>();
        body.put("qr", qr);
        body.put(
                "site",
                Map.of(
                        "zone", GOLDEN.zone().getId(),
                        "latitude", GOLDEN.latitude(),
                        "longitude", GOLDEN.longitude(),
                        "altitude_metres", GOLDEN.altitudeMetres(),
                        "country", GOLDEN.country()));
        body.put("installation", Map.of("watts_peak", 200, "mounting", "PORTABLE"));
        body.put("simulated", true);
        body.put("declaration", NOTHING_ELSE);
        return body;
    }

    protected final PacketMeter bondedMeter() {
        var owner = newOwner();
        var shipped = shipped();
        var answer = post("/api/v1/packet-devices", owner, bond(shipped.qr()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new PacketMeter(owner, shipped, bodyOf(answer).get("device_id").asString());
    }

    protected static byte[] bytes(SamplePacket... packets) {
        var all = ByteBuffer.allocate(packets.length * SamplePacket.BYTES);
        for (var packet : packets) {
            all.put(packet.toByteArray());
        }
        return all.array();
    }

    protected final HttpResponse<String> send(PacketMeter meter, SamplePacket... packets) {
        return sendBytes(meter, bytes(packets));
    }

    final HttpResponse<String> sendBytes(PacketMeter meter, byte[] body) {
        return send(
                request(meter.path() + "/packets", meter.owner().token())
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body)));
    }
}
