package org.wattmark.server.metering;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Nonce;
import tools.jackson.databind.JsonNode;

/// The bodies by which an owner bonds a device that is software.
public final class BondJson {

    private BondJson() {}

    /// For `POST /api/v1/bond-challenges`, of a device that nobody else claims.
    public static Map<String, Object> challenge(DeviceKey key) {
        return challenge(key, ExclusivityDeclaration.NOTHING_ELSE);
    }

    /// For `POST /api/v1/bond-challenges`.
    public static Map<String, Object> challenge(DeviceKey key, ExclusivityDeclaration declared) {
        return Map.of("key", key.hex(), "declaration", declaration(declared));
    }

    private static Map<String, Object> declaration(ExclusivityDeclaration declared) {
        return Map.of(
                "other_schemes", declared.otherSchemes(),
                "support_payments", declared.supportPayments(),
                "external_ids",
                        declared.externalIds().stream()
                                .map(each -> Map.of("scheme", each.scheme(), "id", each.id()))
                                .toList(),
                "cap_and_trade_covered", declared.capAndTradeCovered());
    }

    /// What the server asks a device that nobody else claims to sign.
    public static BondChallenge asked(JsonNode answer, DeviceKey key) {
        return new BondChallenge(
                new Nonce(answer.path("nonce").asString()),
                new DeviceId(UUID.fromString(answer.path("device_id").asString())),
                key,
                UUID.fromString(answer.path("owner_id").asString()),
                Instant.parse(answer.path("expires_at").asString()),
                ExclusivityDeclaration.NOTHING_ELSE.sha256());
    }

    /// For `POST /api/v1/devices`, of a device that nobody else claims.
    public static Map<String, Object> bond(
            BondChallenge asked, DeviceSigner signer, Device device) {
        return bond(asked, signer, device, ExclusivityDeclaration.NOTHING_ELSE);
    }

    /// For `POST /api/v1/devices`.
    public static Map<String, Object> bond(
            BondChallenge asked,
            DeviceSigner signer,
            Device device,
            ExclusivityDeclaration declared) {
        var signature = signer.sign(asked).bytes();
        var body = new HashMap<>(described(device, declared));
        body.put("nonce", asked.nonce().hex());
        body.put("signature", Base64.getEncoder().encodeToString(signature));
        body.put("tier", device.tier().name());
        return body;
    }

    /// For `POST /api/v1/packet-devices`, of a device that nobody else claims.
    ///
    /// @param qr what the code in its box says
    public static Map<String, Object> packets(String qr, Device device) {
        var body = new HashMap<>(described(device, ExclusivityDeclaration.NOTHING_ELSE));
        body.put("qr", qr);
        return body;
    }

    private static Map<String, Object> described(Device device, ExclusivityDeclaration declared) {
        var site = device.site();
        return Map.of(
                "site",
                        Map.of(
                                "zone", site.zone().getId(),
                                "latitude", site.latitude(),
                                "longitude", site.longitude(),
                                "altitude_metres", site.altitudeMetres(),
                                "country", site.country()),
                "installation",
                        Map.of(
                                "watts_peak", device.installation().wattsPeak(),
                                "mounting", device.installation().mounting().name()),
                "interval_seconds", device.intervalLength().toSeconds(),
                "simulated", device.simulated(),
                "declaration", declaration(declared));
    }
}
