package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.metering.Site;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.security.Role;
import org.wattmark.units.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What tests of meters over HTTP have in common: an owner, a challenge, a bonded panel in Golden.
public abstract class MeterServerTest extends ServerTest {

    protected static final JsonMapper JSON = JsonMapper.shared();
    static final Site GOLDEN = Site.of("America/Denver", "39.742", "-105.173", 1830, "US");

    static final Map<String, Object> NOTHING_ELSE =
            Map.of(
                    "other_schemes", List.of(),
                    "support_payments", List.of(),
                    "external_ids", List.of(),
                    "cap_and_trade_covered", false);

    /// An organisation that owns devices, by its token.
    public record Owner(UUID organisation, String token) {}

    /// A device that is bonded, and its key.
    public record Panel(Owner owner, Device device, DeviceSigner signer) {

        public SimulatedMeter meter() {
            return new SimulatedMeter(new SimulatedPanel(device, 7), signer);
        }

        public String path() {
            return "/api/v1/devices/" + device.id();
        }
    }

    /// A salted entry as the journal keeps it.
    record Journalled(Bytes leaf, Bytes content, Bytes salt) {}

    final Journalled journalled(HttpResponse<String> answer) {
        return jdbc.sql("select leaf, private_content, salt from journal where sequence = ?")
                .param(bodyOf(answer).at("/receipt/sequence").asLong())
                .query((row, _) ->
                        new Journalled(
                                Bytes.of(row.getBytes("leaf")),
                                Bytes.of(row.getBytes("private_content")),
                                Bytes.of(row.getBytes("salt"))))
                .single();
    }

    protected final Owner newOwner() {
        var token = tokenFor(Role.PROPONENT);
        var me = bodyOf(send(request("/api/v1/me", token).GET()));
        return new Owner(UUID.fromString(me.get("organisation_id").asString()), token);
    }

    protected final HttpResponse<String> post(String path, Owner owner, Object body) {
        return send(json(request(path, owner.token()), "POST", JSON.writeValueAsString(body)));
    }

    protected final HttpResponse<String> get(String path, Owner owner) {
        return send(request(path, owner.token()).GET());
    }

    final BondChallenge challenge(Owner owner, DeviceKey key, UUID device) {
        return challenge(owner, key, device, NOTHING_ELSE);
    }

    final BondChallenge challenge(Owner owner, DeviceKey key, UUID device, Object declaration) {
        var answer =
                post(
                        "/api/v1/bond-challenges",
                        owner,
                        Map.of("device_id", device, "key", key.hex(), "declaration", declaration));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var body = bodyOf(answer);
        return new BondChallenge(
                new Nonce(body.get("nonce").asString()),
                new DeviceId(device),
                key,
                UUID.fromString(body.get("owner_id").asString()),
                Instant.parse(body.get("expires_at").asString()),
                new Sha256(body.get("declaration_sha256").asString()));
    }

    static Map<String, Object> bond(BondChallenge challenge, DeviceSigner signer) {
        return bond(challenge, signer, AssuranceTier.T2, 6_000);
    }

    static Map<String, Object> bond(
            BondChallenge challenge, DeviceSigner signer, AssuranceTier tier, long wattsPeak) {
        var body = new HashMap<String, Object>();
        body.put("nonce", challenge.nonce().hex());
        body.put("signature", base64(signer.sign(challenge).bytes()));
        body.put(
                "site",
                Map.of(
                        "zone",
                        GOLDEN.zone().getId(),
                        "latitude",
                        GOLDEN.latitude(),
                        "longitude",
                        GOLDEN.longitude(),
                        "altitude_metres",
                        GOLDEN.altitudeMetres(),
                        "country",
                        GOLDEN.country()));
        body.put("installation", Map.of("watts_peak", wattsPeak, "mounting", "FIXED"));
        body.put("tier", tier);
        body.put("simulated", true);
        body.put("declaration", NOTHING_ELSE);
        return body;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    protected final Panel bondedPanel() {
        return bondedPanel(newOwner(), AssuranceTier.T2, 6_000);
    }

    final Panel bondedPanel(Owner owner, AssuranceTier tier, long wattsPeak) {
        var signer = DeviceSigner.withNewKey();
        var challenge = challenge(owner, signer.key(), UUID.randomUUID());
        var answer = post("/api/v1/devices", owner, bond(challenge, signer, tier, wattsPeak));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new Panel(
                owner,
                new Device(
                        challenge.device(),
                        signer.key(),
                        owner.organisation(),
                        GOLDEN,
                        new Installation(wattsPeak, Mounting.FIXED),
                        tier,
                        Device.DEFAULT_INTERVAL,
                        true),
                signer);
    }

    protected final HttpResponse<String> send(Panel panel, SignedBatch signed) {
        return post(panel.path() + "/reading-batches", panel.owner(), wire(signed));
    }

    protected static Map<String, Object> wire(SignedBatch signed) {
        return BatchJson.of(signed);
    }

    protected static void thenRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(code(answer)).isEqualTo(code);
    }

    protected static String code(HttpResponse<String> answer) {
        JsonNode code = bodyOf(answer).get("code");
        return code.asString();
    }
}
