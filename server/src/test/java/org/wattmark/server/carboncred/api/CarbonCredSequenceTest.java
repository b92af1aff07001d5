package org.wattmark.server.carboncred.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// CarbonCred's whole sequence, as an existing client speaks it: sign in, create a project, send
/// what it reduced, declare emissions, look at the marketplace, buy two, retire one, look at the
/// wallet, have the emissions verified.
class CarbonCredSequenceTest extends CarbonCredClient {

    private static final String PROJECT =
            """
            {"user": "%s", "submission_type": "efficiency", "methodology": "Energy efficiency",
             "title": "LED lamps in the bakery", "description": "All lamps replaced",
             "year": 2025, "quarter": 1}
            """;

    @Test
    void theWholeSequenceRunsInOneSitting() {
        var baker = user(Role.PROPONENT, UnitClass.TEST);
        var bakers = token(baker);
        var buyer = user(Role.BUYER, UnitClass.TEST);
        givenMoney(buyer, 10_00);
        var signedIn = tokens(buyer);
        var buyers = refreshed(signedIn);

        var project =
                thenStatus(201, post("/api/projects/", bakers, PROJECT.formatted(baker.id())));
        assertThat(project.get("message").asString()).isEqualTo("Project created");
        assertThat(project.get("project_id").isIntegralNumber()).isTrue();

        // A saving of all of it: 1,000 kWh.
        var reduction =
                thenStatus(
                        201,
                        post(
                                "/api/reduction-data/",
                                bakers,
                                """
                                {"project": %s, "baseline_energy_kwh": 1000,
                                 "post_project_energy_kwh": 0}
                                """
                                        .formatted(project.get("project_id"))));
        var kilograms = reduction.get("reduction_kg").decimalValue();
        assertThat(kilograms).isPositive();
        assertThat(reduction.get("state").asString()).isEqualTo("ISSUED");
        assertThat(reduction.get("message").asString()).contains("class TEST");

        var report = quarterOf(buyer, buyers);

        var shown =
                get("/api/marketplace/?project_id=" + project.get("project_id"), buyers)
                        .get("available_credits");
        assertThat(shown).hasSizeGreaterThan(2).hasSizeLessThanOrEqualTo(50);
        assertThat(shown.at("/0/unit_class").asString()).isEqualTo("TEST");
        assertThat(shown.at("/0/project_id")).isEqualTo(project.get("project_id"));
        var first = shown.at("/0/credit_id").asString();
        var second = shown.at("/1/credit_id").asString();
        thenStatus(
                201,
                post(
                        "/api/buy/",
                        buyers,
                        "{\"credit_id\": \"%s\", \"buyer_id\": \"%s\"}"
                                .formatted(first, buyer.id())));
        thenStatus(201, buy(buyers, second));
        var retired = thenStatus(201, retire(buyers, first));

        thenWallet(buyers, "1", "1", "1");
        assertThat(get("/api/my-credits/", buyers).get("credits")).hasSize(2);
        assertThat(cents(buyers)).isLessThan(10_00);
        assertThat(cents(bakers)).isPositive();
        var certificate = retired.get("certificate").asString();
        thenStatus(200, send(request(certificate + "?wait=10s").GET()));
        var verified =
                thenStatus(
                        200,
                        post(
                                "/api/verify-emissions/",
                                buyers,
                                "{\"report_id\": " + report.get("report_id") + "}"));
        assertThat(verified.get("outcome").asString()).isEqualTo("SELF_DECLARED");
    }

    private String refreshed(JsonNode tokens) {
        var body = "{\"refresh\": " + tokens.get("refresh") + "}";
        return thenStatus(200, post("/api/token/refresh/", body)).get("access").asString();
    }

    private JsonNode quarterOf(User user, String token) {
        var report =
                thenStatus(
                        201,
                        post(
                                "/api/emissions/",
                                token,
                                """
                                {"user": "%s", "year": 2025, "quarter": 1, "electricity_kwh": 1200,
                                 "diesel_liters": 40}
                                """
                                        .formatted(user.id())));
        assertThat(report.get("emissions_kg").decimalValue()).isPositive();
        assertThat(report.get("verification_score").asInt()).isBetween(0, 100);
        return report;
    }

