package org.wattmark.server.carboncred.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// Declared quarters, by real factors.
class CarbonCredEmissionTest extends CarbonCredClient {

    private JsonNode declared(String token, String body) {
        return thenStatus(201, post("/api/emissions/", token, body));
    }

    /// DESNZ 2024: 1,000 kWh at 0.20705; upstream 0.0459 + 0.0183 + 0.00397 (see
    /// carbon-accounts.md).
    @Test
    void aQuarterIsCountedByTheFactorsOfItsRegionAndYearAndNamesThem() {
        var token = token(user(Role.BUYER, UnitClass.LIVE));

        var report =
                declared(token, "{\"year\": 2024, \"quarter\": 2, \"electricity_kwh\": \"1000\"}");

        assertThat(report.get("emissions_kg").toString()).isEqualTo("275.22");
        assertThat(report.get("region").asString()).isEqualTo("GBR");
        assertThat(report.at("/lines/0/formula").asString())
                .isEqualTo("1000 kWh × 0.20705 kg CO₂e per kWh = 207.05 kg CO₂e");
        assertThat(report.at("/lines/0/source").asString()).contains("DESNZ").contains("2024");
        // COMPLETE, RECOMPUTED, FACTORS and UNITS; there is no quarter before, and there are no
        // bills.
        assertThat(report.get("verification_score").asInt()).isEqualTo(55);
    }

    @Test
    void everythingThatCanBeDeclaredHasAFactorInTheUnitedKingdom() {
        var token = token(user(Role.BUYER, UnitClass.LIVE));

        var report =
                declared(
                        token,
                        """
                        {"year": 2025, "quarter": 1, "electricity_kwh": 1200.5,
                         "diesel_liters": 100, "petrol_liters": 50, "natural_gas_m3": 80,
                         "flight_km": 2000, "car_km": 300, "waste_kg": 120.25,
                         "recycled_waste_kg": 40}
                        """);

        assertThat(report.get("lines").valueStream().map(it -> it.get("item").asString()))
                .anyMatch(item -> item.startsWith("Diesel"))
                .anyMatch(item -> item.startsWith("Petrol"))
                .anyMatch(item -> item.startsWith("Natural gas"))
                .anyMatch(item -> item.startsWith("Domestic flight"))
                .anyMatch(item -> item.startsWith("Own or leased car"))
                .anyMatch(item -> item.startsWith("Commercial and industrial waste"))
                .anyMatch(item -> item.startsWith("Mixed dry recyclables"));
        // Never a float's tail: whole grams.
        assertThat(report.get("emissions_kg").decimalValue().scale()).isLessThanOrEqualTo(3);
    }

    @Test
    void whatIsNotKnownIsAskedAndNeverPutInItsPlace() {
        var american = user(Role.BUYER, UnitClass.LIVE);
        setCountry(american, "US");
        var french = user(Role.BUYER, UnitClass.LIVE);
        setCountry(french, "FR");
        var body = "{\"year\": 2024, \"quarter\": 2, \"electricity_kwh\": 1000%s}";

        thenInvalid(post("/api/emissions/", token(american), body.formatted("")), "grid");
        declared(token(american), body.formatted(", \"grid\": \"CAMX\""));
        thenInvalid(
                post("/api/emissions/", token(french), body.formatted(", \"diesel_liters\": 10")),
                "diesel_liters");
        var electric = declared(token(french), body.formatted(""));
        assertThat(electric.get("region").asString()).isEqualTo("FRA");
    }

    private void setCountry(User user, String country) {
        jdbc.sql("update organisation set country = :country where id = :id")
                .param("country", country)
                .param("id", user.organisation())
                .update();
    }

    @Test
    void whoHasSeveralSitesNamesOne() {
        var token = token(user(Role.BUYER, UnitClass.LIVE));
        var works = site(token, "Works", "GB");
        site(token, "Shop", "IE");
        var body = "{\"year\": 2024, \"quarter\": 2, \"electricity_kwh\": 1000%s}";

        thenInvalid(post("/api/emissions/", token, body.formatted("")), "site");
        thenInvalid(
                post(
                        "/api/emissions/",
                        token,
                        body.formatted(", \"site\": \"" + UUID.randomUUID() + "\"")),
                "site");
        var report = declared(token, body.formatted(", \"site\": \"" + works + "\""));
        assertThat(report.get("region").asString()).isEqualTo("GBR");
    }

    private UUID site(String token, String name, String region) {
        var id = UUID.randomUUID();
        var body = "{\"name\": \"%s\", \"region\": \"%s\"}".formatted(name, region);
        thenStatus(201, send(json(request("/api/v1/account-sites/" + id, token), "PUT", body)));
        return id;
    }

    @Test
    void theScoreRisesWithWhatSpeaksForTheReportAndFallsWithWhatSpeaksAgainstIt() {
        var token = token(user(Role.BUYER, UnitClass.LIVE));
        var site = site(token, "Works", "GB");
        declared(token, "{\"year\": 2024, \"quarter\": 1, \"electricity_kwh\": 900}");
        var report = declared(token, "{\"year\": 2024, \"quarter\": 2, \"electricity_kwh\": 1000}");
        var ask = "{\"report_id\": " + report.get("report_id") + "}";

        var before = thenStatus(200, post("/api/verify-emissions/", token, ask));
        bill(token, site, "1020");
        var after = thenStatus(200, post("/api/verify-emissions/", token, ask));
        var another =
                declared(token, "{\"year\": 2024, \"quarter\": 2, \"electricity_kwh\": 1100}");

        assertThat(report.get("verification_score").asInt()).isEqualTo(70);
        assertThat(before.get("outcome").asString()).isEqualTo("SELF_DECLARED");
        assertThat(before.get("verified").asBoolean()).isFalse();
        assertThat(after.get("outcome").asString()).isEqualTo("CONSISTENT_WITH_BILLS");
        assertThat(after.get("verification_score").asInt()).isEqualTo(100);
        assertThat(after.get("verified").asBoolean()).isTrue();
        assertThat(another.get("verification_score").asInt()).isEqualTo(70);
        var contradicted =
                post(
                        "/api/verify-emissions/",
                        token,
                        "{\"report_id\": " + another.get("report_id") + "}");
        assertThat(thenStatus(200, contradicted).get("outcome").asString())
                .isEqualTo("CONTRADICTED");
    }

    private void bill(String token, UUID site, String kilowattHours) {
        thenStatus(
                201,
                post(
                        "/api/v1/activities",
                        token,
                        """
                        {"id": "%s", "site": "%s", "item": "electricity",
                         "quantity": {"amount": "%s", "unit": "kWh"},
                         "first_day": "2024-04-01", "last_day": "2024-06-30", "estimated": false}
                        """
                                .formatted(UUID.randomUUID(), site, kilowattHours)));
    }
}
