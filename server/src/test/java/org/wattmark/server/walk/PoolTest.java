package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Installation;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// A street claims together: with everybody's consent, and to the gram.
class PoolTest extends WalkTest {

    private static final Installation SMALL_ROOF =
            new Installation(1_900, Installation.Mounting.FIXED);

    private Client neighbour() {
        var organisation = newOrganisation(Role.PROPONENT);
        organisations.markAsTest(organisation);
        return person(organisation, Role.PROPONENT);
    }

    private static String pool(Household street) {
        return "/api/v1/projects/" + street.project + "/pool";
    }

    private static Map<String, ?> withId() {
        return Map.of("id", UUID.randomUUID());
    }

    private static Map<String, ?> inviting(Client client) {
        return Map.of("id", UUID.randomUUID(), "organisation", client.organisation());
    }

    private static Map<String, ?> consent(boolean given) {
        return Map.of("id", UUID.randomUUID(), "consent", given);
    }

    private static Map<String, ?> claim(UUID id, Household street, Household house) {
        var period = days(10, 10);
        return Map.of(
                "id",
                id,
                "project",
                street.project,
                "devices",
                List.of(street.deviceId(), house.deviceId()),
                "monitoring_period",
                Map.of("start", period.start().toString(), "end", period.end().toString()),
                "exclusivity_declared",
                true);
    }

    @Test
    void twoHousesShareWhatTheirEnergyBecameToTheGram() {
        var street = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        var house = new Household(neighbour(), BRISTOL, SMALL_ROOF, true);
        street.send(street.simulatedReadings(JUNE));
        house.send(house.simulatedReadings(JUNE));
        street.client.created(pool(street), withId());

        var claim = UUID.randomUUID();
        var uninvited = street.client.refused("/api/v1/claims", claim(claim, street, house));
        street.client.created(pool(street) + "/invitations", inviting(house.client));
        var invited = house.client.found("/api/v1/pool-memberships");
        var withoutConsent = house.client.refused(pool(street) + "/memberships", consent(false));
        var early = street.client.refused("/api/v1/claims", claim(claim, street, house));
        house.client.created(pool(street) + "/memberships", consent(true));
        var claimed = street.client.created("/api/v1/claims", claim(claim, street, house));
        house.client.created(pool(street) + "/departures", withId());
        if (!claimed.at("/claim/state").asString().equals("APPROVED")) { // roofs that look alike
            verifiedAndApproved(street, claim, claimed.at("/claim/statement").asString());
        }
        var block = issue(street.client, claim);
        var division = Map.of("id", UUID.randomUUID(), "block", block.path("id").asString());
        var divided = street.client.created(pool(street) + "/divisions", division);
        var again = street.client.post(pool(street) + "/divisions", division);

        assertThat(uninvited).isEqualTo("400 invalid_value");
        assertThat(early).isEqualTo("400 invalid_value");
        assertThat(withoutConsent).isEqualTo("400 invalid_value");
        assertThat(invited.get(0).path("standing").asString()).isEqualTo("INVITED");
        assertThat(again.statusCode()).isEqualTo(201);
        thenAllIsShared(block, divided, street, house);
        thenTheMemberSeesItsOwnAndNobodyElses(street, house);
    }

    private static void thenAllIsShared(
            JsonNode block, JsonNode divided, Household street, Household house) {
        long credited = block.path("credited").path("grams").asLong();
        long given = divided.path("given").path("grams").asLong();
        long kept = divided.path("kept").path("grams").asLong();
        assertThat(given + kept).isEqualTo(credited);
        assertThat(kept).isLessThanOrEqualTo(2);
        assertThat(divided.path("shares").size()).isEqualTo(2);
        assertThat(held(street) + held(house)).isEqualTo(given);
        assertThat(held(house)).isPositive().isLessThan(held(street));
    }

    private static long held(Household household) {
        return household
                .client
                .found("/api/v1/holdings")
                .path("credits")
                .valueStream()
                .mapToLong(each -> each.path("available").path("grams").asLong())
                .sum();
    }

    private void thenTheMemberSeesItsOwnAndNobodyElses(Household street, Household house) {
        var stranger = testClient(Role.PROPONENT);
        var divisions = house.client.found(pool(street) + "/divisions").path("data");
        var history = house.client.found(pool(street) + "/history").path("data");
        assertThat(divisions.get(0).path("shares").size()).isEqualTo(1);
        assertThat(history.valueStream().map(each -> each.path("standing").asString()))
                .containsExactly("RUNS", "INVITED", "JOINED", "LEFT");
        assertThat(street.client.found(pool(street)).path("visible_members").size()).isEqualTo(2);
        assertThat(stranger.get(pool(street)).statusCode()).isEqualTo(404);
        assertThat(stranger.get(pool(street) + "/divisions").statusCode()).isEqualTo(404);
        assertThat(stranger.refused(pool(street) + "/departures", withId()))
                .isEqualTo("404 pool_unknown");
        assertThat(stranger.refused(pool(street) + "/invitations", inviting(stranger)))
                .isEqualTo("404 pool_unknown");
    }

    @Test
    void aMachineJoinsForNobody() {
        var street = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        var machine = testClient(Role.PROPONENT);
        street.client.created(pool(street), withId());
        street.client.created(pool(street) + "/invitations", inviting(machine));

        assertThat(machine.refused(pool(street) + "/memberships", consent(true)))
                .isEqualTo("403 person_needed");
    }

    @Test
    void whatCountsAndWhatPlaysAreNotPooled() {
        var street = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        street.client.created(pool(street), withId());

        assertThat(
                        street.client.refused(
                                pool(street) + "/invitations",
                                inviting(liveClient(Role.PROPONENT))))
                .isEqualTo("400 invalid_value");
    }
}
