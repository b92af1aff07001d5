package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;

/// The sustainability manager's first day: from a file of twelve months to a report for a customer.
class FootprintStoryTest extends AccountsTest {

    /// The file that docs/carbon-accounts.md takes in. Simulated: no firm has these bills.
    private static String twelveMonths() {
        try {
            return Files.readString(Path.of("..", "docs", "examples", "simulated-bills-2024.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void fromAFileOfTwelveMonthsToAReportForACustomer() {
        var firm = newFirm();
        var trial =
                postFile(
                        firm, "/api/v1/activity-import-trials", twelveMonths(), "application/json");
        assertThat(trial.statusCode()).as(trial.body()).isEqualTo(200);
        assertThat(bodyOf(trial).path("good_rows").asInt()).isEqualTo(50);
        assertThat(bodyOf(trial).path("bad_rows").asInt()).isZero();

        var taken =
                putFile(
                        firm,
                        "/api/v1/activity-imports/" + UUID.randomUUID() + "?name=bills.csv",
                        twelveMonths());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        var inventory = found(firm, "/api/v1/inventories/2024");

        assertThat(inventory.path("complete").asBoolean()).isTrue();
        // The worked firm, to the gram.
        var totals = inventory.path("totals");
        assertThat(totals.path("scope1_grams").asLong()).isEqualTo(20_050_748);
        assertThat(totals.path("scope2_location_based_grams").asLong()).isEqualTo(17_392_200);
        assertThat(totals.path("scope3_grams").asLong()).isEqualTo(14_864_592);
        assertThat(totals.path("total_location_based_grams").asLong()).isEqualTo(52_307_540);
        assertThat(inventory.at("/lines/0/explanation/formula").asString()).contains("×");
        assertThat(inventory.path("biggest").size()).isEqualTo(3);

        var report = UUID.randomUUID();
        var made = post(firm, "/api/v1/carbon-reports", Map.of("id", report, "year", 2024));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        for (var format : new String[] {"JSON", "CSV", "XLSX", "PDF", "HTML"}) {
            var file = get(firm, "/api/v1/carbon-reports/" + report + "?format=" + format);
            assertThat(file.statusCode()).as(format + file.body()).isEqualTo(200);
        }
        var pdf = get(firm, "/api/v1/carbon-reports/" + report + "?format=PDF").body();
        assertThat(pdf).startsWith("%PDF-");

        var shared =
                post(
                        firm,
                        "/api/v1/carbon-reports/" + report + "/shares",
                        Map.of("id", UUID.randomUUID(), "recipient", "A customer"));
        assertThat(shared.statusCode()).as(shared.body()).isEqualTo(201);
        var link = bodyOf(shared).path("path").asString();
        assertThat(send(request(link).GET()).body()).contains("Greenhouse gas inventory");
        var share = bodyOf(shared).at("/share/id").asString();
        send(
                request("/api/v1/carbon-reports/" + report + "/shares/" + share, firm.token())
                        .DELETE());
        assertThat(send(request(link).GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void aReportIsSeenByEverybodyOnceItIsPublished() {
        var firm = newFirm();
        recorded(firm, "electricity", "1000", "kWh");
        var report = UUID.randomUUID();
        post(firm, "/api/v1/carbon-reports", Map.of("id", report, "year", 2024));
        var page = "/api/v1/public/carbon-reports/" + report;
        assertThat(send(request(page).GET()).statusCode()).isEqualTo(404);

        var publication = "/api/v1/carbon-reports/" + report + "/publication";
        var first = put(firm, publication, Map.of());
        var again = put(firm, publication, Map.of());

        assertThat(bodyOf(first).at("/receipt/leaf_hash").asString()).as(first.body()).isNotEmpty();
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(send(request(page).GET()).body()).contains("207.05");
    }

    @Test
    void aReportStaysAsItWasWhenAnActivityIsCorrected() {
        var firm = newFirm();
        var wrong = recorded(firm, "electricity", "1000", "kWh");
        var report = UUID.randomUUID();
        post(firm, "/api/v1/carbon-reports", Map.of("id", report, "year", 2024));
        var correction = activity(firm, "electricity", "2000", "kWh", "2024-01-01", "2024-12-31");
        correction.put("replaces", wrong);

        assertThat(post(firm, "/api/v1/activities", correction).statusCode()).isEqualTo(201);

        assertThat(
                        found(firm, "/api/v1/carbon-reports/" + report)
                                .at("/totals/scope2_location_based_grams")
                                .asLong())
                .isEqualTo(207_050);
        assertThat(
                        found(firm, "/api/v1/inventories/2024")
                                .at("/totals/scope2_location_based_grams")
                                .asLong())
                .isEqualTo(414_100);
        var again = activity(firm, "electricity", "3000", "kWh", "2024-01-01", "2024-12-31");
        again.put("replaces", wrong);
        assertThat(code(post(firm, "/api/v1/activities", again)))
                .isEqualTo("409 activity_counts_no_more");
        assertThat(found(firm, "/api/v1/activities/" + wrong).path("counts").asBoolean()).isFalse();
    }

    @Test
    void aFileIsTakenWholeOrNotAtAllAndCanBeTakenBack() {
        var firm = newFirm();
        var bad = twelveMonths() + "Works,2025-01,electricity,-5,kWh,no,\n";
        var id = "/api/v1/activity-imports/" + UUID.randomUUID();
        assertThat(code(putFile(firm, id, bad))).isEqualTo("422 bad_rows");
        assertThat(found(firm, "/api/v1/activities").path("data").size()).isZero();
        var back = postFile(firm, "/api/v1/activity-import-trials", bad, "text/csv").body();
        assertThat(back.lines().filter(line -> line.contains("is negative"))).hasSize(1);
        assertThat(back).contains("site,month,item,quantity,unit,estimated,note,error");

        assertThat(putFile(firm, id, twelveMonths()).statusCode()).isEqualTo(201);
        assertThat(putFile(firm, id, twelveMonths()).statusCode()).isEqualTo(200);
        assertThat(code(putFile(firm, id, bad))).isEqualTo("409 id_stands_for_another");
        var twice = putFile(firm, "/api/v1/activity-imports/" + UUID.randomUUID(), twelveMonths());
        assertThat(code(twice)).isEqualTo("422 bad_rows");
        assertThat(twice.body()).contains("is recorded already");

        put(firm, id + "/undoing", Map.of());
        assertThat(
                        found(firm, "/api/v1/inventories/2024")
                                .at("/totals/total_location_based_grams")
                                .asLong())
                .isZero();
        assertThat(
                        putFile(
                                        firm,
                                        "/api/v1/activity-imports/" + UUID.randomUUID(),
                                        twelveMonths())
                                .statusCode())
                .isEqualTo(201);
    }

    @Test
    void certificatesCountInTheMarketBasedTotalOnly() {
        var firm = newFirm();
        recorded(firm, "electricity", "84000", "kWh");
        var declared =
                put(
                        firm,
                        "/api/v1/account-instruments/" + UUID.randomUUID(),
                        Map.of(
                                "kind", "CERTIFICATE",
                                "watt_hours", 50_000_000,
                                "grams_per_kilowatt_hour", "0",
                                "region", "GB",
                                "vintage", 2024,
                                "origin", "REGO, 50 MWh"));

        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
        var totals = found(firm, "/api/v1/inventories/2024").path("totals");
        assertThat(totals.path("scope2_market_based_grams").asLong()).isEqualTo(7_039_700);
        assertThat(totals.path("scope2_location_based_grams").asLong()).isEqualTo(17_392_200);
    }

    @Test
    void nobodyReadsTheAccountsOfAnotherFirm() {
        var firm = newFirm();
        var activity = recorded(firm, "electricity", "1000", "kWh");
        var report = UUID.randomUUID();
        post(firm, "/api/v1/carbon-reports", Map.of("id", report, "year", 2024));
        var stranger = new Firm(tokenFor(Role.BUYER), firm.site());

        assertThat(get(stranger, "/api/v1/activities/" + activity).statusCode()).isEqualTo(404);
        assertThat(get(stranger, "/api/v1/account-sites/" + firm.site()).statusCode())
                .isEqualTo(404);
        assertThat(get(stranger, "/api/v1/carbon-reports/" + report).statusCode()).isEqualTo(404);
        assertThat(
                        code(
                                put(
                                        stranger,
                                        "/api/v1/account-sites/" + firm.site(),
                                        Map.of("name", "Mine", "region", "GB"))))
                .isEqualTo("409 id_stands_for_another");
        assertThat(
                        code(
                                post(
                                        stranger,
                                        "/api/v1/activities",
                                        activity(
                                                stranger,
                                                "electricity",
                                                "1",
                                                "kWh",
                                                "2024-01-01",
                                                "2024-01-31"))))
                .isEqualTo("404 account_site_unknown");
    }

    @Test
    void evidenceIsKnownByItsHash() {
        var firm = newFirm();
        var stored =
                send(
                        request("/api/v1/account-evidence?name=bill.pdf", firm.token())
                                .header("Content-Type", "application/pdf")
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                "%PDF-1.4 a bill"
                                                        .getBytes(StandardCharsets.UTF_8))));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
        var hash = bodyOf(stored).path("sha256").asString();
        var body = activity(firm, "electricity", "10", "kWh", "2024-01-01", "2024-01-31");
        body.put("evidence", hash);

        assertThat(post(firm, "/api/v1/activities", body).statusCode()).isEqualTo(201);
        assertThat(get(firm, "/api/v1/account-evidence/" + hash).body())
                .isEqualTo("%PDF-1.4 a bill");
        body.put("id", UUID.randomUUID());
        body.put("evidence", "0".repeat(64));
        assertThat(code(post(firm, "/api/v1/activities", body))).isEqualTo("400 invalid_value");
    }

    @Test
    void badInputIsToldByFieldValueAndLimit() {
        var firm = newFirm();
        var negative = activity(firm, "electricity", "-5", "kWh", "2024-01-01", "2024-01-31");
        var unit = activity(firm, "diesel", "5", "gal", "2024-01-01", "2024-01-31");
        var days = activity(firm, "diesel", "5", "l", "2024-02-01", "2024-01-31");
        var item = activity(firm, "unobtainium", "5", "l", "2024-01-01", "2024-01-31");

        assertThat(post(firm, "/api/v1/activities", negative).body())
                .contains("/quantity/amount", "is 0 or more, not -5");
        assertThat(post(firm, "/api/v1/activities", unit).body())
                .contains("/quantity/unit", "gallons (US) or gallons (imperial)");
        assertThat(post(firm, "/api/v1/activities", days).body())
                .contains("/last_day", "1 to 1100 days");
        assertThat(post(firm, "/api/v1/activities", item).body()).contains("/item");
        assertThat(
                        put(
                                        firm,
                                        "/api/v1/account-sites/" + UUID.randomUUID(),
                                        Map.of("name", "Atlantis", "region", "ZZ"))
                                .body())
                .contains("/region", "ZZ");
        assertThat(get(firm, "/api/v1/inventories/1789").statusCode()).isEqualTo(400);
    }
}
