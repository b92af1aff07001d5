package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.settings.ServerSettings;

/// Whose word counts: each token here is presented to a real server over HTTP.
class TokensTest extends ServerTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired private ServerSettings settings;
    @Autowired private PasswordEncoder passwords;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields
    TokensTest() {}

    @Test
    void aMachineActsForItsOrganisationWithItsRoles() {
        var organisation = newOrganisation(Role.PROPONENT);
        var machine = members.addMachine(organisation, "meter feed", Set.of(Role.PROPONENT));

        var me = send(request("/api/v1/me", tokenOf(machine)).GET());

        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(bodyOf(me).get("id").asString()).isEqualTo(machine.clientId());
        assertThat(bodyOf(me).get("kind").asString()).isEqualTo("MACHINE");
        assertThat(bodyOf(me).get("organisation_id").asString()).isEqualTo(organisation.toString());
        assertThat(bodyOf(me).get("roles").toString()).isEqualTo("[\"PROPONENT\"]");
    }

    @Test
    void aWrongSecretGetsNoToken() {
        var machine = members.addMachine(newOrganisation(Role.BUYER), "x", Set.of(Role.BUYER));
        var guessed = new Members.Credentials(machine.clientId(), "wm_guess");

        var answer = send(tokenRequest(guessed, "grant_type=client_credentials"));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aPersonSignsInWithCodeAndProofOfPossession() {
        var organisation = newOrganisation(Role.VERIFIER);
        var person = newPerson(organisation, Role.VERIFIER);

        var me = send(request("/api/v1/me", tokenOf(person.email(), PASSWORD)).GET());

        assertThat(bodyOf(me).get("id").asString()).isEqualTo(person.id().toString());
        assertThat(bodyOf(me).get("kind").asString()).isEqualTo("PERSON");
        assertThat(bodyOf(me).get("organisation_id").asString()).isEqualTo(organisation.toString());
        assertThat(bodyOf(me).get("roles").toString()).isEqualTo("[\"VERIFIER\"]");
    }

    @Test
    void aCodeIsWorthNothingWithoutItsVerifierAndNothingTwice() {
        var person = newPerson(newOrganisation(Role.BUYER), Role.BUYER);
        var thief = new SignIn(port);
        var owner = new SignIn(port);

        var stolen = owner.exchange(owner.code(person.email(), PASSWORD), thief.verifier());
        var code = new SignIn(port);
        var once = code.code(person.email(), PASSWORD);
        code.tokens(once, code.verifier());
        var twice = code.exchange(once, code.verifier());

        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(twice.statusCode()).isEqualTo(400);
    }

    @Test
    void signInWithoutAChallengeIsRefused() {
        var browser = new SignIn(port);
        var person = newPerson(newOrganisation(Role.BUYER), Role.BUYER);
        browser.submit(person.email(), PASSWORD);

        var answer = browser.get(browser.authorize(""));

        assertThat(SignIn.location(answer)).contains("error=invalid_request");
    }

    @Test
    void aWrongPasswordSignsNobodyInAndSaysNoMore() {
        var person = newPerson(newOrganisation(Role.BUYER), Role.BUYER);

        var wrong = new SignIn(port).submit(person.email(), "wrong horse battery");
        var nobody = new SignIn(port).submit("nobody@example.org", PASSWORD);
        var page = send(request("/login?error").GET());

        assertThat(SignIn.location(wrong)).isEqualTo(SignIn.location(nobody)).contains("?error");
        assertThat(page.body()).contains("Address or password is wrong.");
    }

    @Test
    void theFormCannotBePostedByAnotherSite() {
        var person = newPerson(newOrganisation(Role.BUYER), Role.BUYER);

        var answer = new SignIn(port).submit(person.email(), PASSWORD, "forged");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(bodyOf(answer).get("code").asString()).isEqualTo("forbidden");
    }

    @Test
    void onlyACurrentAccessTokenOfOursCounts() throws JOSEException {
        var ours = SigningKey.in(settings.keys());
        var theirs = new ECKeyGenerator(Curve.P_256).keyID(ours.getKeyID()).generate();
        var soon = Instant.now().plusSeconds(600);
        var past = Instant.now().minus(Duration.ofHours(1));

        assertThat(status(signed(ours, claims(soon).build()))).as("control").isEqualTo(200);
        assertThat(status(signed(theirs, claims(soon).build()))).as("forged").isEqualTo(401);
        assertThat(status(signed(ours, claims(soon).subject("nobody").build())))
                .as("of nobody")
                .isEqualTo(401);
        assertThat(status(signed(ours, claims(past).build()))).as("expired").isEqualTo(401);
        assertThat(status(new PlainJWT(claims(soon).build()).serialize()))
                .as("alg none")
                .isEqualTo(401);
        assertThat(status(signed(ours, claims(soon).claim("token_type", "refresh").build())))
                .as("token type")
                .isEqualTo(401);
        assertThat(status(signed(ours, claims(soon).issuer("http://evil.test").build())))
                .as("issuer")
                .isEqualTo(401);
        assertThat(status(signed(ours, claims(soon).audience("other").build())))
                .as("audience")
                .isEqualTo(401);
        assertThat(status("gibberish")).isEqualTo(401);
    }

    @Test
    void neitherARefreshTokenNorAnIdTokenIsAnAccessToken() {
        var person = newPerson(newOrganisation(Role.BUYER), Role.BUYER);
        var browser = new SignIn(port);
        var tokens = browser.tokens(browser.code(person.email(), PASSWORD), browser.verifier());

        var withIdToken = status(tokens.get("id_token").asString());
        var refreshToken = jdbc.sql("select count(refresh_token_value) from oauth2_authorization");

        assertThat(withIdToken).isEqualTo(401);
        // A public client gets none at all, so there is none to misuse.
        assertThat(tokens.has("refresh_token")).isFalse();
        assertThat(refreshToken.query(Long.class).single()).isZero();
    }

    @Test
    void anonymousWritesAreRefusedAsAProblem() {
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            var answer =
                    send(
                            request("/api/v1/anything")
                                    .method(method, HttpRequest.BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(bodyOf(answer).get("code").asString()).isEqualTo("token_missing");
        }
    }

    @Test
    void aTokenThatMayOnlyReadDoesNotWrite() {
        var machine = members.addMachine(newOrganisation(Role.BUYER), "x", Set.of(Role.BUYER));
        var granted = send(tokenRequest(machine, "grant_type=client_credentials&scope=read"));
        var token = bodyOf(granted).get("access_token").asString();

        var read = send(request("/api/v1/me", token).GET());
        var write = send(json(request("/api/v1/me", token), "POST", "{}"));

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(write.statusCode()).isEqualTo(403);
        assertThat(bodyOf(write).get("code").asString()).isEqualTo("forbidden");
    }

    @Test
    void whatIsPublicNeedsNoTokenAndTheMetricsAreForOperators() {
        for (var path : List.of("/openapi.json", "/docs", "/login", "/livez", "/readyz")) {
            assertThat(send(request(path).GET()).statusCode()).as(path).isLessThan(400);
        }
        for (var path :
                List.of(
                        "/api/v1/certificates/" + new UUID(0, 0),
                        "/api/v1/factors/x",
                        "/api/v1/public/x")) {
            assertThat(send(request(path).GET()).statusCode()).as(path).isEqualTo(404);
        }

        var metrics = "/actuator/prometheus";

        assertThat(send(request(metrics).GET()).statusCode()).isEqualTo(401);
        assertThat(send(request(metrics, tokenFor(Role.BUYER)).GET()).statusCode()).isEqualTo(403);
        assertThat(send(request(metrics, tokenFor(Role.OPERATOR)).GET()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyAnswerTellsTheBrowserWhatNotToDo() {
        var page = send(request("/login").GET()).headers();

        assertThat(page.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(page.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void onlyHashesOfSecretsAreKept() {
        var person = newPerson(newOrganisation(Role.BUYER), Role.BUYER);
        var hash =
                jdbc.sql("select password_hash from person where id = :id")
                        .param("id", person.id())
                        .query(String.class)
                        .single();

        assertThat(hash).startsWith("$argon2id$").doesNotContain(PASSWORD);
        assertThat(passwords.matches(PASSWORD, hash)).isTrue();
    }

    @Test
    void anAddressBelongsToOnePerson() {
        var organisation = newOrganisation(Role.BUYER);
        var first = newPerson(organisation, Role.BUYER);

        var again =
                members.addPerson(
                        organisation,
                        first.email().toUpperCase(Locale.ROOT),
                        "Another",
                        PASSWORD,
                        Set.of());

        assertThat(again).isEqualTo(new Members.PersonAdded.EmailTaken());
    }

    private Members.Person newPerson(UUID organisation, Role role) {
        var email = "p" + UUID.randomUUID() + "@example.org";
        var added = members.addPerson(organisation, email, "A Person", PASSWORD, Set.of(role));
        return ((Members.PersonAdded.Added) added).person();
    }

    private int status(String token) {
        HttpResponse<String> answer = send(request("/api/v1/me", token).GET());
        return answer.statusCode();
    }

    /// Of a machine that is there: who is not does not count, whatever is signed.
    private JWTClaimsSet.Builder claims(Instant expiry) {
        var organisation = newOrganisation(Role.BUYER);
        var machine = members.addMachine(organisation, "test", Set.of(Role.BUYER));
        return new JWTClaimsSet.Builder()
                .issuer(BASE_URL)
                .audience(BASE_URL)
                .subject(machine.clientId())
                .issueTime(Date.from(expiry.minusSeconds(900)))
                .expirationTime(Date.from(expiry))
                .claim("token_type", "access")
                .claim("actor", "MACHINE")
                .claim("organisation", organisation.toString())
                .claim("scope", List.of("read"))
                .claim("roles", List.of("BUYER"));
    }

    private static String signed(ECKey key, JWTClaimsSet claims) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
        var token = new SignedJWT(header, claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }
}
