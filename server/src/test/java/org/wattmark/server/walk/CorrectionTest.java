package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// A period is closed once: what comes after it stands beside what was stated, for all to see.
class CorrectionTest extends WalkTest {

    private static String corrections(UUID claim) {
        return "/api/v1/claims/" + claim + "/corrections";
    }

    private static JsonNode listed(Client client, UUID claim) {
        return client.found(corrections(claim)).path("data");
    }

    @Test
    void readingsThatComeLateAreACorrectionThatNoClaimCanTake() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        household.send(household.simulatedReadings(days(0, 4)));
        var claim = UUID.randomUUID();
        var stated = household.client.created("/api/v1/claims", household.claim(claim, days(0, 5)));

        household.send(household.simulatedReadings(days(4, 1)));
        household.send(household.simulatedReadings(days(5, 1)));

        var found = listed(household.client, claim);
        assertThat(found.size()).isEqualTo(1);
        assertThat(found.get(0).path("cause").asString()).isEqualTo("LATE_READINGS");
        assertThat(found.get(0).at("/late/watt_hours").asLong()).isPositive();
        assertThat(household.client.found("/api/v1/claims/" + claim).path("statement"))
                .isEqualTo(stated.at("/claim/statement"));
        assertThat(testClient(Role.PROPONENT).get(corrections(claim)).statusCode()).isEqualTo(404);
    }

    @Test
    @SuppressWarnings("unchecked")
    void restatedDataDrawTheBufferAndTheCertificateSaysSo() {
        var organisation = newOrganisation(Role.PROPONENT);
        organisations.markAsTest(organisation);
        var firm = new Firm(person(organisation, Role.PROPONENT));
        var claim = UUID.randomUUID();
        var body = firm.claim(claim, 2024);
        var data = (Map<String, Object>) Objects.requireNonNull(body.get("data"));
        firm.client.created("/api/v1/claims", body);
        var early = firm.client.refused(corrections(claim), correction(data));
        var block = issue(firm.client, claim);
        var retirement = UUID.randomUUID();
        firm.client.created("/api/v1/retirements", retirement(retirement, block, 1_000));

        var same = firm.client.refused(corrections(claim), correction(data));
        var restated = firm.client.created(corrections(claim), correction(with(data, 90)));
        var issued = block.at("/issued/grams").asLong();
        var machine =
                clientOf(organisation, Role.PROPONENT)
                        .refused(corrections(claim), correction(data));

        assertThat(early).isEqualTo("409 not_issued");
        assertThat(same).isEqualTo("422 nothing_corrected");
        assertThat(machine).isEqualTo("403 person_needed");
        assertThat(restated.at("/lost/grams").asLong()).isBetween(issued / 4 - 1, issued / 4 + 1);
        assertThat(listed(firm.client, claim).get(0).path("cause").asString())
                .isEqualTo("RESTATED_DATA");
        var reversals =
                firm.client.found("/api/v1/public/reversals?limit=100").path("data").valueStream();
        assertThat(reversals)
                .filteredOn(each -> each.path("block").equals(block.path("id")))
                .singleElement()
                .satisfies(each -> assertThat(each.path("lost")).isEqualTo(restated.path("lost")));
        var provenance = firm.client.found("/api/v1/certificates/" + retirement + "/provenance");
        assertThat(provenance.path("corrections").size()).isEqualTo(1);
    }

    private static Map<String, ?> correction(Object data) {
        return Map.of(
                "id", UUID.randomUUID(), "data", data, "reason", "Thirty lamps were never fitted");
    }

    private static Map<String, Object> with(Map<String, Object> data, int units) {
        var line =
                Map.of(
                        "what",
                        "LED tubes",
                        "working_units",
                        units,
                        "baseline_watts",
                        90,
                        "project_watts",
                        40,
                        "run_time",
                        Map.of(
                                "hours",
                                2600,
                                "basis",
                                "LOGGED",
                                "precision",
                                Map.of("basis_points", 0)));
        return Map.of(
                "reported",
                data.get("reported"),
                "lines",
                List.of(line),
                "grid_losses",
                data.get("grid_losses"));
    }
}
