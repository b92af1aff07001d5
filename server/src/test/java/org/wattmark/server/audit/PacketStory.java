package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.SamplePacket;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// A maker deposits devices; an owner bonds one of them, which sends packets: some that complete
/// intervals, one after a gap, one with a wrong resistance, one that contradicts another.
final class PacketStory {

    private static final long NOON = Instant.parse("2026-06-20T12:00:00Z").getEpochSecond();

    private final Members members;
    private final Function<Members.Credentials, String> tokens;
    private final Post post;
    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final MakerId maker = MakerId.of(random());

    /// Sends JSON that has to be taken.
    @FunctionalInterface
    interface Post {

        JsonNode post(String path, String token, Map<String, ?> body);
    }

    PacketStory(Members members, Function<Members.Credentials, String> tokens, Post post) {
        this.members = members;
        this.tokens = tokens;
        this.post = post;
    }

    private static byte[] random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    void play(String owner) {
        var device = bonded(owner);
        var packets = new ArrayList<SamplePacket>();
        for (int i = 0; i < 50; i++) {
            packets.add(packet(30L * i, 18.3f + i / 64f));
        }
        send(owner, device, packets);
        var late = packet(30L * 50 + 400, 17.5f);
        var contradicting = packet(30L * 7, 12);
        assertThat(send(owner, device, List.of(contradicting, late)).get("not_taken").size())
                .isEqualTo(1);
    }

    private String bonded(String owner) {
        var factory = members.organisation("A Maker", "DE", Role.DEVICE_MAKER);
        var token = tokens.apply(members.addMachine(factory, "list", Set.of(Role.DEVICE_MAKER)));
        var secrets =
                post.post(
                        "/api/v1/maker-devices",
                        token,
                        Map.of(
                                "devices",
                                List.of(
                                        deposit(maker, signer),
                                        deposit(MakerId.of(random()), DeviceSigner.withNewKey()))));
        var bond =
                post.post(
                        "/api/v1/packet-devices",
                        owner,
                        Map.of(
                                "qr", secrets.at("/secrets/0/text").asString(),
                                "site",
                                        Map.of(
                                                "zone",
                                                "Europe/Berlin",
                                                "latitude",
                                                52.5,
                                                "longitude",
                                                13.4,
                                                "altitude_metres",
                                                34,
                                                "country",
                                                "DE"),
                                "installation", Map.of("watts_peak", 60, "mounting", "PORTABLE"),
                                "simulated", true,
                                "declaration",
                                        Map.of(
                                                "other_schemes", List.of(),
                                                "support_payments", List.of(),
                                                "external_ids", List.of(),
                                                "cap_and_trade_covered", false)));
        return bond.get("device_id").asString();
    }

    private static Map<String, String> deposit(MakerId id, DeviceSigner key) {
        return Map.of(
                "device", id.hex(),
                "key", key.key().hex(),
                "model", "CSM-60",
                "serial", id.hex().substring(0, 8));
    }

    /// One in ten says a resistance that is not V/I.
    private SamplePacket packet(long seconds, float volts) {
        float ohms = volts / 2 * (seconds % 300 == 0 ? 2 : 1);
        return signer.sign(maker, volts, 2, ohms, NOON + seconds);
    }

    private JsonNode send(String owner, String device, List<SamplePacket> packets) {
        var base64 = Base64.getEncoder();
        return post.post(
                "/api/v1/devices/" + device + "/packets",
                owner,
                Map.of(
                        "packets",
                        packets.stream()
                                .map(each -> base64.encodeToString(each.toByteArray()))
                                .toList()));
    }
}
