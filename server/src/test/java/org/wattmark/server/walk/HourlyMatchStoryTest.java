package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Site;
import org.wattmark.server.security.Role;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A firm that retires certified hours has them in its market-based total: hour by hour where its
/// meter tells what it used, by the year where it does not; and who sold them has them no more.
class HourlyMatchStoryTest extends WalkTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Instant NOON = Instant.parse("2025-06-10T12:00:00Z");
    private static final Period DAY =
            new Period(
                    Instant.parse("2025-06-10T00:00:00Z"), Instant.parse("2025-06-11T00:00:00Z"));

    /// Far from the first: a roof nearby with the same readings would be taken for a copy.
    private static final Site LEEDS = Site.of("Europe/London", "53.8008", "-1.5491", 40, "GB");

    @Autowired private Sequencer sequencer;

    private final JsonMapper json = JsonMapper.shared();

    @SuppressWarnings("NullAway.Init") // Spring sets the field before each test
    HourlyMatchStoryTest() {}

    /// The day's certificates are all the seller's.
    private Household seller(Site site) {
        var household = new Household(testClient(Role.PROPONENT), site, ROOF, true);
        household.send(household.simulatedReadings(DAY));
        household.client.created(
                "/api/v1/granular-issuances",
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "project",
                        household.project,
                        "device",
                        household.deviceId(),
                        "period",
                        Map.of("start", DAY.start().toString(), "end", DAY.end().toString()),
                        "exclusivity_declared",
                        true));
        return household;
    }

    /// It took 400 Wh from the grid in the hour from noon on, and no meter tells of other hours.
    private Household firm() {
        var firm = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        firm.sendImports(
                IntStream.range(0, 4)
                        .mapToObj(n ->
                                new IntervalReading(
                                        Period.starting(
                                                NOON.plus(QUARTER.multipliedBy(n)), QUARTER),
                                        100))
                        .toList());
        return firm;
    }

    private String nameOf(Client client) {
        return jdbc.sql("select name from organisation where id = :id")
                .param("id", client.organisation())
                .query(String.class)
                .single();
    }

    private JsonNode hour(Client client, Instant hour) {
        return client.found(
                        "/api/v1/granular-certificates?from="
                                + hour
                                + "&to="
                                + hour.plus(Duration.ofHours(1)))
                .at("/data/0/certificate");
    }

    /// Sells some of an hour, whatever it costs.
    private JsonNode bought(Household seller, Client buyer, Instant hour, long wattHours) {
        var certificate = hour(seller.client, hour);
        var account = AccountId.testHolder(buyer.organisation());
        sequencer.apply(OpenAccounts.of(new Account(account, Account.Kind.HOLDER)));
        jdbc.sql(
                        """
                        insert into trusted_payee (organisation_id, payee, name, since)
                        values (:from, :to, 'A buyer', now() - interval '2 days')
                        on conflict do nothing
                        """)
                .param("from", seller.client.organisation())
                .param("to", "test:holder:" + buyer.organisation())
                .update();
        var answer =
                seller.client.post(
                        "/api/v1/transfers",
                        Map.of(
                                "transfers",
                                List.of(
                                        Map.of(
                                                "id",
                                                UUID.randomUUID(),
                                                "debit",
                                                "test:holder:" + seller.client.organisation(),
                                                "credit",
                                                "test:holder:" + buyer.organisation(),
                                                "asset",
                                                certificate.path("asset").asString(),
                                                "amount",
                                                wattHours))));
        assertThat(answer.body()).contains("\"posted\"");
        return certificate;
    }

    private static void retire(
            Client client, JsonNode certificate, long wattHours, String beneficiary) {
        client.created(
                "/api/v1/granular-retirements",
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "certificate",
                        certificate.path("id").asString(),
                        "quantity",
                        Map.of("watt_hours", wattHours),
                        "consumption",
                        Map.of(
                                "start", certificate.at("/period/start").asString(),
                                "end", certificate.at("/period/end").asString()),
                        "beneficiary",
                        beneficiary));
    }

    /// Its bill of the year: ten kilowatt-hours.
    private void billed(Client client) throws Exception {
        var site = UUID.randomUUID();
        var put =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://localhost:"
                                                                + port
                                                                + "/api/v1/account-sites/"
                                                                + site))
                                        .header("Authorization", "Bearer " + client.token())
                                        .header("Content-Type", "application/json")
                                        .PUT(
                                                HttpRequest.BodyPublishers.ofString(
                                                        json.writeValueAsString(
                                                                Map.of(
                                                                        "name", "Works",
                                                                        "region", "GB"))))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        client.created(
                "/api/v1/activities",
                Map.of(
                        "id",
                        UUID.randomUUID(),
                        "site",
                        site,
                        "item",
                        "electricity",
                        "quantity",
                        Map.of("amount", "10", "unit", "kWh"),
                        "first_day",
                        "2025-01-01",
                        "last_day",
                        "2025-12-31",
                        "estimated",
                        false));
    }

    private static List<JsonNode> marketBased(JsonNode inventory) {
        return inventory
                .path("lines")
                .valueStream()
                .filter(line -> line.path("method").asString().equals("MARKET_BASED"))
                .toList();
    }

    private static String quantityOf(JsonNode inventory, String words) {
        return marketBased(inventory).stream()
                .filter(line -> line.at("/explanation/because").toString().contains(words))
                .map(line -> line.path("quantity").asString())
                .findFirst()
                .orElse("none");
    }

    @Test
    void retiredHoursCoverWhatWasUsedInThemAndByTheYearWhatNoMeterTells() throws Exception {
        var seller = seller(BRISTOL);
        var firm = firm();
        var client = firm.client;
        billed(client);
        var noon = bought(seller, client, NOON, 500);
        var eleven = bought(seller, client, NOON.minus(Duration.ofHours(1)), 400);
        retire(client, noon, 480, nameOf(client));
        retire(client, eleven, 300, nameOf(client).toUpperCase(Locale.ROOT) + " ");
        retire(client, eleven, 30, "A customer");

        var inventory = client.found("/api/v1/inventories/2025");

        var match = inventory.at("/hourly_matching/0");
        assertThat(match.path("region").asString()).isEqualTo("GBR");
        assertThat(match.path("consumed").asString()).isEqualTo("0.4");
        assertThat(match.path("matched").asString()).isEqualTo("0.4");
        assertThat(match.path("percent").asString()).isEqualTo("100.0");
        assertThat(match.path("by_the_year").asString()).isEqualTo("0.3");
        assertThat(match.path("beyond").asString()).isEqualTo("0.08");
        assertThat(quantityOf(inventory, "hour by hour, which Wattmark keeps")).isEqualTo("0.4");
        assertThat(quantityOf(inventory, "matched by the year because no meter")).isEqualTo("0.3");
        assertThat(quantityOf(inventory, "fallback")).isEqualTo("9.3");
        assertThat(inventory.path("unused_instruments").toString())
                .contains("in another name", "0.03", "in which less was used", "that you hold");
        long location = inventory.at("/totals/scope2_location_based_grams").asLong();
        long market = inventory.at("/totals/scope2_market_based_grams").asLong();
        assertThat(market).isBetween(location * 93 / 100 - 1, location * 93 / 100 + 1);
    }

    @Test
    void whoSoldAnHourCountsItLikeEnergyOfTheGrid() throws Exception {
        var seller = seller(LEEDS);
        var buyer = testClient(Role.BUYER);
        billed(seller.client);
        var before = seller.client.found("/api/v1/inventories/2025");

        bought(seller, buyer, NOON, 900);
        var after = seller.client.found("/api/v1/inventories/2025");

        assertThat(quantityOf(before, "its attribute sold")).isEqualTo("none");
        assertThat(quantityOf(after, "its attribute sold (granular certificates")).isEqualTo("0.9");
    }
}
