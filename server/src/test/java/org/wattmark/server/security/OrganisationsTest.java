package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.testing.Eventually;

/// How people come in, what they become, and what an operator decides about organisations.
class OrganisationsTest extends AccessTest {

    private static final Pattern TOKEN = Pattern.compile("(?m)^([A-Za-z0-9_-]{43})\\s*$");

    @Autowired private ServerSettings settings;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    OrganisationsTest() {}

    @Test
    void aFirmSignsUpByMailAndIsPendingUntilAnOperatorHasLookedAtIt() throws IOException {
        var email = "s" + UUID.randomUUID() + "@example.org";
        var asked = send(json(request("/api/v1/sign-ups"), "POST", signUp(email, "A Bakery")));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);

        var joined = thenCreated(accept(tokenMailedTo(email)));
        var owner = tokenOf(email, PASSWORD);

        var organisation = joined.get("organisation_id").asString();
        assertThat(bodyOf(get("/api/v1/organisation", owner)).get("standing").asString())
                .isEqualTo("PENDING");
        var retire =
                withId(
                        "\"block\": \""
                                + UUID.randomUUID()
                                + "\", \"beneficiary\": \"B\","
                                + " \"quantity\": {\"grams\": 1}");
        thenRefused(post("/api/v1/retirements", owner, retire), 403, "organisation_pending");
        thenCreated(stand(operator(), organisation, "VERIFIED", ""));
        thenRefused(post("/api/v1/retirements", owner, retire), 422, "holder_unknown");
    }

    @Test
    void theAnswerToASignUpDoesNotTellWhetherTheAddressIsKnown() throws IOException {
        var known = owner(Role.BUYER).email();
        var unknown = "s" + UUID.randomUUID() + "@example.org";

        var first = send(json(request("/api/v1/sign-ups"), "POST", signUp(known, "A")));
        var second = send(json(request("/api/v1/sign-ups"), "POST", signUp(unknown, "B")));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).isEqualTo(second.body());
        assertThat(mailTo(known)).contains("has an account already");
    }

    @Test
    void anInvitationIsAcceptedOnceAndTheMemberHasItsRoles() throws IOException {
        var owner = owner(Role.BUYER);
        var email = "i" + UUID.randomUUID() + "@example.org";
        thenCreated(invite(owner, email, "TRADER"));
        var token = tokenMailedTo(email);

        thenCreated(accept(token));
        var again = accept(token);

        thenRefused(again, 410, "invitation_used");
        var me = bodyOf(get("/api/v1/me", tokenOf(email, PASSWORD)));
        assertThat(me.get("organisation_id").asString()).isEqualTo(owner.organisation().toString());
        assertThat(me.get("roles").toString()).isEqualTo("[\"BUYER\",\"TRADER\"]");
    }

    @Test
    void anInvitationThatWasRevokedOrIsTooOldIsOfNoUse() throws IOException {
        var owner = owner(Role.BUYER);
        var revoked = "i" + UUID.randomUUID() + "@example.org";
        var old = "i" + UUID.randomUUID() + "@example.org";
        var id = thenCreated(invite(owner, revoked, "TRADER")).get("id").asString();
        thenCreated(invite(owner, old, "TRADER"));

        thenCreated(
                post("/api/v1/organisation/invitations/" + id + "/revocations", owner, withId("")));
        jdbc.sql(
                        """
                        update invitation set created_at = now() - interval '8 days',
                            expires_at = now() - interval '1 day' where email = :email
                        """)
                .param("email", old)
                .update();

        thenRefused(accept(tokenMailedTo(revoked)), 410, "invitation_used");
        thenRefused(accept(tokenMailedTo(old)), 410, "invitation_expired");
        thenRefused(accept("x".repeat(43)), 404, "token_unknown");
    }

    @Test
    void whoHasAnAccountJoinsAsThemselfAndChoosesForWhomTheyAct() throws IOException {
        var owner = owner(Role.BUYER);
        var guest = owner(Role.PROPONENT);
        thenCreated(invite(owner, guest.email(), "ACCOUNTANT"));
        var token = tokenMailedTo(guest.email());

        thenRefused(accept(token), 409, "sign_in_first");
        thenCreated(post("/api/v1/me/memberships", guest, "{\"token\": \"" + token + "\"}"));
        var there = tokenOf(guest.email(), PASSWORD);
        var back =
                post(
                        "/api/v1/me/organisation",
                        there,
                        "{\"organisation_id\": \"" + guest.organisation() + "\"}");

        assertThat(bodyOf(get("/api/v1/me", there)).get("roles").toString())
                .isEqualTo("[\"ACCOUNTANT\"]");
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(
                        bodyOf(get("/api/v1/me", tokenOf(guest.email(), PASSWORD)))
                                .get("organisation_id")
                                .asString())
                .isEqualTo(guest.organisation().toString());
        assertThat(bodyOf(get("/api/v1/me/memberships", there)).get("data")).hasSize(2);
    }

    @Test
    void theLastOwnerNeitherLeavesNorStepsDown() {
        var owner = owner(Role.BUYER);
        var self = "/api/v1/organisation/members/" + owner.person();

        thenRefused(post(self + "/removals", owner, withId("")), 409, "last_owner");
        thenRefused(
                post(self + "/roles", owner, withId("\"roles\": [\"TRADER\"]")), 409, "last_owner");

        var other = member(owner.organisation(), Role.OWNER);
        thenCreated(post(self + "/removals", owner, withId("")));
        thenRefused(
                post(
                        "/api/v1/organisation/members/" + other.person() + "/removals",
                        other,
                        withId("")),
                409,
                "last_owner");
        assertThat(
                        jdbc.sql("select count(*) from membership where person_id = :it")
                                .param("it", owner.person())
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void aMemberLeavesButRemovesNobodyElseAndGetsNoTokenAfterwards() {
        var owner = owner(Role.BUYER);
        var member = member(owner.organisation(), Role.ACCOUNTANT);

        thenRefused(
                post(
                        "/api/v1/organisation/members/" + owner.person() + "/removals",
                        member,
                        withId("")),
                403,
                "role_missing");
        thenCreated(
                post(
                        "/api/v1/organisation/members/" + member.person() + "/removals",
                        member,
                        withId("")));

        var browser = new SignIn(port);
        var exchanged =
                browser.exchange(browser.code(member.email(), PASSWORD), browser.verifier());
        assertThat(exchanged.statusCode()).isEqualTo(400);
    }

    @Test
    void whoIsRemovedIsRefusedFromThenOnByTheTokenThatTheyHave() {
        var owner = owner(Role.BUYER);
        var member = member(owner.organisation(), Role.ACCOUNTANT);
        assertThat(get("/api/v1/account-profile", member).statusCode()).isEqualTo(200);

        thenCreated(
                post(
                        "/api/v1/organisation/members/" + member.person() + "/removals",
                        owner,
                        withId("")));

        thenRefused(get("/api/v1/account-profile", member), 401, "token_invalid");
        assertThat(get("/api/v1/account-profile", owner).statusCode()).isEqualTo(200);
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneFromTheTokenThatHasIt() {
        var owner = owner(Role.BUYER);
        var member = member(owner.organisation(), Role.OWNER);
        assertThat(get("/api/v1/organisation/changes", member).statusCode()).isEqualTo(200);

        thenCreated(
                post(
                        "/api/v1/organisation/members/" + member.person() + "/roles",
                        owner,
                        withId("\"roles\": [\"ACCOUNTANT\"]")));

        thenRefused(get("/api/v1/organisation/changes", member), 403, "role_missing");
        assertThat(get("/api/v1/account-profile", member).statusCode()).isEqualTo(200);
    }

    @Test
    void whoIsRemovedWithoutThisServerBeingToldIsRefusedWithinASecondOrSo() {
        var member = member(newOrganisation(Role.BUYER), Role.OWNER);
        assertThat(get("/api/v1/me", member).statusCode()).isEqualTo(200);

        jdbc.sql("delete from membership where person_id = :id")
                .param("id", member.person())
                .update();

        Eventually.await(
                "the token counts no more", () -> get("/api/v1/me", member).statusCode() == 401);
    }

    @Test
    void rolesAreThoseOfTheKindOfOrganisationAndChangeOnceHoweverOftenItIsAsked() {
        var owner = owner(Role.BUYER);
        var member = member(owner.organisation(), Role.ACCOUNTANT);
        var path = "/api/v1/organisation/members/" + member.person() + "/roles";
        var body = withId("\"roles\": [\"TRADER\", \"AUDITOR\"]");

        var first = post(path, owner, body);
        var again = post(path, owner, body);
        var wrong = post(path, owner, withId("\"roles\": [\"OPERATOR\"]"));

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(thenCreated(first).at("/receipt/sequence").asLong()).isPositive();
        thenRefused(wrong, 422, "role_not_grantable");
        assertThat(bodyOf(wrong).at("/errors/0/pointer").asString()).isEqualTo("/roles");
    }

    @Test
    void aSuspendedOrganisationMovesNothingAndReadsWhy() {
        var owner = owner(Role.BUYER);
        var token = owner.token();
        var purchase =
                withId("\"listing\": \"" + UUID.randomUUID() + "\", \"quantity\": {\"grams\": 1}");
        thenRefused(post("/api/v1/purchases", token, purchase), 404, "listing_unknown");
        var operator = operator();

        thenRefused(
                stand(operator, owner.organisation().toString(), "SUSPENDED", ""),
                400,
                "invalid_value");
        thenCreated(stand(operator, owner.organisation().toString(), "SUSPENDED", "Court order 7"));

        thenRefused(post("/api/v1/purchases", token, purchase), 403, "organisation_suspended");
        assertThat(bodyOf(get("/api/v1/organisation", token)).get("reason").asString())
                .isEqualTo("Court order 7");
        assertThat(get("/api/v1/holdings", token).statusCode()).isEqualTo(200);
        thenRefused(
                stand(operator, operator.organisation().toString(), "VERIFIED", ""),
                409,
                "own_organisation");
    }

    @Test
    void everyChangeIsAnEntryOfTheJournalThatOwnersAndAuditorsRead() {
        var owner = owner(Role.BUYER);
        var auditor = member(owner.organisation(), Role.AUDITOR);
        var member = member(owner.organisation(), Role.ACCOUNTANT);
        var changed =
                thenCreated(
                        post(
                                "/api/v1/organisation/members/" + member.person() + "/roles",
                                owner,
                                withId("\"roles\": [\"TRADER\"]")));

        var changes = bodyOf(get("/api/v1/organisation/changes", auditor)).get("data");

        var last = changes.get(changes.size() - 1);
        assertThat(last.get("kind").asString()).isEqualTo("ROLES_SET");
        assertThat(last.get("actor").asString()).isEqualTo(owner.person().toString());
        assertThat(last.get("subject").asString()).isEqualTo(member.person().toString());
        assertThat(last.get("detail").asString()).isEqualTo("TRADER");
        assertThat(last.get("sequence").asLong())
                .isEqualTo(changed.at("/receipt/sequence").asLong());
        var leaf =
                jdbc.sql("select leaf from journal where sequence = :it")
                        .param("it", last.get("sequence").asLong())
                        .query((row, _) -> new String(row.getBytes(1), ISO_8859_1))
                        .single();
        assertThat(leaf).contains("ROLES_SET").doesNotContain(member.person().toString());
    }

    @Test
    void theFirstOperatorComesInByATokenInAFileThatOnlyTheOwnerReads() throws IOException {
        var file = settings.keys().resolve("first-operator.token");
        var email = "f" + UUID.randomUUID() + "@example.org";

        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        var token = Files.readString(file).strip();
        thenCreated(accept(token, "\"email\": \"" + email + "\", "));

        var me = bodyOf(get("/api/v1/me", tokenOf(email, PASSWORD)));
        assertThat(me.get("roles").toString()).contains("OPERATOR", "OWNER");
        thenRefused(accept(token, "\"email\": \"x" + email + "\", "), 410, "invitation_used");
    }

    private HttpResponse<String> invite(Member owner, String email, String role) {
        return post(
                "/api/v1/organisation/invitations",
                owner,
                withId("\"email\": \"" + email + "\", \"roles\": [\"" + role + "\"]"));
    }

    private HttpResponse<String> accept(String token) {
        return accept(token, "");
    }

    private HttpResponse<String> accept(String token, String more) {
        return send(
                json(
                        request("/api/v1/invitation-acceptances"),
                        "POST",
                        "{"
                                + more
                                + "\"token\": \""
                                + token
                                + "\", \"display_name\": \"Somebody\", \"password\": \""
                                + PASSWORD
                                + "\"}"));
    }

    private static String signUp(String email, String name) {
        return "{\"email\": \"%s\", \"organisation\": \"%s %s\", \"country\": \"GB\"}"
                .formatted(email, name, UUID.randomUUID());
    }

    private HttpResponse<String> stand(
            Member operator, String organisation, String standing, String reason) {
        return post(
                "/api/v1/organisations/" + organisation + "/standing",
                operator,
                withId("\"standing\": \"" + standing + "\", \"reason\": \"" + reason + "\""));
    }

    private String tokenMailedTo(String email) throws IOException {
        var found = TOKEN.matcher(mailTo(email));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String mailTo(String email) throws IOException {
        try (var mails = Files.list(settings.data().resolve("outbox"))) {
            for (Path mail : mails.filter(each -> each.toString().endsWith(".eml")).toList()) {
                var text = Files.readString(mail).replace("=\r\n", "").replace("=\n", "");
                if (text.contains("To: " + email)) {
                    return text;
                }
            }
        }
        throw new AssertionError("no mail to " + email);
    }
}
