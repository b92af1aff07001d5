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

    Client clientOf(UUID organisation, Role... roles) {
        var machine = members.addMachine(organisation, "test", Set.of(roles));
        return new Client(port, organisation, tokenOf(machine));
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
