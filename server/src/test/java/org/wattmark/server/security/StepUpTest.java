package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.server.settings.ServerSettings;

/// What cannot be undone asks for a recent sign-in, and by a passkey from who has one.
class StepUpTest extends AccessTest {

    @Autowired private ServerSettings settings;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    StepUpTest() {}

    @Test
    void aTokenSaysWhenAndHowThePersonSignedIn() throws ParseException {
        var claims = SignedJWT.parse(owner(Role.BUYER).token()).getJWTClaimsSet();

        assertThat(claims.getDateClaim("auth_time"))
                .isBetween(Date.from(Instant.now().minusSeconds(60)), Date.from(Instant.now()));
        assertThat(claims.getStringListClaim("amr")).containsExactly("pwd");
    }

    @Test
    void anOldSignInIsAskedToBeRenewedBeforeAKeyIsMade() throws Exception {
        var owner = owner(Role.BUYER);
        var body = withId("\"name\": \"n\", \"scopes\": [\"read\"]");

        var old = post("/api/v1/api-keys", aged(owner, Duration.ofMinutes(6), "pwd"), body);
        var recent = post("/api/v1/api-keys", aged(owner, Duration.ofMinutes(4), "pwd"), body);

        thenStepUp(old, "max_age=\"300\"");
        thenCreated(recent);
    }

    @Test
    void aLargeRetirementOrTransferNeedsARecentSignInAndASmallOneDoesNot() throws Exception {
        var old = aged(owner(Role.BUYER), Duration.ofMinutes(6), "pwd");

        thenStepUp(post("/api/v1/retirements", old, retirement(1_000_001)), "max_age=\"300\"");
        thenRefused(post("/api/v1/retirements", old, retirement(1_000_000)), 422, "holder_unknown");
        thenStepUp(post("/api/v1/transfers", old, transfer(1_000_001)), "max_age=\"300\"");
        assertThat(post("/api/v1/transfers", old, transfer(1_000_000)).statusCode()).isEqualTo(207);
    }

    @Test
    void whoHasAPasskeyConfirmsWithItOrWithARecoveryCode() throws Exception {
        var owner = owner(Role.BUYER);
        var entity = UUID.randomUUID().toString();
        jdbc.sql("insert into user_entities (id, name, display_name) values (:id, :name, 'x')")
                .param("id", entity)
                .param("name", owner.person().toString())
                .update();
        jdbc.sql(
                        """
                        insert into user_credentials (credential_id, user_entity_user_id,
                            public_key, backup_eligible, backup_state, label)
                        values (:id, :entity, ''::bytea, false, false, 'a passkey')
                        """)
                .param("id", entity)
                .param("entity", entity)
                .update();
        var body = withId("\"name\": \"n\", \"scopes\": [\"read\"]");

        var password = post("/api/v1/api-keys", owner, body);
        var passkey = post("/api/v1/api-keys", aged(owner, Duration.ZERO, "pop"), body);
        var recovery =
                post(
                        "/api/v1/api-keys",
                        aged(owner, Duration.ZERO, "otp"),
                        withId("\"name\": \"n\", \"scopes\": [\"read\"]"));

        thenStepUp(password, "acr_values=\"phr\"");
        thenCreated(passkey);
        thenCreated(recovery);
    }

    @Test
    void aRecoveryCodeSignsInOnceInThePasswordsPlace() throws Exception {
        var owner = owner(Role.BUYER);
        var made = thenCreated(post("/api/v1/me/recovery-codes", owner, "{}")).get("codes");
        var code = made.get(0).asString();

        var token = tokenOf(owner.email(), code);
        var again = new SignIn(port).submit(owner.email(), code);

        assertThat(made).hasSize(10);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("amr"))
                .containsExactly("otp");
        assertThat(SignIn.location(again)).contains("?error");
        assertThat(bodyOf(get("/api/v1/me/recovery-codes", token)).get("left").asInt())
                .isEqualTo(9);
    }

    @Test
    void aPausedAddressIsRefusedWithTheRightPasswordTooAndTheHistoryTellsOfIt() {
        var owner = owner(Role.BUYER);
        for (int i = 0; i < SignInPauses.FREE_FAILURES; i++) {
            new SignIn(port).submit(owner.email(), "wrong horse battery");
        }

        var right = new SignIn(port).submit(owner.email(), PASSWORD);

        assertThat(SignIn.location(right)).contains("?error");
        assertThat(get("/api/v1/organisation/changes", owner).body()).contains("SIGN_IN_PAUSED");
    }

    @Test
    void aSessionThatIsOlderThanTheClientsMaxAgeSignsInAgain() throws Exception {
        var owner = owner(Role.BUYER);
        var browser = new SignIn(port);
        browser.code(owner.email(), PASSWORD);
        var challenge = "&code_challenge_method=S256&code_challenge=" + "a".repeat(43);

        var fresh = browser.get(browser.authorize(challenge) + "&max_age=300");
        var strong = browser.get(browser.authorize(challenge) + "&acr_values=phr");

        assertThat(SignIn.location(fresh)).contains("code=");
        assertThat(SignIn.location(strong)).endsWith("/login");
    }

    private static void thenStepUp(HttpResponse<String> answer, String wanted) {
        thenRefused(answer, 401, "insufficient_user_authentication");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer error=\"insufficient_user_authentication\"")
                .contains(wanted);
    }

    private static String retirement(long grams) {
        return withId(
                "\"block\": \""
                        + UUID.randomUUID()
                        + "\", \"beneficiary\": \"B\", \"quantity\": {\"grams\": "
                        + grams
                        + "}");
    }

    private static String transfer(long amount) {
        return """
        {"transfers": [{"id": "%s", "debit": "holder:%s", "credit": "holder:%s",
          "asset": "credit:%s", "amount": %d}]}
        """
                .formatted(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        amount);
    }

    /// The member's token as it would be if they had signed in that long ago, in that way.
    private String aged(Member member, Duration age, String method)
            throws ParseException, JOSEException {
        var claims =
                new JWTClaimsSet.Builder(SignedJWT.parse(member.token()).getJWTClaimsSet())
                        .claim("auth_time", Date.from(Instant.now().minus(age)))
                        .claim("amr", List.of(method))
                        .build();
        var key = SigningKey.in(settings.keys());
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                        claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }
}
