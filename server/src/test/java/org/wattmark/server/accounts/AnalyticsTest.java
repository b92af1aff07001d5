package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A firm over the years and beside its peers: who may see it, and what it never tells.
class AnalyticsTest extends AccountsTest {

    private static final String PEERS = "/api/v1/analytics/peers/";

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    AnalyticsTest() {}

    @Test
    void aFirmOfTheFreePlanIsToldWhichPlanHasIt() {
        var firm = newFirm();

        var peers = get(firm, PEERS + 2024);
        var years = get(firm, "/api/v1/analytics/years");

        assertThat(code(peers)).isEqualTo("402 plan_needed");
        assertThat(code(years)).isEqualTo("402 plan_needed");
        assertThat(bodyOf(peers).path("detail").asString()).contains("STANDARD").contains("FREE");
    }

    @Test
    void fivePeersThatAgreedMakeQuartilesAndFourTellNothing() {
        int year = 2023;
        var mine = licensed(reporting("A", 2023, "3000", true));
        for (int i = 1; i <= 4; i++) {
            reporting("A", year, String.valueOf(i * 1_000), true);
        }

        var four = measure(mine, year, "GRAMS_PER_EMPLOYEE");
        reporting("A", year, "5000", true);
        var five = measure(mine, year, "GRAMS_PER_EMPLOYEE");

        assertThat(four.path("median").isNull() || four.path("median").isMissingNode()).isTrue();
        assertThat(four.path("why").asString()).contains("Too few");
        // UK 2023: 0.207074 kg/kWh; 3,000 kWh of ten people are 62,122.2 g each, rounded up.
        assertThat(five.path("own").asLong()).isEqualTo(62_123);
        assertThat(five.path("peers").asInt()).isEqualTo(5);
        assertThat(five.path("lower_quartile").asLong()).isEqualTo(41_000);
        assertThat(five.path("median").asLong()).isEqualTo(62_000);
        assertThat(five.path("upper_quartile").asLong()).isEqualTo(83_000);
        assertThat(five.path("quarter").asInt()).isEqualTo(3);
    }

    @Test
    void whoDidNotAgreeOrIsOfAnotherSectorIsNoPeer() {
        var mine = licensed(reporting("B", 2023, "3000", true));
        for (int i = 0; i < 4; i++) {
            reporting("B", 2023, "1000", true);
        }
        reporting("B", 2023, "1000", false);
        reporting("D", 2023, "1000", true);
        var suspended = reporting("B", 2023, "1000", true);
        jdbc.sql("update organisation set standing = 'SUSPENDED' where id = :id")
                .param("id", organisationOf(suspended))
                .update();

        var median = measure(mine, 2023, "GRAMS_PER_EMPLOYEE");

        assertThat(median.path("why").asString()).contains("Too few");
    }

    @Test
    void whoWithdrawsTheirWordIsNoPeerAnyMore() {
        var mine = licensed(reporting("E", 2023, "3000", true));
        var peers = new ArrayList<Firm>();
        for (int i = 0; i < 5; i++) {
            peers.add(reporting("E", 2023, "1000", true));
        }
        assertThat(measure(mine, 2023, "GRAMS_PER_EMPLOYEE").path("median").isNumber()).isTrue();

        profile(peers.getFirst(), "E", false);

        assertThat(measure(mine, 2023, "GRAMS_PER_EMPLOYEE").path("why").asString())
                .contains("Too few");
    }

    @Test
    void oneLargeFirmAmongTheFiveKeepsAllHidden() {
        var mine = licensed(reporting("F", 2023, "3000", true));
        for (int i = 0; i < 4; i++) {
            reporting("F", 2023, "1000", true);
        }
        reporting("F", 2023, "4001", true);

        assertThat(measure(mine, 2023, "GRAMS_PER_EMPLOYEE").path("why").asString())
                .contains("too large");
    }

    @Test
    void theYearsAreReadFromTheNewestReports() {
        var firm = licensed(reporting("G", 2023, "1000", false));
        record(firm, 2024, "1200");
        report(firm, 2024);
        report(firm, 2024);

        var years = found(firm, "/api/v1/analytics/years").get("data");

        assertThat(years).hasSize(2);
        // With upstream: 2023 and 2024 differ in factors, so the change is not just 20 %.
        assertThat(years.get(0).path("change_per_mille").isNumber()).isFalse();
        assertThat(years.get(1).path("change_per_mille").asLong()).isBetween(150L, 250L);
        assertThat(years.get(1).get("months")).hasSize(12);
        assertThat(years.get(1).get("intensities").get(0).get("grams").asLong())
                .isEqualTo(24_846); // 1,200 × 0.20705 kg, for ten people
        assertThat(years.get(1).get("intensities").get(1).get("currency").asString())
                .isEqualTo("GBP");
        assertThat(years.get(1).get("intensities").get(2).get("grams").asLong())
                .isEqualTo(207_050); // a MWh
    }

    @Test
    void withoutASectorThereAreNoPeers() {
        var firm = licensed(newFirm());

        assertThat(code(get(firm, PEERS + 2024))).isEqualTo("409 sector_unknown");
        assertThat(code(get(firm, PEERS + 1066))).isEqualTo("400 invalid_value");
    }

    /// Ten people, a million pounds, and electricity of a year, reported.
    private Firm reporting(String sector, int year, String kilowattHours, boolean shares) {
        var firm = newFirm();
        profile(firm, sector, shares);
        record(firm, year, kilowattHours);
        report(firm, year);
        return firm;
    }

    private void profile(Firm firm, String sector, boolean shares) {
        var body = new HashMap<String, Object>();
        body.put("first_month", 1);
        body.put("boundary", "OPERATIONAL_CONTROL");
        body.put("upstream", true);
        body.put("headcount", 10);
        body.put("turnover", Map.of("minor_units", 100_000_000, "currency", "GBP"));
        body.put("sector", sector);
        body.put("shares_with_peers", shares);
        var answer = put(firm, "/api/v1/account-profile", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void record(Firm firm, int year, String kilowattHours) {
        var body =
                activity(
                        firm,
                        "electricity",
                        kilowattHours,
                        "kWh",
                        year + "-01-01",
                        year + "-12-31");
        assertThat(post(firm, "/api/v1/activities", body).statusCode()).isEqualTo(201);
    }

    private void report(Firm firm, int year) {
        var made =
                post(firm, "/api/v1/carbon-reports", Map.of("id", UUID.randomUUID(), "year", year));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private Firm licensed(Firm firm) {
        jdbc.sql("update organisation set plan = 'STANDARD' where id = :id")
                .param("id", organisationOf(firm))
                .update();
        return firm;
    }

    private UUID organisationOf(Firm firm) {
        return UUID.fromString(found(firm, "/api/v1/me").path("organisation_id").asString());
    }

    private JsonNode measure(Firm firm, int year, String measure) {
        var found = new ArrayList<JsonNode>();
        found(firm, PEERS + year).get("measures").forEach(found::add);
        return List.copyOf(found).stream()
                .filter(each -> each.get("measure").asString().equals(measure))
                .findFirst()
                .orElseThrow();
    }
}