    @Test
    void whatIsDeclaredForRealWaitsForAVerifier() {
        var proponent = token(user(Role.PROPONENT, UnitClass.LIVE));
        var project = project(proponent);
        var data = "{\"project\": %s, \"waste_recycled_kg\": \"500.5\"}".formatted(project);

        var reduction = thenStatus(201, post("/api/reduction-data/", proponent, data));
        var again = thenStatus(201, post("/api/reduction-data/", proponent, data));

        // (0.034165 + 2.845385) t for a short ton of 907.18474 kg, times 500.5 kg, down to a gram.
        assertThat(reduction.get("state").asString()).isEqualTo("NEEDS_REVIEW");
        assertThat(reduction.get("reduction_kg").toString()).isEqualTo("1588.667");
        assertThat(reduction.get("issued_kg").asInt()).isZero();
        assertThat(again.get("claim")).isEqualTo(reduction.get("claim"));
        thenWallet(proponent, "0", "0", "0");
    }

    private String project(String token) {
        var body = PROJECT.replace("\"user\": \"%s\", ", "");
        return thenStatus(201, post("/api/projects/", token, body)).get("project_id").toString();
    }

    @Test
    void aQuarterIsClaimedOnceAndByItsOwnProponentAlone() {
        var proponent = token(user(Role.PROPONENT, UnitClass.TEST));
        var other = token(user(Role.PROPONENT, UnitClass.TEST));
        var project = project(proponent);
        var data =
                "{\"project\": "
                        + project
                        + ", \"baseline_energy_kwh\": %s,"
                        + " \"post_project_energy_kwh\": 0}";

        thenDetail(404, "project_unknown", post("/api/reduction-data/", other, data.formatted(9)));
        thenStatus(201, post("/api/reduction-data/", proponent, data.formatted(100)));

        thenDetail(
                409,
                "already_claimed",
                post("/api/reduction-data/", proponent, data.formatted(90)));
    }

    @Test
    void whatIsWrongWithAProjectOrItsDataIsToldByField() {
        var proponent = token(user(Role.PROPONENT, UnitClass.TEST));
        var project = project(proponent);
        var buyer = token(user(Role.BUYER, UnitClass.TEST));

        thenInvalid(
                post("/api/projects/", proponent, "{}"),
                "title",
                "submission_type",
                "methodology",
                "year",
                "quarter");
        thenDetail(
                403,
                "acts_for_another",
                post("/api/projects/", proponent, PROJECT.formatted(UUID.randomUUID())));
        thenDetail(403, "role_missing", post("/api/projects/", buyer, PROJECT));
        thenInvalid(
                reduce(proponent, project, "\"baseline_energy_kwh\": 5"),
                "post_project_energy_kwh");
        thenInvalid(
                reduce(
                        proponent,
                        project,
                        "\"baseline_energy_kwh\": 5, \"post_project_energy_kwh\": 6"),
                "post_project_energy_kwh");
        thenInvalid(reduce(proponent, project, "\"waste_recycled_kg\": -1"), "waste_recycled_kg");
        thenInvalid(reduce(proponent, project, "\"waste_recycled_kg\": 1e30"), "waste_recycled_kg");
        thenInvalid(post("/api/reduction-data/", proponent, "{}"), "project", "non_field_errors");
        // More than the panels' rated power in every hour of the year.
        thenDetail(
                409,
                "claim_refused",
                reduce(
                        proponent,
                        project,
                        "\"solar_capacity_kw\": 1, \"annual_generation_kwh\": 8761"));
    }

    private java.net.http.HttpResponse<String> reduce(String token, String project, String rest) {
        return post("/api/reduction-data/", token, "{\"project\": " + project + ", " + rest + "}");
    }

    @Test
    void solarGenerationCountsByTheQuartersDays() {
        var proponent = token(user(Role.PROPONENT, UnitClass.TEST));

        var reduction =
                thenStatus(
                        201,
                        reduce(
                                proponent,
                                project(proponent),
                                "\"solar_capacity_kw\": 10, \"annual_generation_kwh\": 3650"));

        // 90 of 365 days: 900 kWh, at the lower of margin and average.
        var factor = factors.forSolarCredits("GBR").chosen().orElseThrow().gramsPerKilowattHour();
        var grams = factor.multiply(java.math.BigDecimal.valueOf(900));
        assertThat(reduction.get("reduction_kg").decimalValue())
                .isEqualByComparingTo(
                        grams.setScale(0, java.math.RoundingMode.FLOOR).movePointLeft(3));
    }
}
