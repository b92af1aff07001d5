package org.wattmark.server.carboncred.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;

/// The same paths by somebody who wants what is not theirs.
class CarbonCredAttackerTest extends CarbonCredClient {

    private static final String EMISSIONS =
            "{\"year\": 2025, \"quarter\": 1, \"electricity_kwh\": 1000}";

    @Test
    void withoutATokenNothingIsWrittenAndAForgedOneIsNone() {
        for (var path :
                List.of("/api/buy/", "/api/retire/", "/api/emissions/", "/api/verify-emissions/")) {
            thenDetail(401, "token_missing", post(path, "{}"));
            thenDetail(401, "token_invalid", post(path, "x.y.z", "{}"));
        }
        thenDetail(401, "token_missing", send(request("/api/dashboard/").GET()));
        thenDetail(401, "token_missing", send(request("/api/my-credits/").GET()));
        thenStatus(200, send(request("/api/marketplace/").GET()));
    }

    @Test
    void aRefreshTokenIsNoAccessTokenAndAnAccessTokenRefreshesNothing() {
        var tokens = tokens(user(Role.BUYER, UnitClass.LIVE));

        var refreshAsAccess =
                send(request("/api/dashboard/", tokens.get("refresh").asString()).GET());
        var accessAsRefresh = refresh(tokens.get("access").asString());

        thenDetail(401, "token_invalid", refreshAsAccess);
        thenDetail(401, "token_not_valid", accessAsRefresh);
    }

    @Test
    void whoSignsOutEndsAllThatCameOfTheSignIn() {
        var first = tokens(user(Role.BUYER, UnitClass.LIVE)).get("refresh").asString();
        var second = thenStatus(200, refresh(first)).get("refresh").asString();

        var out = post("/api/token/blacklist/", "{\"refresh\": \"" + first + "\"}");
        var unknown = post("/api/token/blacklist/", "{\"refresh\": \"nobody's\"}");

        thenStatus(200, out);
        thenStatus(200, unknown);
        thenDetail(401, "token_not_valid", refresh(second));
    }

    private HttpResponse<String> refresh(String token) {
        return post("/api/token/refresh/", "{\"refresh\": \"" + token + "\"}");
    }

    @Test
    void aRefreshTokenIsUsedOnceAndOneThatComesAgainEndsAllThatFollowedIt() {
        var first = tokens(user(Role.BUYER, UnitClass.LIVE)).get("refresh").asString();
        var second = thenStatus(200, refresh(first)).get("refresh").asString();

        var stolen = refresh(first);

        thenDetail(401, "token_not_valid", stolen);
        thenDetail(401, "token_not_valid", refresh(second));
    }

    @Test
    void anExpiredRefreshTokenAndOneOfWhoHasLeftAreWorthNothing() {
        var user = user(Role.BUYER, UnitClass.LIVE);
        var old = tokens(user).get("refresh").asString();
        jdbc.sql(
                        """
                        update refresh_token set issued_at = issued_at - interval '2 days',
                            expires_at = expires_at - interval '2 days' where person_id = :person
                        """)
                .param("person", user.id())
                .update();
        var left = user(Role.BUYER, UnitClass.LIVE);
        var lefts = tokens(left).get("refresh").asString();
        jdbc.sql("delete from membership where person_id = :person")
                .param("person", left.id())
                .update();

        thenDetail(401, "token_not_valid", refresh(old));
        thenDetail(401, "token_not_valid", refresh(lefts));
        thenDetail(401, "credentials_wrong", signIn(left.email(), PASSWORD));
    }

    @Test
    void wrongPasswordsPauseSignInHereTooAndTheAnswerTellsNothing() {
        var user = user(Role.BUYER, UnitClass.LIVE);
        var wrong = thenDetail(401, "credentials_wrong", signIn(user.email(), "not the one"));
        for (int i = 0; i < 4; i++) {
            signIn(user.email(), "not the one");
        }

        var paused = thenDetail(401, "credentials_wrong", signIn(user.email(), PASSWORD));
        var unknown =
                thenDetail(
                        401,
                        "credentials_wrong",
                        signIn("n" + UUID.randomUUID() + "@example.org", PASSWORD));

        assertThat(paused.get("detail")).isEqualTo(wrong.get("detail"));
        assertThat(unknown.get("detail")).isEqualTo(wrong.get("detail"));
    }

