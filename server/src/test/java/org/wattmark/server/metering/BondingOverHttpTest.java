package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.server.security.Role;
import org.wattmark.units.Canonical;

class BondingOverHttpTest extends MeterServerTest {

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final UUID device = UUID.randomUUID();

    @Test
    void theDevicesSignatureBondsItToTheTokensOrganisation() {
        var owner = newOwner();

        var answer =
                post(
                        "/api/v1/devices",
                        owner,
                        bond(challenge(owner, signer.key(), device), signer));
        var shown = bodyOf(get("/api/v1/devices/" + device, owner));
        var listed = bodyOf(get("/api/v1/devices", owner));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/devices/" + device);
        assertThat(bodyOf(answer).at("/receipt/leaf_hash").asString()).hasSize(64);
        assertThat(shown.get("owner_id").asString()).isEqualTo(owner.organisation().toString());
        assertThat(shown.at("/site/zone").asString()).isEqualTo("America/Denver");
        assertThat(shown.get("last_sequence").asLong()).isZero();
        assertThat(listed.at("/data/0/id").asString()).isEqualTo(device.toString());
    }

    @Test
    void theLogShowsTheKeyAndTheTierAndHidesTheOwnerAndThePlace() throws Exception {
        var owner = newOwner();
        var answer =
                post(
                        "/api/v1/devices",
                        owner,
                        bond(challenge(owner, signer.key(), device), signer));

        var entry = journalled(answer);
        var content = entry.content().toByteArray();
        var published =
                Canonical.Reader.of(
                        DeviceBonded.PUBLISHED_DOMAIN,
                        Entry.Published.of(entry.leaf().toByteArray()).content().toByteArray());

        assertThat(published.id()).isEqualTo(device);
        assertThat(published.bytes()).isEqualTo(signer.key().fingerprint().bytes());
        assertThat(published.number()).isEqualTo(1);
        assertThat(published.text()).isEqualTo("T2");
        assertThat(published.bytes()).isEqualTo(Commitment.to(content, entry.salt().toByteArray()));
        published.end();
        assertThat(DeviceBonded.of(content).device().owner()).isEqualTo(owner.organisation());
        assertThat(DeviceBonded.of(content).content()).isEqualTo(content);
    }

