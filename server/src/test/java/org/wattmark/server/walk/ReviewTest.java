package org.wattmark.server.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.registry.RecomputeCommand;
import org.wattmark.server.security.Role;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// From a firm's bill to its credits: a design that is validated, a report that nobody but the firm
/// attests, a verifier who looks, asks and stands for it, and a third person.
class ReviewTest extends WalkTest {

    @Autowired private OpenDatabase open;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    ReviewTest() {}

    private static String path(UUID claim, String what) {
        return "/api/v1/claims/" + claim + "/" + what;
    }

    private static Map<String, ?> taking(boolean conflict) {
        return Map.of(
                "id",
                UUID.randomUUID(),
                "conflict_of_interest",
                conflict,
                "declaration",
                "Neither employed nor paid by the firm in five years.");
    }

    private static Map<String, ?> verifying(String statement, String... documents) {
        return Map.of(
                "id",
                UUID.randomUUID(),
                "decision",
                "VERIFY",
                "statement",
                statement,
                "documents",
                List.of(documents),
                "opinion",
                "The hours are in the logger's file.");
    }

    private static Map<String, ?> approval(String decision) {
        return Map.of(
                "id", UUID.randomUUID(), "decision", decision, "reason", "All steps were taken.");
    }

    @Test
    void aReportBecomesCreditsByThreePersons() {
        var firm = new Firm(person(Role.PROPONENT));
        var verifier = person(Role.VERIFIER);
        var registrar = person(Role.OPERATOR);
        firm.validated(person(Role.VERIFIER));
        var claim = UUID.randomUUID();

        var submitted = firm.client.created("/api/v1/claims", firm.claim(claim, 2024));
        var waiting = submitted.path("claim");
        verifier.created(path(claim, "reviews"), taking(false));
        var question = UUID.randomUUID();
        verifier.created(
                path(claim, "questions"),
                Map.of("id", question, "text", "Which logger recorded the hours?"));
        var photograph = firm.stored("photograph");
        firm.client.created(
                path(claim, "answers"),
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "question",
                        question,
                        "text",
                        "The one on the photograph.",
                        "attachments",
                        List.of(photograph)));
        var statement = waiting.path("statement").asString();
        var verified =
                verifier.created(
                        path(claim, "decisions"),
                        verifying(statement, firm.record(2024), photograph));
        var early =
                firm.client.refused(
                        "/api/v1/issuances", Map.of("id", UUID.randomUUID(), "claim", claim));
        var approved = registrar.created(path(claim, "issuance-approvals"), approval("APPROVE"));
        var block = issue(firm.client, claim);