    @Test
    void anAccessTokenOfAPasswordAdministersNothing() {
        var owner = user(Role.PROPONENT, UnitClass.LIVE, Role.OWNER);
        var token = token(owner);

        var key =
                post(
                        "/api/v1/api-keys",
                        token,
                        "{\"id\": \"" + UUID.randomUUID() + "\", \"name\": \"x\"}");

        thenDetail(403, "scope_missing", key);
    }

    @Test
    void aTokenThatExpiredIsRefused() {
        var user = user(Role.BUYER, UnitClass.LIVE);
        var token = token(user);
        var claims =
                new String(
                        java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]),
                        java.nio.charset.StandardCharsets.UTF_8);
        var body = tools.jackson.databind.json.JsonMapper.shared().readTree(claims);
        var later = Instant.ofEpochSecond(body.get("exp").asLong() + 1);
        var forged = withExpiry(token, body.get("exp").asLong() + 3_600);

        assertThat(later).isBefore(Instant.now().plusSeconds(700)); // ten minutes, no more
        assertThat(body.get("user_id").asString()).isEqualTo(user.id().toString());
        thenDetail(401, "token_invalid", send(request("/api/dashboard/", forged).GET()));
    }

    private static String withExpiry(String token, long seconds) {
        var parts = token.split("\\.");
        var decoder = java.util.Base64.getUrlDecoder();
        var claims = new String(decoder.decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
        var changed = claims.replaceFirst("\"exp\":\\d+", "\"exp\":" + seconds);
        var encoder = java.util.Base64.getUrlEncoder().withoutPadding();
        return parts[0]
                + "."
                + encoder.encodeToString(changed.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "."
                + parts[2];
    }

    @Test
    void nobodyActsForAnother() {
        var offer = offered(UnitClass.LIVE, 3_000, 30_00);
        var victim = user(Role.BUYER, UnitClass.LIVE);
        givenMoney(victim, 10_00);
        var victims = token(victim);
        var thief = user(Role.BUYER, UnitClass.LIVE);
        var thiefs = token(thief);
        var credits = creditsOf(offer.listing(), victims);
        thenStatus(201, buy(victims, credits.getFirst()));

        thenDetail(403, "not_yours", retire(thiefs, credits.getFirst()));
        thenDetail(
                403,
                "acts_for_another",
                post(
                        "/api/buy/",
                        thiefs,
                        "{\"credit_id\": \"%s\", \"buyer_id\": \"%s\"}"
                                .formatted(credits.get(1), victim.id())));
        thenDetail(
                403,
                "acts_for_another",
                post("/api/emissions/", thiefs, EMISSIONS.replace("{", "{\"user\": 1, ")));
        thenWallet(victims, "1", "0", "1");
        assertThat(cents(victims)).isEqualTo(10_00 - 3);
        assertThat(get("/api/my-credits/", thiefs).get("credits")).isEmpty();
        thenStatus(
                201,
                post(
                        "/api/buy/",
                        victims,
                        "{\"credit_id\": \"%s\", \"buyer_id\": \"%s\"}"
                                .formatted(credits.get(1), victim.id())));
    }

    @Test
    void anothersReportIsNotThere() {
        var owner = token(user(Role.BUYER, UnitClass.LIVE));
        var other = token(user(Role.BUYER, UnitClass.LIVE));
        var report = thenStatus(201, post("/api/emissions/", owner, EMISSIONS)).get("report_id");

        var body = "{\"report_id\": " + report + "}";

        thenStatus(200, post("/api/verify-emissions/", owner, body));
        thenDetail(404, "report_unknown", post("/api/verify-emissions/", other, body));
    }

    @Test
    void whatIsUsedIsUsed() {
        var offer = offered(UnitClass.LIVE, 3_000, 30_00);
        var buyer = user(Role.BUYER, UnitClass.LIVE);
        givenMoney(buyer, 10_00);
        var token = token(buyer);
        var credits = creditsOf(offer.listing(), token);
        thenDetail(409, "not_bought", retire(token, credits.getFirst()));
        thenStatus(201, buy(token, credits.getFirst()));

        thenDetail(409, "credit_used", buy(token, credits.getFirst()));
        thenStatus(201, retire(token, credits.getFirst()));
        thenDetail(409, "already_retired", retire(token, credits.getFirst()));
        thenDetail(409, "credit_used", buy(token, credits.getFirst()));
        thenDetail(409, "own_listing", buy(offer.sellersToken(), credits.get(1)));
        thenWallet(token, "0", "1", "0");
    }

    @Test
    void withoutMoneyNothingIsBoughtAndTheHandleStaysFree() {
        var offer = offered(UnitClass.LIVE, 1_000, 30_00);
        var poor = user(Role.BUYER, UnitClass.LIVE);
        givenMoney(poor, 2);
        var rich = user(Role.BUYER, UnitClass.LIVE);
        givenMoney(rich, 10_00);
        var credit = creditsOf(offer.listing(), token(poor)).getFirst();

        thenDetail(409, "not_enough_money", buy(token(poor), credit));
        thenDetail(409, "buyer_unknown", buy(token(user(Role.BUYER, UnitClass.LIVE)), credit));

        thenStatus(201, buy(token(rich), credit));
    }

    @Test
    void whoMayNotTradeOrIsNotVerifiedBuysNothing() {
        var offer = offered(UnitClass.LIVE, 1_000, 30_00);
        var organisation = newOrganisation(Role.BUYER);
        var accountant = token(user(organisation, Set.of(Role.ACCOUNTANT)));
        var credit = creditsOf(offer.listing(), accountant).getFirst();
        var pending = user(Role.BUYER, UnitClass.LIVE);
        jdbc.sql("update organisation set standing = 'PENDING' where id = :id")
                .param("id", pending.organisation())
                .update();

        thenDetail(403, "role_missing", buy(accountant, credit));
        thenDetail(403, "organisation_pending", buy(token(pending), credit));
        thenStatus(201, post("/api/emissions/", accountant, EMISSIONS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1 or 1=1",
                "'; drop table listing; --",
                "\\u0000",
                "00000000-0000-0000-0000",
            })
    void whatIsNoUuidIsNoCredit(String credit) {
        var token = token(user(Role.BUYER, UnitClass.LIVE));

        thenInvalid(buy(token, credit), "credit_id");
        thenInvalid(retire(token, credit), "credit_id");
    }

    @Test
    void aHandleThatWasMadeUpIsNone() {
        var offer = offered(UnitClass.LIVE, 2_000, 30_00);
        var token = token(user(Role.BUYER, UnitClass.LIVE));
        var real = CreditId.of(UUID.fromString(creditsOf(offer.listing(), token).getFirst()));
        var honest = real.orElseThrow();
        var beyond = CreditId.of(honest.listing(), offer.listing(), offer.block().id(), 2);
        var guessed = new CreditId(honest.listing(), 1, honest.check());

        thenDetail(404, "credit_unknown", buy(token, UUID.randomUUID().toString()));
        thenDetail(404, "credit_unknown", buy(token, beyond.toString()));
        thenDetail(404, "credit_unknown", buy(token, guessed.toString()));
        thenDetail(404, "credit_unknown", retire(token, guessed.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "\"NaN\"",
                "NaN",
                "\"Infinity\"",
                "1e400",
                "1e999999999",
                "1000000000001",
                "0.0000001",
                "\"1; drop table activity\"",
                "\"1,5\"",
                "\"\"",
                "true",
                "[1]",
                "{}",
                "null",
            })
    void whatIsNoAmountIsRefusedByItsField(String amount) {
        var token = token(user(Role.BUYER, UnitClass.LIVE));

        var answer = post("/api/emissions/", token, EMISSIONS.replace("1000", amount));

        if (amount.equals("NaN")) {
            thenDetail(400, "malformed_json", answer);
        } else {
            thenInvalid(answer, "electricity_kwh");
        }
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        var token = token(user(Role.BUYER, UnitClass.LIVE));

        thenInvalid(
                post(
                        "/api/emissions/",
                        token,
                        "{\"year\": 1800, \"quarter\": 5, \"diesel_liters\": -1}"),
                "year",
                "quarter",
                "electricity_kwh",
                "diesel_liters");
        thenInvalid(post("/api/emissions/", token, "{\"electricty_kwh\": 1}"), "electricty_kwh");
        thenInvalid(post("/api/token/", "{}"), "email", "password");
        thenInvalid(post("/api/token/refresh/", "{}"), "refresh");
        thenInvalid(post("/api/buy/", token, "{}"), "credit_id");
        thenInvalid(signIn("' or 1=1 --", "x"), "email");
    }
}
