package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Sha256;
import org.wattmark.server.security.Role;

class MakerDevicesTest extends PacketServerTest {

    private static final Nonce SECRET = new Nonce("5a".repeat(32));

    @Test
    void whoShowsTheCodeInTheBoxBondsTheDeviceAndNobodyElseAfterwards() {
        var maker = tokenFor(Role.DEVICE_MAKER);
        var shipped = shipped(maker);
        var owner = newOwner();

        var bonded = post("/api/v1/packet-devices", owner, bond(shipped.qr()));
        var again =
                post("/api/v1/packet-devices", owner, bond(shipped.qr().toLowerCase(Locale.ROOT)));
        var stranger = post("/api/v1/packet-devices", newOwner(), bond(shipped.qr()));

        assertThat(bonded.statusCode()).as(bonded.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(bonded.body());
        thenRefused(stranger, 409, "device_already_bonded");
        var device = bodyOf(get(bonded.headers().firstValue("Location").orElseThrow(), owner));
        assertThat(device.get("tier").asString()).isEqualTo("T2");
        assertThat(device.get("key").asString()).isEqualTo(shipped.signer().key().hex());
        var listed = bodyOf(send(request("/api/v1/maker-devices", maker).GET()));
        assertThat(listed.at("/data/0/device").asString()).isEqualTo(shipped.maker().hex());
        assertThat(listed.at("/data/0/bonded").asBoolean()).isTrue();
    }

    @Test
    void theSecretIsShownOnceAndKeptAsItsHash() {
        var shipped = shipped();

        var secret = BoxSecret.of(shipped.qr()).secret();

        assertThat(
                        jdbc.sql("select secret_hash from maker_provision where maker_id = ?")
                                .param(shipped.maker().bytes())
                                .query(byte[].class)
                                .single())
                .isEqualTo(Sha256.of(secret.bytes()).bytes());
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from journal
                                        where position(? in private_content) > 0
                                            or position(? in leaf) > 0
                                        """)
                                .params(secret.bytes(), secret.bytes())
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void aMakersOwnSecretIsDepositedAsAHashInCsv() {
        var maker = newMakerId();
        var signer = DeviceSigner.withNewKey();
        var csv =
                """
                Device;Key;Model;Serial;secret_sha256
                %s;%s;CSM-200;0001;%s
                """
                        .formatted(maker, signer.key().hex(), Sha256.of(SECRET.bytes()).hex());

        var answer = postCsv(tokenFor(Role.DEVICE_MAKER), csv);
        var bonded =
                post(
                        "/api/v1/packet-devices",
                        newOwner(),
                        bond(new BoxSecret(maker, SECRET).text()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(bodyOf(answer).get("secrets")).isEmpty();
        assertThat(bonded.statusCode()).as(bonded.body()).isEqualTo(201);
    }

    @Test
    void aListIsDepositedWholeOrNotAtAllAndItsFirstFaultIsNamed() {
        var token = tokenFor(Role.DEVICE_MAKER);
        var good = deposit(newMakerId(), DeviceSigner.withNewKey());
        var badKey = new HashMap<>(deposit(newMakerId(), DeviceSigner.withNewKey()));
        badKey.put("key", "00".repeat(32));
        var sameKey = new HashMap<>(deposit(newMakerId(), DeviceSigner.withNewKey()));
        sameKey.put("key", good.get("key"));

        var malformed = provision(token, List.of(good, badKey));
        var twice = provision(token, List.of(good, sameKey));
        var line = postCsv(token, "device,key,model,serial\nabc,def,M,S\n");
        var column = postCsv(token, "device,key,model\n");

        thenRefused(malformed, 400, "invalid_value");
        assertThat(pointer(malformed)).isEqualTo("/devices/1/key");
        thenRefused(twice, 409, "key_already_used");
        assertThat(pointer(twice)).isEqualTo("/devices/1");
        assertThat(pointer(line)).isEqualTo("/line/2/device");
        assertThat(column.statusCode()).isEqualTo(400);
        assertThat(bodyOf(send(request("/api/v1/maker-devices", token).GET())).get("data"))
                .isEmpty();
    }

    @Test
    void onlyAMakerDepositsAndOnlyItsOwnDevices() {
        var shipped = shipped();
        var usurped = deposit(shipped.maker(), shipped.signer());

        thenRefused(provision(tokenFor(Role.PROPONENT), List.of(usurped)), 403, "role_missing");
        thenRefused(
                provision(tokenFor(Role.DEVICE_MAKER), List.of(usurped)),
                409,
                "device_of_another_maker");
    }

    @Test
    void aCodeThatIsReplacedOpensNothing() {
        var maker = tokenFor(Role.DEVICE_MAKER);
        var before = shipped(maker);
        var again = provision(maker, List.of(deposit(before.maker(), before.signer())));
        var replaced = bodyOf(again).at("/secrets/0/text").asString();
        var owner = newOwner();

        var old = post("/api/v1/packet-devices", owner, bond(before.qr()));
        var bonded = post("/api/v1/packet-devices", owner, bond(replaced));
        var tooLate = provision(maker, List.of(deposit(before.maker(), before.signer())));

        thenRefused(old, 422, "secret_opens_nothing");
        assertThat(bonded.statusCode()).as(bonded.body()).isEqualTo(201);
        thenRefused(tooLate, 409, "device_already_bonded");
    }

    @Test
    void whoGuessesIsStoppedAndTheOwnerIsNot() {
        var shipped = shipped();
        var guess = new BoxSecret(shipped.maker(), SECRET).text();
        var guesser = newOwner();

        for (int i = 0; i < BondAttempts.MOST; i++) {
            thenRefused(
                    post("/api/v1/packet-devices", guesser, bond(guess)),
                    422,
                    "secret_opens_nothing");
        }
        var stopped = post("/api/v1/packet-devices", guesser, bond(shipped.qr()));
        var owner = post("/api/v1/packet-devices", newOwner(), bond(shipped.qr()));

        thenRefused(stopped, 429, "too_many_secrets");
        assertThat(stopped.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(3_000L, 3_601L);
        assertThat(owner.statusCode()).as(owner.body()).isEqualTo(201);
    }

    @Test
    void whatIsNoCodeIsToldWhatOneLooksLike() {
        var answer = post("/api/v1/packet-devices", newOwner(), bond("https://example.org"));

        thenRefused(answer, 400, "invalid_value");
        assertThat(pointer(answer)).isEqualTo("/qr");
        assertThat(answer.body()).contains("WATTMARK1:").contains("19 characters");
    }

    @Test
    void aKeyServesOneProtocol() {
        var shipped = shipped();
        var owner = newOwner();
        var challenge = challenge(owner, shipped.signer().key(), UUID.randomUUID());
        var panel = bondedPanel();

        var asBatches = post("/api/v1/devices", owner, bond(challenge, shipped.signer()));
        var asPackets =
                provision(
                        tokenFor(Role.DEVICE_MAKER),
                        List.of(deposit(newMakerId(), panel.signer())));

        thenRefused(asBatches, 409, "key_serves_packets");
        thenRefused(asPackets, 409, "key_already_used");
    }

    private static String pointer(HttpResponse<String> answer) {
        return bodyOf(answer).at("/errors/0/pointer").asString();
    }

    private HttpResponse<String> postCsv(String token, String csv) {
        return send(
                request("/api/v1/maker-devices", token)
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(csv)));
    }
}