        assertThat(waiting.path("state").asString())
                .as(waiting.toPrettyString())
                .isEqualTo("NEEDS_REVIEW");
        assertThat(waiting.path("tier").asString()).isEqualTo("T0");
        assertThat(verified.path("state").asString()).isEqualTo("VERIFIED");
        assertThat(early).isEqualTo("409 not_approved");
        assertThat(approved.path("state").asString()).isEqualTo("APPROVED");
        assertThat(block.path("unit_class").asString()).isEqualTo("LIVE");
        var issued = firm.found(claim);
        assertThat(issued.path("tier").asString()).isEqualTo("T1");
        assertThat(issued.path("verified_by").asString())
                .isEqualTo("verifier:" + verifier.organisation());
        assertThat(actions(firm.client, claim))
                .containsExactly("TAKE", "ASK", "ANSWER", "VERIFY", "APPROVE_ISSUANCE");
        assertThat(verifier.get(path(claim, "evidence/" + photograph)).statusCode()).isEqualTo(200);
        thenThePublicPageTellsOfIt(firm, claim);
    }

    private static List<String> actions(Client client, UUID claim) {
        return client.found(path(claim, "steps"))
                .path("data")
                .valueStream()
                .map(step -> step.path("action").asString())
                .toList();
    }

    private static void thenThePublicPageTellsOfIt(Firm firm, UUID claim) {
        var page = firm.client.found("/api/v1/public/projects/" + firm.project);
        assertThat(page.path("designs").get(0).path("state").asString()).isEqualTo("VALIDATED");
        assertThat(page.path("monitoring_periods").get(0).path("claim").asString())
                .isEqualTo(claim.toString());
        assertThat(page.path("programme_gaps").toString())
                .contains("CORSIA_PROGRAMME_NOT_APPROVED", "ICVCM_PROGRAMME_NOT_ASSESSED");
        assertThat(page.path("programme_notice").asString()).startsWith("Not eligible");
    }

    @Test
    void whatPlaysPassesByPolicyAndIsOfClassTest() {
        var firm = new Firm(testClient(Role.PROPONENT));
        var claim = UUID.randomUUID();

        var submitted = firm.client.created("/api/v1/claims", firm.claim(claim, 2024));
        var block = issue(firm.client, claim);

        assertThat(submitted.path("claim").path("state").asString())
                .as(submitted.toPrettyString())
                .isEqualTo("APPROVED");
        assertThat(block.path("unit_class").asString()).isEqualTo("TEST");
    }

    @Test
    void nothingIsClaimedTwice() {
        var firm = new Firm(testClient(Role.PROPONENT));
        firm.client.created("/api/v1/claims", firm.claim(UUID.randomUUID(), 2024));
        var other = new Firm(firm.client);

        var samePeriod =
                firm.client.refused(
                        "/api/v1/claims",
                        firm.claim(UUID.randomUUID(), 2024, firm.stored("another record")));
        var sameRecord =
                firm.client.refused(
                        "/api/v1/claims", other.claim(UUID.randomUUID(), 2024, firm.record(2024)));
        var nextYear = firm.client.created("/api/v1/claims", firm.claim(UUID.randomUUID(), 2025));

        assertThat(samePeriod).isEqualTo("409 already_claimed");
        assertThat(sameRecord).isEqualTo("409 already_claimed");
        assertThat(nextYear.path("claim").path("state").asString()).isEqualTo("APPROVED");
    }

    @Test
    void aVerifierWithAConflictHandsTheClaimBackForGood() {
        var firm = new Firm(person(Role.PROPONENT));
        var claim = UUID.randomUUID();
        firm.client.created("/api/v1/claims", firm.claim(claim, 2024));
        var house = newOrganisation(Role.VERIFIER);
        var conflicted = person(house, Role.VERIFIER);
        var colleague = person(house, Role.VERIFIER);

        conflicted.created(path(claim, "reviews"), taking(true));

        assertThat(firm.found(claim).path("state").asString()).isEqualTo("NEEDS_REVIEW");
        assertThat(conflicted.refused(path(claim, "reviews"), taking(false)))
                .isEqualTo("403 conflict_declared");
        assertThat(colleague.refused(path(claim, "reviews"), taking(false)))
                .isEqualTo("403 conflict_declared");
        assertThat(person(Role.VERIFIER).post(path(claim, "reviews"), taking(false)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void noStepIsTakenByWhoMayNotOrBeforeItsTime() {
        var firm = new Firm(person(Role.PROPONENT));
        var claim = UUID.randomUUID();
        var submitted = firm.client.created("/api/v1/claims", firm.claim(claim, 2024));
        var statement = submitted.path("claim").path("statement").asString();
        var verifier = person(Role.VERIFIER);
        var own = person(firm.client.organisation(), Role.OWNER);
        var registrar = person(Role.OPERATOR);

        assertThat(own.refused(path(claim, "reviews"), taking(false)))
                .isEqualTo("403 role_missing");
        assertThat(liveClient(Role.VERIFIER).refused(path(claim, "reviews"), taking(false)))
                .isEqualTo("403 person_needed");
        assertThat(verifier.refused(path(claim, "decisions"), verifying(statement)))
                .isEqualTo("409 not_in_this_state");
        assertThat(registrar.refused(path(claim, "issuance-approvals"), approval("APPROVE")))
                .isEqualTo("409 not_in_this_state");

        verifier.created(path(claim, "reviews"), taking(false));
        assertThat(person(Role.VERIFIER).refused(path(claim, "decisions"), verifying(statement)))
                .isEqualTo("403 not_the_reviewer");
        assertThat(verifier.refused(path(claim, "decisions"), verifying(statement)))
                .isEqualTo("422 documents_not_named");
        assertThat(
                        verifier.refused(
                                path(claim, "decisions"), verifying(statement, "ab".repeat(32))))
                .isEqualTo("422 document_unknown");
        assertThat(
                        verifier.refused(
                                path(claim, "decisions"),
                                verifying("cd".repeat(32), firm.record(2024))))
                .isEqualTo("409 statement_differs");

        verifier.created(path(claim, "decisions"), verifying(statement, firm.record(2024)));
        assertThat(registrar.refused(path(claim, "issuance-approvals"), approval("APPROVE")))
                .isEqualTo("422 project_not_validated");
    }

    @Test
    void aStrangerSeesNothingOfAClaim() {
        var firm = new Firm(person(Role.PROPONENT));
        var claim = UUID.randomUUID();
        firm.client.created("/api/v1/claims", firm.claim(claim, 2024));
        var stranger = person(Role.PROPONENT);

        for (var what : List.of("steps", "statement", "evidence/" + firm.record(2024))) {
            assertThat(stranger.get(path(claim, what)).statusCode()).as(what).isEqualTo(404);
        }
        assertThat(
                        stranger.refused(
                                path(claim, "withdrawals"),
                                Map.of("id", UUID.randomUUID(), "reason", "mine")))
                .isEqualTo("404 claim_unknown");
        assertThat(stranger.get("/api/v1/review-queue").statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsWithdrawnIsFreeAgain() {
        var firm = new Firm(person(Role.PROPONENT));
        var claim = UUID.randomUUID();
        firm.client.created("/api/v1/claims", firm.claim(claim, 2024));

        firm.client.created(
                path(claim, "withdrawals"), Map.of("id", UUID.randomUUID(), "reason", "A typo."));
        var again = firm.client.created("/api/v1/claims", firm.claim(UUID.randomUUID(), 2024));

        assertThat(firm.found(claim).path("state").asString()).isEqualTo("WITHDRAWN");
        assertThat(again.path("claim").path("state").asString()).isEqualTo("NEEDS_REVIEW");
    }

    @Test
    void theQueueShowsWhatWaitsAndWhoHasIt() {
        var firm = new Firm(person(Role.PROPONENT));
        var claim = UUID.randomUUID();
        firm.client.created("/api/v1/claims", firm.claim(claim, 2024));
        var verifier = person(Role.VERIFIER);

        boolean waits = isQueued(verifier, "state=NEEDS_REVIEW", claim);
        verifier.created(path(claim, "reviews"), taking(false));

        assertThat(waits).isTrue();
        assertThat(isQueued(verifier, "mine=true", claim)).isTrue();
        assertThat(isQueued(verifier, "state=NEEDS_REVIEW", claim)).isFalse();
        assertThat(isQueued(person(Role.VERIFIER), "mine=true", claim)).isFalse();
    }

    private static boolean isQueued(Client client, String query, UUID claim) {
        var cursor = "";
        while (true) {
            JsonNode page = client.found("/api/v1/review-queue?limit=100&" + query + cursor);
            if (page.path("data")
                    .valueStream()
                    .anyMatch(each -> each.path("id").asString().equals(claim.toString()))) {
                return true;
            }
            if (!page.path("has_more").asBoolean()) {
                return false;
            }
            cursor = "&cursor=" + page.path("next_cursor").asString();
        }
    }

    @Test
    void aDesignIsValidatedByAnotherOrganisationAndLimitsWhatIsClaimed() {
        var firm = new Firm(person(Role.PROPONENT));
        var designs = "/api/v1/projects/" + firm.project + "/designs";
        firm.client.created(designs, firm.design());
        var validations = "/api/v1/projects/" + firm.project + "/validations";
        var verdict =
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "design",
                        1,
                        "decision",
                        "VALIDATE",
                        "opinion",
                        "It holds.");

        assertThat(firm.client.refused(designs, firm.design())).isEqualTo("409 design_waits");
        assertThat(person(firm.client.organisation(), Role.OWNER).refused(validations, verdict))
                .isEqualTo("403 role_missing");
        person(Role.VERIFIER).created(validations, verdict);
        assertThat(person(Role.VERIFIER).refused(validations, withNewId(verdict)))
                .isEqualTo("409 not_in_this_state");
        assertThat(firm.client.refused(designs, firm.design())).isEqualTo("422 does_not_follow");
        assertThat(firm.client.refused("/api/v1/claims", firm.claim(UUID.randomUUID(), 2019)))
                .isEqualTo("422 outside_crediting_period");
    }

    private static Map<String, ?> withNewId(Map<String, ?> body) {
        var other = new LinkedHashMap<String, Object>(body);
        other.put("id", UUID.randomUUID());
        return other;
    }

    @Test
    void aStatementIsComputedAgainFromItsFileOrItIsSaidWhereItDiffers(@TempDir Path folder)
            throws Exception {
        var firm = new Firm(testClient(Role.PROPONENT));
        var claim = UUID.randomUUID();
        firm.client.created("/api/v1/claims", firm.claim(claim, 2024));
        var answer = firm.client.get(path(claim, "statement")).body();
        var file = Files.writeString(folder.resolve("statement.json"), answer);
        var data = bodyOf(firm.client.get(path(claim, "statement"))).path("data").asString();
        var bytes = Base64.getDecoder().decode(data);
        bytes[bytes.length - 12] ^= 1;
        var other = answer.replace(data, Base64.getEncoder().encodeToString(bytes));
        var changed = Files.writeString(folder.resolve("changed.json"), other);

        var same = new StringWriter();
        int exit = recompute(same, file);
        int changedExit = recompute(new StringWriter(), changed);

        assertThat(exit).as(same.toString()).isZero();
        assertThat(same.toString()).contains("SAME").contains("deemed-savings/1");
        assertThat(changedExit).isNotZero();
    }

    private static int recompute(StringWriter out, Path file) {
        return new CommandLine(RecomputeCommand.class)
                .setOut(new PrintWriter(out))
                .execute(file.toString());
    }

    @Test
    void aClaimInTheDatabaseIsComputedAgainByItsId() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        household.send(household.simulatedReadings(days(0, 5)));
        var metered = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(metered, days(0, 5)));
        var firm = new Firm(testClient(Role.PROPONENT));
        var reported = UUID.randomUUID();
        firm.client.created("/api/v1/claims", firm.claim(reported, 2024));

        var first = new StringWriter();
        int ofMetered = recomputeById(first, metered);
        int ofReported = recomputeById(new StringWriter(), reported);
        int ofNone = recomputeById(new StringWriter(), UUID.randomUUID());

        assertThat(ofMetered).as(first.toString()).isZero();
        assertThat(first.toString()).contains("SAME");
        assertThat(ofReported).isZero();
        assertThat(ofNone).isEqualTo(1);
    }

    private int recomputeById(StringWriter out, UUID claim) {
        return new CommandLine(RecomputeCommand.class)
                .setOut(new PrintWriter(out))
                .execute("--database-url", url(), claim.toString());
    }

    private String url() {
        var database = open.database();
        var who =
                URLEncoder.encode(database.user(), UTF_8)
                        + ":"
                        + URLEncoder.encode(database.password(), UTF_8);
        return database.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + who + "@");
    }

    @Test
    void whatIsNoSuchDataIsRefusedWithTheReason() {
        var firm = new Firm(testClient(Role.PROPONENT));
        var claim = firm.claim(UUID.randomUUID(), 2024);
        var unstored = firm.claim(UUID.randomUUID(), 2024, "ef".repeat(32));
        claim.put("data", Map.of("lines", List.of()));

        assertThat(firm.client.refused("/api/v1/claims", claim)).isEqualTo("400 invalid_value");
        assertThat(firm.client.refused("/api/v1/claims", unstored)).isEqualTo("400 invalid_value");
    }
}
