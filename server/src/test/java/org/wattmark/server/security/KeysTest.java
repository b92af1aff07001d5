package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Keys and clients of machines: what they may do, how often, and when they end.
class KeysTest extends AccessTest {

    private static final String READINGS = "grant_type=client_credentials&scope=readings:read";

    @Test
    void aKeyDoesWhatItsScopesAndRolesSayAndNoMore() {
        var owner = owner(Role.PROPONENT);
        var key = key(owner, "\"scopes\": [\"ledger:read\"]");

        var read = get("/api/v1/holdings", key);
        var retire =
                post(
                        "/api/v1/retirements",
                        key,
                        withId(
                                "\"block\": \""
                                        + UUID.randomUUID()
                                        + "\", \"beneficiary\": \"B\","
                                        + " \"quantity\": {\"grams\": 1}"));

        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(retire.statusCode()).as(retire.body()).isEqualTo(403);
        thenRefused(get("/api/v1/devices", key), 403, "scope_missing");
        var me = bodyOf(get("/api/v1/me", key(owner, "\"scopes\": [\"read\"]")));
        assertThat(me.get("kind").asString()).isEqualTo("MACHINE");
        assertThat(me.get("roles").toString()).doesNotContain("OWNER").contains("PROPONENT");
    }

    @Test
    void aKeyIsShownOnceAndKeptAsAHash() {
        var owner = owner(Role.BUYER);
        var body = withId("\"name\": \"feed\", \"scopes\": [\"read\"]");

        var made = thenCreated(post("/api/v1/api-keys", owner, body)).get("key").asString();
        var again = post("/api/v1/api-keys", owner, body);

        assertThat(made).matches("wm_live_[0-9A-Za-z]{49}");
        thenRefused(again, 409, "secret_shown_once");
        assertThat(get("/api/v1/api-keys", owner).body())
                .contains(KeyText.hint(made))
                .doesNotContain(made);
        assertThat(
                        jdbc.sql("select count(*) from api_key where secret_sha256 = :hash")
                                .param("hash", KeyText.hash(made))
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void aKeyOfATestOrganisationSaysSo() {
        var owner = owner(Role.BUYER);
        jdbc.sql("update organisation set unit_class = 'TEST' where id = :id")
                .param("id", owner.organisation())
                .update();

        assertThat(key(owner, "\"scopes\": [\"read\"]")).startsWith("wm_test_");
    }

    @Test
    void aMistypedKeyIsToldApartFromAnUnknownOne() {
        var unknown = KeyText.draw(false);

        thenRefused(get("/api/v1/me", unknown), 401, "key_invalid");
        thenRefused(get("/api/v1/me", unknown.substring(1 + 8)), 401, "token_invalid");
        thenRefused(
                get("/api/v1/me", unknown.substring(0, unknown.length() - 1)), 401, "key_mistyped");
    }

    @Test
    void eachAnswerSaysHowMuchIsLeftAndWhoAsksTooOftenIsToldToWait() {
        var owner = owner(Role.BUYER);
        var key = key(owner, "\"scopes\": [\"read\"]");
        var first = get("/api/v1/me", key);
        assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"free\";q=60;w=60");
        assertThat(first.headers().firstValue("RateLimit").orElseThrow())
                .startsWith("\"free\";r=59;t=");

        HttpResponse<String> last = first;
        for (int i = 0; i < 2 * Plan.FREE.requestsPerMinute() && last.statusCode() == 200; i++) {
            last = get("/api/v1/me", key);
        }

        thenRefused(last, 429, "too_many_requests");
        assertThat(last.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
        assertThat(get("/api/v1/me", key(owner, "\"scopes\": [\"read\"]")).statusCode())
                .as("another key has its own bucket")
                .isEqualTo(200);
    }

    @Test
    void aPlanThatAnOperatorGrantsCountsFromTheNextLookOn() {
        var owner = owner(Role.BUYER);

        thenCreated(
                post(
                        "/api/v1/organisations/" + owner.organisation() + "/plan",
                        operator(),
                        withId("\"plan\": \"BUSINESS\"")));

        assertThat(
                        get("/api/v1/me", key(owner, "\"scopes\": [\"read\"]"))
                                .headers()
                                .firstValue("RateLimit-Policy"))
                .hasValue("\"business\";q=6000;w=60");
    }

    @Test
    void aRotatedKeyGoesOnForItsOverlapAndARevokedOneEndsAtOnce() {
        var owner = owner(Role.BUYER);
        var old = made(owner, "\"scopes\": [\"read\"]");
        var path = "/api/v1/api-keys/" + old.get("id").asString();

        var fresh =
                thenCreated(post(path + "/rotations", owner, withId("\"overlap_seconds\": 600")));

        assertThat(get("/api/v1/me", old.get("key").asString()).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/me", fresh.get("key").asString()).statusCode()).isEqualTo(200);
        thenRefused(post(path + "/rotations", owner, withId("")), 409, "key_ended");
        thenCreated(post(path + "/revocations", owner, withId("")));
        thenRefused(get("/api/v1/me", old.get("key").asString()), 401, "key_invalid");
        assertThat(get("/api/v1/me", fresh.get("key").asString()).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutOverlapTheOldKeyEndsWithTheRotation() {
        var owner = owner(Role.BUYER);
        var old = made(owner, "\"scopes\": [\"read\"]");

        thenCreated(
                post(
                        "/api/v1/api-keys/" + old.get("id").asString() + "/rotations",
                        owner,
                        withId("\"overlap_seconds\": 0")));

        thenRefused(get("/api/v1/me", old.get("key").asString()), 401, "key_invalid");
    }

    @Test
    void aKeyHasAnEnd() {
        var owner = owner(Role.BUYER);
        var made = made(owner, "\"scopes\": [\"read\"], \"expires_in_days\": 1");
        jdbc.sql(
                        """
                        update api_key set made_at = now() - interval '2 days',
                            expires_at = now() - interval '1 day' where id = :id
                        """)
                .param("id", UUID.fromString(made.get("id").asString()))
                .update();

        thenRefused(get("/api/v1/me", made.get("key").asString()), 401, "key_invalid");
    }

    @Test
    void nobodyGivesAKeyWhatTheyHaveNotAndNoKeyMakesKeys() {
        var owner = owner(Role.BUYER);
        var key = key(owner, "\"scopes\": [\"read\", \"write\"]");

        for (var role : new String[] {"OPERATOR", "VERIFIER", "OWNER"}) {
            thenRefused(
                    post(
                            "/api/v1/api-keys",
                            owner,
                            withId(
                                    "\"name\": \"n\", \"scopes\": [\"read\"], \"roles\": [\""
                                            + role
                                            + "\"]")),
                    422,
                    "role_not_grantable");
        }
        thenRefused(
                post("/api/v1/api-keys", owner, withId("\"name\": \"n\", \"scopes\": [\"all\"]")),
                400,
                "invalid_value");
        thenRefused(
                post("/api/v1/api-keys", key, withId("\"name\": \"n\", \"scopes\": [\"read\"]")),
                403,
                "role_missing");
    }

    @Test
    void aMachineClientGetsTokensOfItsScopesUntilItIsRevoked() {
        var owner = owner(Role.PROPONENT);
        var made =
                thenCreated(
                        post(
                                "/api/v1/machine-clients",
                                owner,
                                withId("\"name\": \"feed\", \"scopes\": [\"readings:read\"]")));
        var client =
                new Members.Credentials(
                        made.get("client_id").asString(), made.get("client_secret").asString());

        var granted = send(tokenRequest(client, READINGS));
        var wider = send(tokenRequest(client, "grant_type=client_credentials&scope=write"));

        var token = bodyOf(granted).get("access_token").asString();
        assertThat(statusOf(request("/api/v1/live", token).GET())).isEqualTo(200);
        thenRefused(get("/api/v1/holdings", token), 403, "scope_missing");
        assertThat(wider.statusCode()).isEqualTo(400);
        thenCreated(
                post(
                        "/api/v1/machine-clients/" + client.clientId() + "/revocations",
                        owner,
                        withId("")));
        assertThat(send(tokenRequest(client, READINGS)).statusCode()).isEqualTo(400);
        thenRefused(get("/api/v1/me", token), 401, "token_invalid");
    }

    private String key(Member owner, String body) {
        return made(owner, body).get("key").asString();
    }

    private JsonNode made(Member owner, String body) {
        return thenCreated(post("/api/v1/api-keys", owner, withId("\"name\": \"key\", " + body)));
    }
}
