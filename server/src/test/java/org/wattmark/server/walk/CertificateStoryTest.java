package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;

/// Certificates as anybody sees them: the page, the serials, the words, and where grams come from.
class CertificateStoryTest extends WalkTest {

    /// UX budget of a public page.
    private static final int MOST_BYTES = 60_000;

    private record Story(Household household, UUID claim, UUID retirement, UUID verifier) {}

    private Story live() {
        var household = new Household(liveClient(Role.PROPONENT), BRISTOL, ROOF, false);
        household.send(household.simulatedReadings(days(0, 10)));
        household.send(household.simulatedReadings(days(10, 10)));
        var claim = UUID.randomUUID();
        var submitted =
                household.client.created("/api/v1/claims", household.claim(claim, days(0, 20)));
        var statement = submitted.path("claim").path("statement").asString();
        return retired(household, claim, verifiedAndApproved(household, claim, statement));
    }

    private Story test() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        household.send(household.simulatedReadings(days(0, 20)));
        var claim = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(claim, days(0, 20)));
        return retired(household, claim, new UUID(0, 0));
    }

    private static Story retired(Household household, UUID claim, UUID verifier) {
        var block = issue(household.client, claim);
        var id = UUID.randomUUID();
        household.client.created("/api/v1/retirements", retirement(id, block, 12_345));
        return new Story(household, claim, id, verifier);
    }

    @Test
    void thePageSaysWhoHowMuchFromWhatAndThatItWasCheckedJustNow() throws Exception {
        var story = live();

        var answer = send(request("/certificates/" + story.retirement()).GET());

        var page = answer.body();
        assertThat(answer.statusCode()).as(page).isEqualTo(200);
        assertThat(page)
                .contains("<bdi>A bakery</bdi>", "0.012345 t CO2e (12.345 kg)")
                .contains("<bdi>Its ovens in June</bdi>", "✓ VALID", "Roof of a test")
                .contains("United Kingdom (GBR)", "solar-displacement/1", "WM-GBR-")
                .contains(story.verifier().toString(), "evidence T2")
                .contains("✓ Signature of the log", "✓ In the public log: leaf ")
                .contains("✓ For whom and why", "✓ Status: valid")
                .contains("issued to the project&#39;s proponent", "12.345 kg retired for good")
                .contains("og:title", "og:description", "og:url", "wattmark verify")
                .doesNotContain("◇ TEST", "TEST, not real", "✗ ", "holder:");
        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
    }

    @Test
    void thePageNeedsNoScriptNoLoginAndNoCookieAndLetsNothingElseIn() throws Exception {
        var story = test();

        var answer = send(request("/certificates/" + story.retirement()).GET());

        var page = answer.body();
        var style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        var hash =
                MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
                .doesNotContain("unsafe", "script");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(page)
                .doesNotContain("<script", "javascript:", " style=", " onclick")
                .contains("lang=\"en\"", "<main>", "name=\"viewport\"", "prefers-color-scheme");
    }

    @Test
    void testUnitsBearTheirMarkEverywhere() throws Exception {
        var story = test();

        var page = send(request("/certificates/" + story.retirement()).GET()).body();

        assertThat(page)
                .contains("◇ TEST", "class=\"mark\"", "TEST, not real", "TEST, NOT REAL: ")
                .contains("Nothing may be said with units of class TEST")
                .contains("machine-checked, not verified by a third party");
    }

    @Test
    void anUnknownCertificateIsSaidToBeUnknown() {
        var id = UUID.randomUUID();

        for (var path :
                new String[] {"/certificates/" + id, "/api/v1/certificates/" + id + "/pdf"}) {
            var answer = send(request(path).GET());
            assertThat(Client.problem(answer)).isEqualTo("404 certificate_unknown");
        }
    }

    @Test
    void wordsThatWereErasedLeaveAPageThatStillProvesTheRest() throws Exception {
        var story = live();
        certified(story.retirement());
        jdbc.sql(
                        """
                        update journal set salt = null, private_content = null
                        where sequence = (select sequence from retirement where id = :id)
                        """)
                .param("id", story.retirement())
                .update();
        jdbc.sql("update retirement set beneficiary = '', purpose = '' where id = :id")
                .param("id", story.retirement())
                .update();

        var answer = send(request("/certificates/" + story.retirement()).GET());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("For whom and why was erased", "✓ In the public log", "✓ VALID")
                .contains("0.012345 t CO2e", "erased, so not checked")
                .doesNotContain("A bakery", "Its ovens", "Verifiable credential");
        for (var form : new String[] {"", "/pdf", "/credential"}) {
            var gone = send(request("/api/v1/certificates/" + story.retirement() + form).GET());
            assertThat(Client.problem(gone)).as(form).isEqualTo("410 words_erased");
        }
        for (var form : new String[] {"/serials", "/provenance", "/wording?country=GB"}) {
            var there = send(request("/api/v1/certificates/" + story.retirement() + form).GET());
            assertThat(there.statusCode()).as(form).isEqualTo(200);
        }
    }

    @Test
    void serialsAreATableOfOneRow() throws Exception {
        var story = live();
        var statement = certified(story.retirement());

        var answer = send(request("/api/v1/certificates/" + story.retirement() + "/serials").GET());

        var lines = answer.body().split("\r\n");
        assertThat(lines).hasSize(2);
        assertThat(lines[0].split(",")).hasSameSizeAs(lines[1].split(","));
        assertThat(lines[1])
                .startsWith("WM-GBR-")
                .contains(statement.block().toString(), ",1,12345,12345,LIVE,")
                .endsWith(",VALID");
    }

    @Test
    void provenanceLeadsFromTheCertificateToTheSignedBatchesAndTheirProofs() throws Exception {
        var story = live();
        certified(story.retirement());
        var path = "/api/v1/certificates/" + story.retirement() + "/provenance?limit=2";

        var provenance = bodyOf(send(request(path).GET()));

        assertThat(provenance.at("/claim/id").asString()).isEqualTo(story.claim().toString());
        assertThat(provenance.at("/claim/monitoring_period/start").asString()).isNotEmpty();
        assertThat(provenance.at("/block/title").asString()).isEqualTo("Roof of a test");
        var device = provenance.at("/devices/0");
        assertThat(device.path("device").asString())
                .isEqualTo(story.household().deviceId().toString());
        assertThat(provenance.path("checks").size()).isGreaterThan(3);
        assertThat(provenance.toString())
                .doesNotContain("51.45", "latitude", "owner", "holder", "inputs");
        var batch = provenance.at("/batches/data/0");
        assertThat(batch.path("signed").asBoolean()).isTrue();
        for (var each :
                new String[] {
                    provenance.path("proof").asString(),
                    provenance.at("/block/issuance_proof").asString(),
                    device.path("bond").asString(),
                    batch.path("proof").asString(),
                    device.path("backing").asString()
                }) {
            assertThat(send(request(each).GET()).statusCode()).as(each).isEqualTo(200);
        }
    }

    @Test
    void provenanceTellsEveryBatchOfTheClaimPageByPage() throws Exception {
        var story = live();
        var path = "/api/v1/certificates/" + story.retirement() + "/provenance?limit=1";

        long energy = 0;
        int pages = 0;
        for (var cursor = ""; ; pages++) {
            var page = bodyOf(send(request(path + cursor).GET())).path("batches");
            energy += page.at("/data/0/energy/watt_hours").asLong();
            if (!page.path("has_more").asBoolean()) {
                break;
            }
            cursor = "&cursor=" + page.path("next_cursor").asString();
        }

        long metered =
                jdbc.sql("select sum(energy_wh)::bigint from reading_batch where device_id = :id")
                        .param("id", story.household().deviceId())
                        .query(Long.class)
                        .single();
        assertThat(energy).isEqualTo(metered).isPositive();
        assertThat(pages).isPositive();
    }

    @Test
    void theWordsFollowTheBuyersCountryAndPurpose() {
        var story = live();
        var path = "/api/v1/certificates/" + story.retirement() + "/wording?country=";

        var report = bodyOf(send(request(path + "de&purpose=REPORT").GET()));
        var product = bodyOf(send(request(path + "DE&purpose=PRODUCT").GET()));

        assertThat(report.path("supported").asBoolean()).isTrue();
        assertThat(report.path("market").asString()).isEqualTo("EU");
        assertThat(report.path("sentence").asString()).startsWith("A bakery retired credits");
        assertThat(product.path("supported").asBoolean()).isFalse();
        assertThat(product.path("conditions").toString()).contains("2024/825");
        assertThat(Client.problem(send(request(path + "XX").GET()))).isEqualTo("400 invalid_value");
        assertThat(send(request(path + "GB&purpose=NONSENSE").GET()).statusCode()).isEqualTo(400);
    }
}
