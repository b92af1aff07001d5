package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

/// Rates that operators load, and the hierarchy of scope 2 by market in which they are used. All
/// numbers here are made up, of a year that nobody has factors or rates of.
class MarketRatesTest extends AccountsTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String HEADER =
            "region,year,supplier,grams_per_kilowatt_hour,source,url\n";

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    MarketRatesTest() {}

    @Test
    void whereNoMixIsKnownTheLineSaysThatItFallsBack() {
        var firm = firmOf("FR");

        recorded(firm, "electricity", "1000", "kWh");

        assertThat(marketLine(firm).at("/explanation/because/0").asString())
                .contains("no residual mix is known", "fallback");
    }

    @Test
    void aMixCountsOnceASecondOperatorHasApprovedItAndItsSourceStandsBehindTheNumber() {
        var loader = operator();
        var other = operator();
        var firm = firmOf("IE");
        recorded(firm, "electricity", "1000", "kWh");
        var file = "/api/v1/market-rate-files/" + UUID.randomUUID();

        var loaded =
                load(
                        loader,
                        file,
                        HEADER + "IE,2024,,412.5,\"Made up, table 1\",https://example.org/mix\n");
        var waiting = marketLine(firm);
        var own = approve(loader, file);
        var approved = approve(other, file);
        var again = approve(other, file);

        assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(201);
        assertThat(code(own)).isEqualTo("409 takes_two_persons");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(approved.body());
        assertThat(waiting.get("factor").asString()).doesNotStartWith("residual-mix");
        var line = marketLine(firm);
        assertThat(line.get("factor").asString()).isEqualTo("residual-mix/IRL");
        assertThat(line.get("exact_grams").asString()).isEqualTo("412500");
        assertThat(line.at("/explanation/source").asString()).contains("Made up, table 1");
        assertThat(line.at("/explanation/url").asString()).isEqualTo("https://example.org/mix");
    }

    @Test
    void aLaterApprovalTakesThePlaceAndReportsStayAsTheyWere() {
        var loader = operator();
        var other = operator();
        var firm = firmOf("PT");
        recorded(firm, "electricity", "1000", "kWh");
        approved(loader, other, "PT,2024,,300,Made up 1,\n");
        var report = UUID.randomUUID();
        post(firm, "/api/v1/carbon-reports", Map.of("id", report, "year", 2024));

        approved(loader, other, "PT,2024,,200,Made up 2,\n");

        assertThat(marketLine(firm).get("exact_grams").asString()).isEqualTo("200000");
        assertThat(get(firm, "/api/v1/carbon-reports/" + report).body())
                .contains("Made up 1")
                .doesNotContain("Made up 2");
    }

    @Test
    void aSuppliersRateComesBeforeTheResidualMixAndWithItsSource() {
        approved(
                operator(),
                operator(),
                "ES,2024,,250,Made up mix,\nES,2024,Sun & Co,90,Made up label,\n");
        var firm = firmOf("ES");
        recorded(firm, "electricity", "1000", "kWh");

        var unknown = put(firm, instrument(), supplied("Nobody"));
        var id = instrument();
        var declared = put(firm, id, supplied("sun & co"));
        var again = put(firm, id, supplied("sun & co"));

        assertThat(code(unknown)).isEqualTo("400 invalid_value");
        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(bodyOf(declared).get("grams_per_kilowatt_hour").asString()).isEqualTo("90");
        assertThat(bodyOf(declared).get("origin").asString()).contains("Made up label");
        var totals = found(firm, "/api/v1/inventories/2024").get("totals");
        // 600 kWh at the supplier's rate, 400 kWh at the mix
        assertThat(totals.get("scope2_market_based_grams").asLong())
                .isEqualTo(600 * 90 + 400 * 250);
    }

    @Test
    void aBadFileIsRefusedByLineAndNothingOfItIsKept() {
        var loader = operator();
        var file = "/api/v1/market-rate-files/" + UUID.randomUUID();

        var refused =
                load(
                        loader,
                        file,
                        HEADER
                                + "SE,2024,,10,Made up,\n"
                                + "SE,2024,,11,Made up,\n"
                                + "XX,2024,,11,Made up,\n"
                                + "SE,24,,11,Made up,\n"
                                + "SE,2024,A,0.4 kg,Made up,\n"
                                + "SE,2024,B,2001,Made up,\n"
                                + "SE,2024,C,11,,\n");

        assertThat(code(refused)).isEqualTo("422 file_refused");
        assertThat(bodyOf(refused).get("errors")).hasSize(6);
        assertThat(bodyOf(refused).at("/errors/0/pointer").asString()).isEqualTo("/line/3");
        assertThat(code(approve(operator(), file))).isEqualTo("404 market_rate_file_unknown");
        assertThat(found(newFirm(), "/api/v1/market-rates?region=SE").get("data")).isEmpty();
    }

    private Firm firmOf(String region) {
        var firm = newFirm();
        var put =
                put(
                        firm,
                        "/api/v1/account-sites/" + firm.site(),
                        Map.of("name", "Works", "region", region));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        return firm;
    }

    private String operator() {
        var email = "o" + UUID.randomUUID() + "@example.org";
        var organisation = newOrganisation(Role.OPERATOR);
        members.addPerson(organisation, email, "A Member", PASSWORD, Set.of(Role.OPERATOR));
        return tokenOf(email, PASSWORD);
    }

    private HttpResponse<String> load(String operator, String path, String csv) {
        return send(
                request(path, operator)
                        .header("Content-Type", "text/csv")
                        .PUT(BodyPublishers.ofString(csv)));
    }

    private HttpResponse<String> approve(String operator, String path) {
        return send(request(path + "/approval", operator).PUT(BodyPublishers.noBody()));
    }

    private void approved(String loader, String other, String rows) {
        var file = "/api/v1/market-rate-files/" + UUID.randomUUID();
        assertThat(load(loader, file, HEADER + rows).statusCode()).isEqualTo(201);
        assertThat(approve(other, file).statusCode()).isEqualTo(200);
    }

    private static String instrument() {
        return "/api/v1/account-instruments/" + UUID.randomUUID();
    }

    private static Map<String, Object> supplied(String supplier) {
        var body = new HashMap<String, Object>();
        body.put("kind", "SUPPLIER_RATE");
        body.put("watt_hours", 600_000);
        body.put("supplier", supplier);
        body.put("region", "ES");
        body.put("vintage", 2024);
        body.put("origin", "Contract 1");
        return body;
    }

    private JsonNode marketLine(Firm firm) {
        return found(firm, "/api/v1/inventories/2024")
                .get("lines")
                .valueStream()
                .filter(line -> line.get("method").asString().equals("MARKET_BASED"))
                .findFirst()
                .orElseThrow();
    }
}
