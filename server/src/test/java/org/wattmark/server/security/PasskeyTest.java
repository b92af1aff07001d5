package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Sha256;
import tools.jackson.databind.JsonNode;

/// Passkeys, by an authenticator in software that speaks WebAuthn (Level 3) as a phone does.
class PasskeyTest extends AccessTest {

    private static final String HOST = "wattmark.test";

    @Test
    void aPersonAddsAPasskeySignsInWithItAndConfirmsWhatNeedsIt() throws Exception {
        var owner = owner(Role.BUYER);
        var phone = new Authenticator();
        new Browser().signIn(owner).add(phone);

        var refused = post("/api/v1/api-keys", owner, key());
        var token = new Browser().signInWith(phone).token();
        var made = post("/api/v1/api-keys", token, key());

        thenRefused(refused, 401, "insufficient_user_authentication");
        thenCreated(made);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("amr"))
                .containsExactly("pop");
        assertThat(bodyOf(get("/api/v1/me", token)).get("id").asString())
                .isEqualTo(owner.person().toString());
        assertThat(get("/api/v1/organisation/changes", owner).body()).contains("PASSKEY_ADDED");
    }

    @Test
    void anotherAuthenticatorDoesNotPassForIt() throws Exception {
        var owner = owner(Role.BUYER);
        var phone = new Authenticator();
        new Browser().signIn(owner).add(phone);

        var thief = new Browser().tryWith(phone.stolenWithoutItsKey());

        assertThat(thief.statusCode()).isEqualTo(401);
    }

    @Test
    void aStolenPasswordAddsNoPasskeyToAnAccountThatHasOne() throws Exception {
        var owner = owner(Role.BUYER);
        new Browser().signIn(owner).add(new Authenticator());

        var thief = new Browser().signIn(owner).options();

        assertThat(thief.statusCode()).isEqualTo(403);
    }

    @Test
    void whoLostTheirPasskeyComesBackByARecoveryCodeOrByAnotherPasskey() throws Exception {
        var owner = owner(Role.BUYER);
        var codes = thenCreated(post("/api/v1/me/recovery-codes", owner, "{}")).get("codes");
        var lost = new Authenticator();
        var other = new Authenticator();
        new Browser().signIn(owner).add(lost);

        new Browser().signIn(owner.email(), codes.get(0).asString()).add(other);
        var token = new Browser().signInWith(other).token();
        var removed = post("/api/v1/me/passkeys/" + lost.id() + "/removals", token, "{}");

        assertThat(removed.statusCode()).as(removed.body()).isEqualTo(204);
        assertThat(bodyOf(get("/api/v1/me/passkeys", token)).get("data")).hasSize(1);
        assertThat(new Browser().tryWith(lost).statusCode()).isEqualTo(401);
    }

    private static String key() {
        return withId("\"name\": \"n\", \"scopes\": [\"read\"]");
    }

    /// A browser: cookies, the pages' token against forgery, and the calls of `passkey.js`.
    private final class Browser {

        private static final Pattern CSRF =
                Pattern.compile("name=\"csrf-token\" content=\"([^\"]+)\"");

        private final HttpClient http =
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        private final SignIn proof = new SignIn(port);

        Browser signIn(Member member) {
            return signIn(member.email(), PASSWORD);
        }

        Browser signIn(String email, String password) {
            var answer =
                    exchange(
                            to("/login")
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "username="
                                                            + URLEncoder.encode(email, UTF_8)
                                                            + "&password="
                                                            + URLEncoder.encode(password, UTF_8)
                                                            + "&_csrf="
                                                            + URLEncoder.encode(csrf(), UTF_8))));
            assertThat(SignIn.location(answer)).doesNotContain("error");
            return this;
        }

        HttpResponse<String> options() {
            return postJson("/webauthn/register/options", "");
        }

        void add(Authenticator authenticator) throws GeneralSecurityException {
            var options = options();
            assertThat(options.statusCode()).as(options.body()).isEqualTo(200);
            var answer = postJson("/webauthn/register", authenticator.register(bodyOf(options)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        HttpResponse<String> tryWith(Authenticator authenticator) throws GeneralSecurityException {
            var options = postJson("/webauthn/authenticate/options", "");
            return postJson("/login/webauthn", authenticator.authenticate(bodyOf(options)));
        }

        Browser signInWith(Authenticator authenticator) throws GeneralSecurityException {
            var answer = tryWith(authenticator);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return this;
        }

        String token() {
            var challenge =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Sha256.of(proof.verifier().getBytes(UTF_8)));
            var authorize =
                    URI.create(
                            proof.authorize(
                                    "&acr_values=phr&code_challenge_method=S256&code_challenge="
                                            + challenge));
            var granted =
                    exchange(HttpRequest.newBuilder(authorize).header("Accept", "text/html").GET());
            var code = Pattern.compile("[?&]code=([^&]+)").matcher(SignIn.location(granted));
            assertThat(code.find()).as(SignIn.location(granted)).isTrue();
            return proof.tokens(code.group(1), proof.verifier()).get("access_token").asString();
        }

        private String csrf() {
            var page = exchange(to("/login").header("Accept", "text/html").GET()).body();
            var found = CSRF.matcher(page);
            assertThat(found.find()).as(page).isTrue();
            return found.group(1);
        }

        private HttpResponse<String> postJson(String path, String body) {
            return exchange(
                    to(path).header("Content-Type", "application/json")
                            .header("X-CSRF-TOKEN", csrf())
                            .POST(text(body)));
        }

        private HttpRequest.Builder to(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        }

        private HttpResponse<String> exchange(HttpRequest.Builder request) {
            try {
                return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// Holds one discoverable P-256 credential.
    private static final class Authenticator {

        private static final int PRESENT_AND_VERIFIED = 0x05;
        private static final int WITH_CREDENTIAL = 0x40;

        private final byte[] id;
        private final KeyPair keys;
        private String user = "";

        Authenticator() throws GeneralSecurityException {
            this(
                    ByteBuffer.allocate(16)
                            .putLong(UUID.randomUUID().getMostSignificantBits())
                            .putLong(1)
                            .array());
        }

        private Authenticator(byte[] id) throws GeneralSecurityException {
            this.id = id;
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
        }

        String id() {
            return base64(id);
        }

        Authenticator stolenWithoutItsKey() throws GeneralSecurityException {
            var thief = new Authenticator(id);
            thief.user = user;
            return thief;
        }

        String register(JsonNode options) {
            user = options.at("/user/id").asString();
            var response =
                    Map.<String, Object>of(
                            "attestationObject",
                            base64(attestation()),
                            "clientDataJSON",
                            base64(clientData("webauthn.create", options)),
                            "transports",
                            new String[] {"internal"});
            return JSON.writeValueAsString(
                    Map.of(
                            "publicKey",
                            Map.of("credential", credential(response), "label", "a phone")));
        }

        String authenticate(JsonNode options) throws GeneralSecurityException {
            var data = clientData("webauthn.get", options);
            var authenticatorData = authenticatorData(PRESENT_AND_VERIFIED);
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(authenticatorData);
            signature.update(Sha256.of(data));
            return JSON.writeValueAsString(
                    credential(
                            Map.of(
                                    "authenticatorData",
                                    base64(authenticatorData),
                                    "clientDataJSON",
                                    base64(data),
                                    "signature",
                                    base64(signature.sign()),
                                    "userHandle",
                                    user)));
        }

        private Map<String, Object> credential(Map<String, Object> response) {
            return Map.of(
                    "id",
                    id(),
                    "rawId",
                    id(),
                    "type",
                    "public-key",
                    "response",
                    response,
                    "clientExtensionResults",
                    Map.of(),
                    "authenticatorAttachment",
                    "platform");
        }

        private static byte[] clientData(String type, JsonNode options) {
            return JSON.writeValueAsString(
                            Map.of(
                                    "type",
                                    type,
                                    "challenge",
                                    options.get("challenge").asString(),
                                    "origin",
                                    BASE_URL,
                                    "crossOrigin",
                                    false))
                    .getBytes(UTF_8);
        }

        private static byte[] authenticatorData(int flags) {
            return ByteBuffer.allocate(37)
                    .put(Sha256.of(HOST.getBytes(UTF_8)))
                    .put((byte) flags)
                    .putInt(0)
                    .array();
        }

        /// CBOR (RFC 8949): `{"fmt": "none", "attStmt": {}, "authData": …}`.
        private byte[] attestation() {
            var data = new ByteArrayOutputStream();
            data.writeBytes(authenticatorData(PRESENT_AND_VERIFIED | WITH_CREDENTIAL));
            data.writeBytes(new byte[16]);
            data.writeBytes(new byte[] {0, (byte) id.length});
            data.writeBytes(id);
            data.writeBytes(coseKey());
            var object = new ByteArrayOutputStream();
            object.write(0xa3);
            object.write(0x63);
            object.writeBytes("fmt".getBytes(UTF_8));
            object.write(0x64);
            object.writeBytes("none".getBytes(UTF_8));
            object.write(0x67);
            object.writeBytes("attStmt".getBytes(UTF_8));
            object.write(0xa0);
            object.write(0x68);
            object.writeBytes("authData".getBytes(UTF_8));
            object.write(0x58);
            object.write(data.size());
            object.writeBytes(data.toByteArray());
            return object.toByteArray();
        }

        /// COSE (RFC 9053, 7.1): EC2, ES256, P-256, x, y.
        private byte[] coseKey() {
            var point = ((ECPublicKey) keys.getPublic()).getW();
            var key = new ByteArrayOutputStream();
            key.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32});
            key.writeBytes(coordinate(point.getAffineX()));
            key.writeBytes(new byte[] {0x22, 0x58, 32});
            key.writeBytes(coordinate(point.getAffineY()));
            return key.toByteArray();
        }

        private static byte[] coordinate(BigInteger value) {
            var bytes = value.toByteArray();
            var fixed = new byte[32];
            int length = Math.min(32, bytes.length);
            System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
            return fixed;
        }

        private static String base64(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}