    @Test
    void theSameAnswerSentTwiceIsToldTheSame() {
        var owner = newOwner();
        var body = bond(challenge(owner, signer.key(), device), signer);

        var first = post("/api/v1/devices", owner, body);
        var again = post("/api/v1/devices", owner, body);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void aForgedSignatureBondsNothing() {
        var owner = newOwner();
        var challenge = challenge(owner, signer.key(), device);

        var answer = post("/api/v1/devices", owner, bond(challenge, DeviceSigner.withNewKey()));

        thenRefused(answer, 422, "signature_invalid");
        assertThat(bodyOf(answer).at("/errors/0/pointer").asString()).isEqualTo("/signature");
        assertThat(get("/api/v1/devices/" + device, owner).statusCode()).isEqualTo(404);
        assertThat(post("/api/v1/devices", owner, bond(challenge, signer)).statusCode())
                .as("the right signature still bonds")
                .isEqualTo(201);
    }

    @Test
    void aChallengeForAnotherAccountBondsToNobodyElse() {
        var challenge = challenge(newOwner(), signer.key(), device);

        var answer = post("/api/v1/devices", newOwner(), bond(challenge, signer));

        thenRefused(answer, 403, "challenge_for_another_account");
    }

    @Test
    void anAnswerAfterTheExpiryIsTooLate() {
        var owner = newOwner();
        var challenge = challenge(owner, signer.key(), device);
        jdbc.sql("update bond_challenge set expires_at = now() where nonce = ?")
                .param(challenge.nonce().bytes())
                .update();

        var answer = post("/api/v1/devices", owner, bond(challenge, signer));

        thenRefused(answer, 422, "challenge_expired");
    }

    @Test
    void aDeviceIsBondedOnceByOneKey() {
        var owner = newOwner();
        post("/api/v1/devices", owner, bond(challenge(owner, signer.key(), device), signer));
        var otherKey = DeviceSigner.withNewKey();
        var other = newOwner();

        var sameDevice =
                post(
                        "/api/v1/devices",
                        other,
                        bond(challenge(other, otherKey.key(), device), otherKey));
        var sameKey =
                post(
                        "/api/v1/devices",
                        other,
                        bond(challenge(other, signer.key(), UUID.randomUUID()), signer));

        thenRefused(sameDevice, 409, "device_already_bonded");
        thenRefused(sameKey, 409, "key_already_bonded");
    }

    @Test
    void anExternalIdBelongsToOneOwnerHoweverItIsWritten() {
        var id = "SEE" + UUID.randomUUID();
        var first = newOwner();
        var second = newOwner();

        var declared = bondDeclaring(first, "MaStR", id);
        var again = bondDeclaring(first, "MaStR", id);
        var byAnother = bondDeclaring(second, " mastr", id.toLowerCase(Locale.ROOT));

        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
        assertThat(again.statusCode()).as("two meters of one plant").isEqualTo(201);
        thenRefused(byAnother, 409, "external_id_already_declared");
    }

    private HttpResponse<String> bondDeclaring(Owner owner, String scheme, String id) {
        var key = DeviceSigner.withNewKey();
        var declaration = new HashMap<>(NOTHING_ELSE);
        declaration.put("external_ids", List.of(Map.of("scheme", scheme, "id", id)));
        var challenge = challenge(owner, key.key(), UUID.randomUUID(), declaration);
        var body = bond(challenge, key);
        body.put("declaration", declaration);
        return post("/api/v1/devices", owner, body);
    }

    @Test
    void anotherDeclarationThanTheSignedOneIsRefused() {
        var owner = newOwner();
        var body = bond(challenge(owner, signer.key(), device), signer);
        var declaration = new HashMap<>(NOTHING_ELSE);
        declaration.put("cap_and_trade_covered", true);
        body.put("declaration", declaration);

        var answer = post("/api/v1/devices", owner, body);

        thenRefused(answer, 422, "declaration_differs");
    }

    @Test
    void aBadValueIsNamedByItsPlace() {
        var owner = newOwner();
        var body = bond(challenge(owner, signer.key(), device), signer);

        assertThat(pointer(owner, body, "nonce", "x")).isEqualTo("/nonce");
        assertThat(pointer(owner, body, "signature", "AAAA")).isEqualTo("/signature");
        assertThat(pointer(owner, body, "tier", AssuranceTier.T3)).isEqualTo("/tier");
        assertThat(pointer(owner, body, "interval_seconds", 7)).isEqualTo("/interval_seconds");
        assertThat(
                        pointer(
                                owner,
                                body,
                                "installation",
                                Map.of("watts_peak", 0, "mounting", "FIXED")))
                .isEqualTo("/installation");
        assertThat(
                        pointer(
                                owner,
                                body,
                                "site",
                                Map.of(
                                        "zone", "Mars/Olympus",
                                        "latitude", 1,
                                        "longitude", 1,
                                        "altitude_metres", 1,
                                        "country", "US")))
                .isEqualTo("/site");
    }

    private String pointer(Owner owner, Map<String, Object> body, String field, Object value) {
        var changed = new HashMap<>(body);
        changed.put(field, value);
        var answer = post("/api/v1/devices", owner, changed);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return bodyOf(answer).at("/errors/0/pointer").asString();
    }

    @Test
    void onlyProponentsBond() {
        var buyer = new Owner(UUID.randomUUID(), tokenFor(Role.BUYER));

        var answer =
                post(
                        "/api/v1/bond-challenges",
                        buyer,
                        Map.of("key", signer.key().hex(), "declaration", NOTHING_ELSE));

        thenRefused(answer, 403, "role_missing");
    }
}
