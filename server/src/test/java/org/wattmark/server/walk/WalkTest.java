package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Site;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.postgres.ServerTest;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;

/// What stories of the walk share: who takes part, and the steps that most of them take.
abstract class WalkTest extends ServerTest {

    static final Site BRISTOL = Site.of("Europe/London", "51.4545", "-2.5879", 11, "GB");
    static final Installation ROOF = new Installation(4_000, Mounting.FIXED);
    static final Period JUNE =
            new Period(
                    Instant.parse("2026-05-31T23:00:00Z"), Instant.parse("2026-06-30T23:00:00Z"));

    @Autowired Organisations organisations;

    @SuppressWarnings("NullAway.Init") // Spring sets the field before each test
    WalkTest() {}

    /// A new organisation that only plays, and its machine.
    Client testClient(Role role) {
        var organisation = newOrganisation(role);
        organisations.markAsTest(organisation);
        return clientOf(organisation, role);
    }

    /// A new organisation for which everything counts, and its machine.
    Client liveClient(Role role) {
        return clientOf(newOrganisation(role), role);
    }

    /// A person who signed in just now.
    Client person(UUID organisation, Role... roles) {
        var email = "p" + UUID.randomUUID() + "@example.org";
        var added = members.addPerson(organisation, email, "A Person", PASSWORD, Set.of(roles));
        assertThat(added).isInstanceOf(Members.PersonAdded.Added.class);
        return new Client(port, organisation, tokenOf(email, PASSWORD));
    }

    Client person(Role role) {
        return person(newOrganisation(role), role);
    }

    private static final String PASSWORD = "correct horse battery";

    Client clientOf(UUID organisation, Role... roles) {
        var machine = members.addMachine(organisation, "test", Set.of(roles));
        return new Client(port, organisation, tokenOf(machine));
    }

    /// The whole way of a claim that counts: its project's design is validated, a verifier takes it
    /// and stands for its statement, and the registry approves issuance.
    ///
    /// @param statement the draft's SHA-256
    /// @return the verifier's organisation
    UUID verifiedAndApproved(Household household, UUID claim, String statement) {
        var verifier = person(Role.VERIFIER);
        validated(household);
        verifier.created(
                "/api/v1/claims/" + claim + "/reviews",
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "conflict_of_interest",
                        false,
                        "declaration",
                        "None."));
        verifier.created(
                "/api/v1/claims/" + claim + "/decisions",
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "decision",
                        "VERIFY",
                        "statement",
                        statement,
                        "opinion",
                        "The readings are the meter's."));
        person(Role.OPERATOR)
                .created(
                        "/api/v1/claims/" + claim + "/issuance-approvals",
                        Map.of(
                                "id", UUID.randomUUID(),
                                "decision", "APPROVE",
                                "reason", "All steps were taken."));
        return verifier.organisation();
    }

    /// A validator finds the design of the household's roof good, for seven years.
    private void validated(Household household) {
        var projects = "/api/v1/projects/" + household.project;
        household.client.created(
                projects + "/designs",
                Map.ofEntries(
                        Map.entry("id", UUID.randomUUID()),
                        Map.entry("document", Firm.stored(household.client, "A roof of 4 kWp")),
                        Map.entry("summary", "A roof of 4 kWp."),
                        Map.entry("location", "Bristol"),
                        Map.entry("crediting_start", "2025-01-01"),
                        Map.entry("years", 7),
                        Map.entry("renewable", true),
                        Map.entry("exclusivity_declared", true),
                        Map.entry("exclusivity", "No other scheme, no support, no cap."),
                        Map.entry(
                                "additionality",
                                Map.of(
                                        "beyond_the_law",
                                        true,
                                        "law",
                                        "Building regulations",
                                        "listed",
                                        Map.of(
                                                "list",
                                                "MICROSCALE_RENEWABLE",
                                                "largest_sub_unit",
                                                4,
                                                "of_small_users",
                                                true)))));
        person(Role.VERIFIER)
                .created(
                        projects + "/validations",
                        Map.of(
                                "id",
                                UUID.randomUUID(),
                                "design",
                                1,
                                "decision",
                                "VALIDATE",
                                "opinion",
                                "It holds."));
    }

    /// Issues what was approved, and returns the block.
    static JsonNode issue(Client proponent, UUID claim) {
        var issued =
                proponent.created(
                        "/api/v1/issuances", Map.of("id", UUID.randomUUID(), "claim", claim));
        return issued.path("blocks").get(0).path("block");
    }

    static Map<String, ?> retirement(UUID id, JsonNode block, long grams) {
        return Map.of(
                "id",
                id,
                "block",
                block.path("id").asString(),
                "quantity",
                Map.of("grams", grams),
                "beneficiary",
                "A bakery",
                "purpose",
                "Its ovens in June");
    }

    /// Fetches a certificate as anybody may, and checks it as `wattmark verify` does: offline.
    RetirementStatement certified(UUID retirement) throws Exception {
        var file = send(request("/api/v1/certificates/" + retirement + "?wait=10s").GET());
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        var certificate = CertificateFile.read(file.body().getBytes(StandardCharsets.UTF_8));
        var key = VerifierKey.parse(send(request("/log/key").GET()).body().strip());
        var verdict = certificate.verify(Trust.parse(Trust.pinning(key)));
        assertThat(verdict).isInstanceOf(Verdict.Logged.class);
        return certificate.statement();
    }

    static Period days(int first, int count) {
        var start = JUNE.start().plus(Duration.ofDays(first));
        return new Period(start, start.plus(Duration.ofDays(count)));
    }
}
