package org.wattmark.server.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.server.metering.MeterServerTest;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.testing.Eventually;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;

/// People hear of what needs or concerns them, once, and of nothing that did not happen.
class NotificationsTest extends MeterServerTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired private ServerSettings settings;
    @Autowired private Telling telling;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    NotificationsTest() {}

    private record Member(UUID person, UUID organisation, String email, String token) {}

    @Test
    void aDepositTellsTheOperatorsFirstAndThenTheFirm() {
        var desk = member(Role.OPERATOR, Role.OPERATOR);
        var other = member(Role.OPERATOR, Role.OPERATOR);
        var buyer = member(Role.BUYER, Role.OWNER);
        var deposit = UUID.randomUUID();

        thenCreated(post("/api/v1/deposits", desk, depositBody(deposit, buyer)));
        var waiting = told(other, "DEPOSIT_TO_APPROVE");
        thenCreated(post("/api/v1/deposits/" + deposit + "/approvals", other, id()));
        var posted = told(buyer, "DEPOSIT_POSTED");

        assertThat(waiting.get("title").asString()).isEqualTo(Kind.DEPOSIT_TO_APPROVE.title());
        assertThat(posted.get("subject").asString()).isEqualTo(deposit.toString());
        assertThat(posted.get("text").asString()).contains(deposit.toString());
        assertThat(kinds(list(buyer, ""))).doesNotContain("DEPOSIT_TO_APPROVE");
    }

    @Test
    void whatNeedsSomebodyComesByMailToo() {
        var desk = member(Role.OPERATOR, Role.OPERATOR);
        var other = member(Role.OPERATOR, Role.OPERATOR);
        var buyer = member(Role.BUYER, Role.OWNER);

        thenCreated(post("/api/v1/deposits", desk, depositBody(UUID.randomUUID(), buyer)));

        Eventually.await("a mail has come", () -> mailTo(other.email()).isPresent());
        assertThat(mailTo(other.email()).orElseThrow())
                .contains("A deposit waits for a second person");
    }

    @Test
    void oneUnreadWordOfWhatWaitsIsEnough() {
        var desk = member(Role.OPERATOR, Role.OPERATOR);
        var other = member(Role.OPERATOR, Role.OPERATOR);
        var buyer = member(Role.BUYER, Role.OWNER);
        thenCreated(post("/api/v1/deposits", desk, depositBody(UUID.randomUUID(), buyer)));
        var first = told(other, "DEPOSIT_TO_APPROVE");

        var second = UUID.randomUUID();
        thenCreated(post("/api/v1/deposits", desk, depositBody(second, buyer)));
        thenCreated(post("/api/v1/deposits/" + second + "/approvals", other, id()));
        told(buyer, "DEPOSIT_POSTED"); // by then the notice before it was told too

        assertThat(kinds(list(other, ""))).containsOnlyOnce("DEPOSIT_TO_APPROVE");
        put("/api/v1/me/notifications/" + first.get("id").asString() + "/read", other, "");
        thenCreated(post("/api/v1/deposits", desk, depositBody(UUID.randomUUID(), buyer)));
        assertThat(told(other, "DEPOSIT_TO_APPROVE").get("id")).isNotEqualTo(first.get("id"));
    }

    @Test
    void whatWasReadIsCountedNoMoreAndStaysInTheList() {
        var buyer = member(Role.BUYER, Role.OWNER);
        tell(buyer, Kind.CREDITS_BOUGHT, "one");
        tell(buyer, Kind.CREDITS_BOUGHT, "two");
        var newest = list(buyer, "").getFirst();
        var read = "/api/v1/me/notifications/" + newest.get("id").asString() + "/read";

        var before = count(buyer);
        var first = bodyOf(put(read, buyer, ""));
        var again = bodyOf(put(read, buyer, ""));

        assertThat(before).isEqualTo(2);
        assertThat(count(buyer)).isEqualTo(1);
        assertThat(again.get("read_at")).isEqualTo(first.get("read_at"));
        assertThat(list(buyer, "")).hasSize(2);
        assertThat(list(buyer, "?unread=true")).hasSize(1);
        assertThat(newest.get("text").asString()).contains("two");
    }

    @Test
    void theListComesInPagesNewestFirst() {
        var buyer = member(Role.BUYER, Role.OWNER);
        for (int i = 0; i < 5; i++) {
            tell(buyer, Kind.CREDITS_BOUGHT, "number " + i);
        }

        var texts = new ArrayList<String>();
        var path = Optional.of("/api/v1/me/notifications?limit=2");
        while (path.isPresent()) {
            var page = bodyOf(get(path.get(), buyer));
            page.get("data").forEach(each -> texts.add(each.get("text").asString()));
            path =
                    Optional.ofNullable(page.get("next_cursor"))
                            .filter(JsonNode::isString)
                            .map(cursor ->
                                    "/api/v1/me/notifications?limit=2&cursor=" + cursor.asString());
        }

        assertThat(texts).hasSize(5);
        assertThat(texts.getFirst()).contains("number 4");
        assertThat(texts.getLast()).contains("number 0");
    }

    @Test
    void whatAPersonDoesNotWishIsNotTold() {
        var buyer = member(Role.BUYER, Role.OWNER);
        var wish = "/api/v1/me/notification-wishes/CREDITS_BOUGHT";

        var set = put(wish, buyer, "{\"in_app\": false, \"mail\": false}");
        tell(buyer, Kind.CREDITS_BOUGHT, "one");
        tell(buyer, Kind.CREDITS_SOLD, "two");

        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(kinds(list(buyer, ""))).containsExactly("CREDITS_SOLD");
        var wishes = bodyOf(get("/api/v1/me/notification-wishes", buyer)).get("data");
        assertThat(wishes.size()).isEqualTo(Kind.values().length);
        var unknown = put("/api/v1/me/notification-wishes/WEATHER", buyer, "{}");
        assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(400);
    }

    @Test
    void theSameThingIsToldOnceHoweverOftenItIsLookedAt() {
        var buyer = member(Role.BUYER, Role.OWNER);
        var message =
                new Telling.Message(
                        "test/" + UUID.randomUUID(),
                        Kind.METER_SILENT,
                        Optional.of(buyer.organisation()),
                        UUID.randomUUID().toString(),
                        "yesterday",
                        Instant.EPOCH);

        telling.tell(message);
        telling.tell(message);

        assertThat(list(buyer, "")).hasSize(1);
    }

    @Test
    void aMemberIsToldOnlyWhatTheirRoleConcernsAndForTheOrganisationThatTheyActFor() {
        var owner = member(Role.BUYER, Role.OWNER);
        var auditor = memberOf(owner.organisation(), Role.AUDITOR);
        var stranger = member(Role.BUYER, Role.OWNER);

        tell(owner, Kind.CREDITS_BOUGHT, "one");

        assertThat(list(owner, "")).hasSize(1);
        assertThat(list(auditor, "")).isEmpty();
        assertThat(list(stranger, "")).isEmpty();
        var id = list(owner, "").getFirst().get("id").asString();
        var taken = put("/api/v1/me/notifications/" + id + "/read", stranger, "");
        assertThat(taken.statusCode()).isEqualTo(404);
        assertThat(count(owner)).isEqualTo(1);
    }

    @Test
    void aMeterThatSentAndSendsNoMoreIsTold() {
        var panel = bondedPanel();
        var owner = memberOf(panel.owner().organisation(), Role.OWNER);
        var day = Period.starting(Instant.parse("2025-07-01T06:00:00Z"), Duration.ofDays(1));
        var sent = send(panel, panel.meter().honest(day));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        var now = day.end().plus(Duration.ofDays(3));

        new SilentMeters(jdbc, telling, () -> now).tell();
        new SilentMeters(jdbc, telling, () -> now).tell();

        var told = list(owner, "");
        assertThat(kinds(told)).containsExactly("METER_SILENT");
        assertThat(told.getFirst().get("subject").asString())
                .isEqualTo(panel.device().id().toString());
    }

    private void tell(Member to, Kind kind, String detail) {
        telling.tell(
                new Telling.Message(
                        "test/" + UUID.randomUUID(),
                        kind,
                        Optional.of(to.organisation()),
                        UUID.randomUUID().toString(),
                        detail,
                        Instant.now()));
    }

    /// Waits for the newest unread notification of the kind.
    private JsonNode told(Member member, String kind) {
        Eventually.await(kind + " is told", () -> newest(member, kind).isPresent());
        return newest(member, kind).orElseThrow();
    }

    private Optional<JsonNode> newest(Member member, String kind) {
        return list(member, "?unread=true").stream()
                .filter(each -> each.get("kind").asString().equals(kind))
                .findFirst();
    }

    private List<JsonNode> list(Member member, String query) {
        var answer = get("/api/v1/me/notifications" + query, member);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var all = new ArrayList<JsonNode>();
        bodyOf(answer).get("data").forEach(all::add);
        return all;
    }

    private static List<String> kinds(List<JsonNode> notifications) {
        return notifications.stream().map(each -> each.get("kind").asString()).toList();
    }

    private long count(Member member) {
        return bodyOf(get("/api/v1/me/notification-count", member)).get("unread").asLong();
    }

    private Optional<String> mailTo(String email) {
        var outbox = settings.data().resolve("outbox");
        if (!Files.isDirectory(outbox)) {
            return Optional.empty();
        }
        try (var mails = Files.list(outbox)) {
            for (var mail : mails.filter(each -> each.toString().endsWith(".eml")).toList()) {
                var text = Files.readString(mail);
                if (text.contains("To: " + email)) {
                    return Optional.of(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.empty();
    }

    private Member member(Role kind, Role role) {
        return memberOf(newOrganisation(kind), role);
    }

    private Member memberOf(UUID organisation, Role role) {
        var email = "n" + UUID.randomUUID() + "@example.org";
        var added = members.addPerson(organisation, email, "A Member", PASSWORD, Set.of(role));
        var person = ((Members.PersonAdded.Added) added).person();
        return new Member(person.id(), organisation, email, tokenOf(email, PASSWORD));
    }

    private static String depositBody(UUID id, Member buyer) {
        return """
        {"id": "%s", "organisation": "%s", "external_reference": "bank %s",
         "amount": {"minor_units": 700, "currency": "EUR"}}
        """
                .formatted(id, buyer.organisation(), id);
    }

    private static String id() {
        return "{\"id\": \"" + UUID.randomUUID() + "\"}";
    }

    private HttpResponse<String> get(String path, Member member) {
        return send(request(path, member.token()).GET());
    }

    private HttpResponse<String> post(String path, Member member, String body) {
        return send(json(request(path, member.token()), "POST", body));
    }

    private HttpResponse<String> put(String path, Member member, String body) {
        return send(json(request(path, member.token()), "PUT", body));
    }

    private static void thenCreated(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
