package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.registry.GranularFile;
import org.wattmark.server.security.Role;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.units.Period;
import tools.jackson.databind.JsonNode;

/// Granular certificates over HTTP: from metered quarter hours to a retired hour that anybody
/// proves, and that no hour backs anything twice.
class GranularStoryTest extends WalkTest {

    private static final String ISSUANCES = "/api/v1/granular-issuances";
    private static final String RETIREMENTS = "/api/v1/granular-retirements";

    @Autowired private Sequencer sequencer;

    @SuppressWarnings("NullAway.Init") // Spring sets the field before each test
    GranularStoryTest() {}

    private Household household() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        household.send(household.simulatedReadings(days(0, 10)));
        household.send(household.simulatedReadings(days(10, 10)));
        return household;
    }

    private static Map<String, ?> asking(Household household, UUID id, Period period) {
        return Map.of(
                "id",
                id,
                "project",
                household.project,
                "device",
                household.deviceId(),
                "period",
                period(period),
                "exclusivity_declared",
                true);
    }

    private static Map<String, String> period(Period period) {
        return Map.of("start", period.start().toString(), "end", period.end().toString());
    }

    /// The brightest hour of those that the client holds.
    private static JsonNode brightest(Client client) {
        return client.found("/api/v1/granular-certificates?limit=100")
                .path("data")
                .valueStream()
                .max((one, other) -> Long.compare(available(one), available(other)))
                .orElseThrow();
    }

    private static long available(JsonNode held) {
        return held.path("available").path("watt_hours").asLong();
    }

    private static Map<String, ?> retiring(UUID id, JsonNode held, long wattHours) {
        return retiring(id, held, wattHours, held.at("/certificate/period"));
    }

    private static Map<String, ?> retiring(
            UUID id, JsonNode held, long wattHours, JsonNode consumption) {
        return Map.of(
                "id",
                id,
                "certificate",
                held.at("/certificate/id").asString(),
                "quantity",
                Map.of("watt_hours", wattHours),
                "consumption",
                Map.of(
                        "start", consumption.path("start").asString(),
                        "end", consumption.path("end").asString()),
                "beneficiary",
                "A bakery",
                "purpose",
                "Its ovens at noon");
    }

    @Test
    void whatWasMeteredHourByHourIsIssuedToTheWattHour() {
        var household = household();

        var answer =
                household.client.created(
                        ISSUANCES, asking(household, UUID.randomUUID(), days(2, 3)));

        long metered =
                jdbc.sql(
                                """
                                select sum(metered_wh)::bigint from interval
                                where device_id = :device and start_at >= :start
                                    and start_at < :end
                                """)
                        .param("device", household.deviceId())
                        .param("start", java.sql.Timestamp.from(days(2, 3).start()))
                        .param("end", java.sql.Timestamp.from(days(2, 3).end()))
                        .query(Long.class)
                        .single();
        var issuance = answer.path("issuance");
        assertThat(issuance.path("state").asString()).as(answer.toString()).isEqualTo("ISSUED");
        assertThat(issuance.at("/energy/watt_hours").asLong()).isEqualTo(metered);
        assertThat(issuance.path("certificates").asInt()).isBetween(24, 72);
        assertThat(issuance.path("hours").size()).isEqualTo(1);
    }

    @Test
    void anHourThatIsNotWholeStaysUnclaimed() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        var day = household.simulatedReadings(days(0, 1));
        household.send(day.subList(0, 50)); // twelve hours and a half
        var id = UUID.randomUUID();

        var answer = household.client.created(ISSUANCES, asking(household, id, days(0, 1)));

        var hours = answer.at("/issuance/hours");
        var last = Instant.parse(hours.get(hours.size() - 1).path("end").asString());
        assertThat(last).isEqualTo(day.get(48).interval().start());
        household.send(day.subList(50, 96)); // comes in time: nothing has closed these hours
        var rest =
                household.client.created(
                        ISSUANCES, asking(household, UUID.randomUUID(), days(0, 1)));
        assertThat(rest.at("/issuance/hours/0/start").asString()).isEqualTo(last.toString());
    }

    @Test
    void anHourIsTransferredRetiredInPartsAndProvedByAnybody() throws Exception {
        var household = household();
        var buyer = testClient(Role.BUYER);
        household.client.created(ISSUANCES, asking(household, UUID.randomUUID(), days(2, 2)));
        var noon = brightest(household.client);
        long all = available(noon);
        trusts(household.client, buyer);

        var outcome = transfer(household.client, buyer, noon, all - 100);
        var bought = brightest(buyer);
        var id = UUID.randomUUID();
        var retired = buyer.created(RETIREMENTS, retiring(id, bought, 250));
        var again = buyer.post(RETIREMENTS, retiring(id, bought, 250));

        assertThat(outcome.at("/outcomes/0/status").asString())
                .as(outcome.toString())
                .isEqualTo("posted");
        assertThat(available(bought)).isEqualTo(all - 100);
        assertThat(bodyOf(again)).isEqualTo(retired);
        assertThat(retired.at("/serials/first").asLong()).isOne();
        assertThat(retired.at("/serials/last").asLong()).isEqualTo(250);
        var proved = proved(id);
        assertThat(proved).contains("A bakery: 250 Wh of solar power", "TEST, NOT REAL");
        var shown =
                bodyOf(
                        send(
                                request(
                                                "/api/v1/public/granular-certificates/"
                                                        + noon.at("/certificate/id").asString())
                                        .GET()));
        assertThat(shown.at("/retired/watt_hours").asLong()).isEqualTo(250);
        assertThat(shown.at("/energy/watt_hours").asLong()).isEqualTo(all);
        assertThat(buyer.found(RETIREMENTS).path("data").size()).isOne();
        assertThat(buyer.refused(RETIREMENTS, retiring(UUID.randomUUID(), bought, all)))
                .isEqualTo("422 quantity_exceeds_holding");
        assertThat(household.client.refused(RETIREMENTS, retiring(id, bought, 1)))
                .isEqualTo("409 id_stands_for_another");
    }

    /// Checks the file as `wattmark verify` does, and that a changed byte in it is found.
    private String proved(UUID retirement) throws Exception {
        var file = send(request("/api/v1/certificates/" + retirement + "?wait=10s").GET());
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        var proof = GranularFile.read(file.body().getBytes(StandardCharsets.UTF_8));
        var key = VerifierKey.parse(send(request("/log/key").GET()).body().strip());
        assertThat(proof.verify(Trust.parse(Trust.pinning(key))))
                .isInstanceOf(Verdict.Logged.class);
        assertThat(proof.hour().id()).isEqualTo(retirement);
        return file.body();
    }

    private void trusts(Client from, Client to) {
        var account = AccountId.testHolder(to.organisation());
        sequencer.apply(OpenAccounts.of(new Account(account, Account.Kind.HOLDER)));
        jdbc.sql(
                        """
                        insert into trusted_payee (organisation_id, payee, name, since)
                        values (:from, :to, 'A buyer', now() - interval '2 days')
                        """)
                .param("from", from.organisation())
                .param("to", "test:holder:" + to.organisation())
                .update();
    }

    private static JsonNode transfer(Client from, Client to, JsonNode held, long wattHours) {
        var answer =
                from.post(
                        "/api/v1/transfers",
                        Map.of(
                                "transfers",
                                List.of(
                                        Map.of(
                                                "id",
                                                UUID.randomUUID(),
                                                "debit",
                                                "test:holder:" + from.organisation(),
                                                "credit",
                                                "test:holder:" + to.organisation(),
                                                "asset",
                                                held.at("/certificate/asset").asString(),
                                                "amount",
                                                wattHours))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        return bodyOf(answer);
    }

    @Test
    void whatWasMadeInOneHourCoversNothingThatWasUsedInAnother() {
        var household = household();
        household.client.created(ISSUANCES, asking(household, UUID.randomUUID(), days(2, 1)));
        var held = household.client.found("/api/v1/granular-certificates").path("data");

        var refused =
                household.client.refused(
                        RETIREMENTS,
                        retiring(
                                UUID.randomUUID(),
                                held.get(5),
                                1,
                                held.get(6).at("/certificate/period")));

        assertThat(refused).isEqualTo("422 hour_differs");
    }

    @Test
    void energyThatBacksACertificateBacksNoCreditAndTheReverse() {
        var household = household();
        var credits = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(credits, days(0, 5)));
        var hours = UUID.randomUUID();
        household.client.created(ISSUANCES, asking(household, hours, days(6, 2)));

        var claim =
                household.client.post(
                        "/api/v1/claims", household.claim(UUID.randomUUID(), days(5, 10)));
        var certificate =
                household.client.refused(
                        ISSUANCES, asking(household, UUID.randomUUID(), days(1, 2)));

        assertThat(Client.problem(claim)).isEqualTo("409 already_claimed");
        assertThat(claim.body()).contains(hours.toString());
        assertThat(certificate).isEqualTo("409 already_claimed");
        var path = "/api/v1/public/devices/" + household.deviceId() + "/backing?at=";
        var backing = bodyOf(send(request(path + days(6, 1).start()).GET()));
        assertThat(backing.at("/claims/0/use").asString()).isEqualTo("GRANULAR_CERTIFICATE");
        assertThat(backing.at("/claims/0/claim").asString()).isEqualTo(hours.toString());
    }

    /// Where a claim stands on some of the hours, the others are certified.
    @Test
    void onlyWhatIsFreeIsIssued() {
        var household = household();
        household.client.created("/api/v1/claims", household.claim(UUID.randomUUID(), days(3, 1)));

        var answer =
                household.client.created(
                        ISSUANCES, asking(household, UUID.randomUUID(), days(2, 3)));

        var hours = answer.at("/issuance/hours");
        assertThat(hours.size()).isEqualTo(2);
        assertThat(hours.get(0).path("end").asString()).isEqualTo(days(3, 1).start().toString());
        assertThat(hours.get(1).path("start").asString()).isEqualTo(days(3, 1).end().toString());
    }

    @Test
    void of64WhoAskForOneHourAtOnceOneWins() throws Exception {
        var household = household();
        var noon = new Period(days(4, 1).start(), days(4, 1).start().plusSeconds(14 * 3_600));

        var answers =
                atOnce(
                        64,
                        () ->
                                household
                                        .client
                                        .post(ISSUANCES, asking(household, UUID.randomUUID(), noon))
                                        .statusCode());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(63);
    }

    /// 64 at once take 40 Wh each: as many succeed as the hour has.
    @Test
    void of64WhoRetireOneHourAtOnceOnlySoManySucceedAsItHas() throws Exception {
        var household = household();
        household.client.created(ISSUANCES, asking(household, UUID.randomUUID(), days(2, 2)));
        var noon = brightest(household.client);

        var answers =
                atOnce(
                        64,
                        () ->
                                household.client.post(
                                        RETIREMENTS, retiring(UUID.randomUUID(), noon, 90)));

        var serials = new HashSet<Long>();
        answers.stream()
                .filter(answer -> answer.statusCode() == 201)
                .forEach(answer -> serials.add(bodyOf(answer).at("/serials/first").asLong()));
        assertThat((long) serials.size()).isEqualTo(Math.min(64, available(noon) / 90));
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 201)
                .hasSize(serials.size());
    }

    @Test
    void theSameWishSentAgainGetsTheSameAnswer() {
        var household = household();
        var wish = asking(household, UUID.randomUUID(), days(2, 1));

        var first = household.client.post(ISSUANCES, wish);
        var again = household.client.post(ISSUANCES, wish);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void whatIsRealWaitsForAnOperatorOfAnotherOrganisation() {
        var household = new Household(liveClient(Role.PROPONENT), BRISTOL, ROOF, false);
        household.send(household.simulatedReadings(days(0, 10)));
        var id = UUID.randomUUID();
        var asked = household.client.created(ISSUANCES, asking(household, id, days(2, 2)));
        var approvals = ISSUANCES + "/" + id + "/approvals";
        var step = Map.of("id", UUID.randomUUID());

        var self = household.client.refused(approvals, step);
        var machine = clientOf(newOrganisation(Role.OPERATOR), Role.OPERATOR);
        var byMachine = machine.refused(approvals, step);
        var issued = person(Role.OPERATOR).created(approvals, step);

        assertThat(asked.at("/issuance/state").asString()).isEqualTo("REQUESTED");
        assertThat(self).isEqualTo("403 role_missing");
        assertThat(byMachine).isEqualTo("403 person_needed");
        assertThat(issued.at("/issuance/state").asString()).isEqualTo("ISSUED");
        assertThat(brightest(household.client).at("/certificate/approval").asString())
                .isEqualTo("OPERATOR");
    }

    @Test
    void whatIsRejectedIsFreeForCredits() {
        var household = new Household(liveClient(Role.PROPONENT), BRISTOL, ROOF, false);
        household.send(household.simulatedReadings(days(0, 10)));
        var id = UUID.randomUUID();
        household.client.created(ISSUANCES, asking(household, id, days(2, 2)));

        var rejected =
                person(Role.OPERATOR)
                        .created(
                                ISSUANCES + "/" + id + "/rejections",
                                Map.of("id", UUID.randomUUID()));

        assertThat(rejected.at("/issuance/state").asString()).isEqualTo("REJECTED");
        household.client.created("/api/v1/claims", household.claim(UUID.randomUUID(), days(0, 10)));
    }

    @Test
    void nobodyHasHoursOfSomebodyElse() {
        var household = household();
        var stranger = testClient(Role.PROPONENT);
        var id = UUID.randomUUID();
        household.client.created(ISSUANCES, asking(household, id, days(2, 1)));
        var held = brightest(household.client);

        assertThat(stranger.refused(ISSUANCES, asking(household, UUID.randomUUID(), days(3, 1))))
                .isEqualTo("400 invalid_value");
        assertThat(Client.problem(stranger.get(ISSUANCES + "/" + id)))
                .isEqualTo("404 issuance_unknown");
        assertThat(stranger.refused(RETIREMENTS, retiring(UUID.randomUUID(), held, 1)))
                .isEqualTo("422 holder_unknown");
        assertThat(stranger.found("/api/v1/granular-certificates").path("data").size()).isZero();
        assertThat(
                        transfer(stranger, household.client, held, 1)
                                .at("/outcomes/0/status")
                                .asString())
                .isEqualTo("rejected");
    }

    @Test
    void aListIsReadPageByPageByHourAndDevice() {
        var household = household();
        household.client.created(ISSUANCES, asking(household, UUID.randomUUID(), days(2, 2)));
        var path =
                "/api/v1/public/granular-certificates?device="
                        + household.deviceId()
                        + "&from="
                        + days(3, 1).start()
                        + "&limit=5";

        var first = bodyOf(send(request(path).GET()));
        var second =
                bodyOf(
                        send(
                                request(path + "&cursor=" + first.path("next_cursor").asString())
                                        .GET()));

        var hours = new HashSet<String>();
        for (var page : List.of(first, second)) {
            page.path("data").forEach(each -> hours.add(each.at("/period/start").asString()));
        }
        assertThat(hours).hasSize(10).allMatch(hour -> hour.compareTo("2026-06-02T23") >= 0);
    }

    private static <T> List<T> atOnce(int count, Callable<T> action) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.invokeAll(Stream.generate(() -> action).limit(count).toList());
            return running.stream().map(Future::resultNow).toList();
        }
    }
}
