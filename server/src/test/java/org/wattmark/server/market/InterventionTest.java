package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// What two persons of the registry do to units that were issued: from the next commit on, and to
/// every certificate that was shown before.
class InterventionTest extends MarketTest {

    private static final HttpClient HTTP_CLIENT = HttpClient.newHttpClient();

    private static final String EVIDENCE = "ab".repeat(32);

    @SuppressWarnings("NullAway.Init")
    InterventionTest() {}

    static String intervention(UUID id, String kind, String rest) {
        return """
        {"id": "%s", "kind": "%s", %s "reason": "The meter was read twice",
         "evidence_sha256": "%s"}
        """
                .formatted(id, kind, rest, EVIDENCE);
    }

    private static String ofBlock(Seller seller) {
        return "\"block\": \"" + seller.block().id() + "\",";
    }

    /// Proposed by one, approved by the other.
    private UUID done(Desk desk, String kind, String rest) {
        var id = UUID.randomUUID();
        thenCreated(post("/api/v1/interventions", desk.one(), intervention(id, kind, rest)));
        thenCreated(post("/api/v1/interventions/" + id + "/approvals", desk.other(), id()));
        return id;
    }

    static void thenCreated(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private UUID retired(Party holder, Seller seller, long grams) {
        var id = UUID.randomUUID();
        thenCreated(post("/api/v1/retirements", holder.token(), retirement(id, seller, grams)));
        return id;
    }

    static String retirement(UUID id, Seller seller, long grams) {
        return """
        {"id": "%s", "block": "%s", "quantity": {"grams": %d}, "beneficiary": "B"}
        """
                .formatted(id, seller.block().id(), grams);
    }

    private String status(UUID retirement) {
        return jdbc.sql("select status from certificate_status where retirement_id = ?")
                .param(retirement)
                .query(String.class)
                .single();
    }

    private String blockStatus(Seller seller) {
        return get("/api/v1/public/credit-blocks/" + seller.block().id(), seller.token())
                .get("status")
                .asString();
    }

    @Test
    void aSuspendedBlockStandsStillWhatIsUnderWayGoesBackAndCertificatesSaySo() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        var buyer = buyerWith(5_000, desk, UnitClass.LIVE);
        var certificate = retired(seller.party(), seller, 10);
        var listing = listed(seller, 1_000, 1_240);
        var id = UUID.randomUUID();
        var path = "/api/v1/interventions/" + id + "/approvals";

        thenCreated(
                post(
                        "/api/v1/interventions",
                        desk.one(),
                        intervention(id, "SUSPEND_BLOCK", ofBlock(seller))));
        thenRefused(post(path, desk.one(), id()), 403, "proposer_decides");
        thenCreated(buy(UUID.randomUUID(), buyer, listing, 5));
        thenCreated(post(path, desk.other(), id()));

        thenRefused(buy(UUID.randomUUID(), buyer, listing, 5), 409, "listing_closed");
        assertThat(get("/api/v1/public/listings/" + listing, buyer.token()).get("state").asString())
                .isEqualTo("WITHDRAWN");
        assertThat(credits(seller.party(), seller.block())[1]).isZero();
        thenRefused(
                post(
                        "/api/v1/retirements",
                        buyer.token(),
                        retirement(UUID.randomUUID(), seller, 1)),
                409,
                "block_frozen");
        assertThat(status(certificate)).isEqualTo("SUSPENDED");
        assertThat(blockStatus(seller)).isEqualTo("SUSPENDED");
        thenRefused(post(path, desk.other(), id()), 409, "already_decided");

        done(desk, "RESUME_BLOCK", ofBlock(seller));

        assertThat(status(certificate)).isEqualTo("VALID");
        assertThat(status(retired(buyer, seller, 1))).isEqualTo("VALID");
    }

    @Test
    void aRecallTakesUnitsBackFromWhoeverHoldsThemAndNamesTheAmounts() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        var buyer = buyerWith(5_000, desk, UnitClass.LIVE);
        var listing = listed(seller, 1_000, 1_240);
        thenCreated(buy(UUID.randomUUID(), buyer, listing, 400));
        var certificate = retired(buyer, seller, 100);

        var recall = done(desk, "RECALL_BLOCK", ofBlock(seller));

        assertThat(status(certificate)).isEqualTo("RECALLED");
        assertThat(credits(buyer, seller.block())).containsExactly(0, 0);
        assertThat(credits(seller.party(), seller.block())).containsExactly(0, 0);
        var list = get("/api/v1/public/cancellations?under=" + recall, buyer.token()).get("data");
        assertThat(list).hasSize(3);
        long sum = 0;
        for (var each : list) {
            sum += each.at("/cancellation/quantity/grams").asLong();
            assertThat(each.at("/cancellation/cause").asString()).isEqualTo("RECALL");
        }
        assertThat(sum).isEqualTo(seller.block().issued().grams() - 100);
        assertThat(list.toString()).contains("holder:" + buyer.organisation());
        var block = get("/api/v1/public/credit-blocks/" + seller.block().id(), buyer.token());
        assertThat(block.at("/cancelled/grams").asLong()).isEqualTo(sum);
        assertThat(block.at("/retired/grams").asLong()).isEqualTo(100);
        var made = get("/api/v1/public/interventions/" + recall, buyer.token());
        assertThat(made.get("reason").asString()).isEqualTo("The meter was read twice");
        assertThat(get("/api/v1/cancellations", buyer.token()).get("data")).hasSize(1);
        thenRefused(
                post(
                        "/api/v1/interventions",
                        desk.one(),
                        intervention(UUID.randomUUID(), "RESUME_BLOCK", ofBlock(seller))),
                409,
                "block_recalled");
    }

    @Test
    void whatIsLostBeyondTheBufferIsOwedUntilItsProponentMakesItGood() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        var certificate = retired(seller.party(), seller, 10);
        long buffer = seller.block().buffer().grams();

        var small =
                done(desk, "REVERSE_REDUCTION", ofBlock(seller) + " \"quantity\": {\"grams\": 4},");
        assertThat(status(certificate)).isEqualTo("VALID");
        var large =
                done(
                        desk,
                        "REVERSE_REDUCTION",
                        ofBlock(seller) + " \"quantity\": {\"grams\": " + (buffer + 6) + "},");

        assertThat(status(certificate)).isEqualTo("REVERSED");
        var path = "/api/v1/reversals/" + large + "/coverings";
        thenRefused(
                post(path, party(Role.BUYER, UnitClass.LIVE).token(), covering(seller, 1)),
                404,
                "reversal_unknown");
        thenRefused(post(path, seller.token(), covering(seller, 11)), 422, "exceeds_what_is_owed");
        thenCreated(post(path, seller.token(), covering(seller, 10)));

        assertThat(status(certificate)).isEqualTo("VALID");
        assertThat(reversal(small).at("/drawn/grams").asLong()).isEqualTo(4);
        assertThat(reversal(large).at("/drawn/grams").asLong()).isEqualTo(buffer - 4);
        assertThat(reversal(large).at("/owed/grams").asLong()).isEqualTo(10);
        assertThat(reversal(large).at("/left/grams").asLong()).isZero();
    }

    private JsonNode reversal(UUID id) {
        var page = get("/api/v1/public/reversals?limit=100", operator()).get("data");
        for (var each : page) {
            if (each.get("id").asString().equals(id.toString())) {
                return each;
            }
        }
        throw new AssertionError("not listed: " + id);
    }

    private static String covering(Seller seller, long grams) {
        return """
        {"id": "%s", "block": "%s", "quantity": {"grams": %d}}
        """
                .formatted(UUID.randomUUID(), seller.block().id(), grams);
    }

    @Test
    void onlyPersonsOfTheRegistryIntervene() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        var path = "/api/v1/interventions";
        var body = intervention(UUID.randomUUID(), "RECALL_BLOCK", ofBlock(seller));

        thenRefused(post(path, tokenFor(Role.OPERATOR), body), 403, "person_needed");
        thenRefused(post(path, seller.token(), body), 403, "role_missing");
        thenCreated(post(path, desk.one(), body));
        var again = post(path, desk.one(), body);
        thenCreated(again);
        var id = bodyOf(again).get("intervention").asString();
        thenRefused(
                post(path + "/" + id + "/approvals", tokenFor(Role.OPERATOR), id()),
                403,
                "person_needed");
        thenCreated(post(path + "/" + id + "/rejections", desk.one(), id()));
        thenRefused(
                post(path + "/" + id + "/approvals", desk.other(), id()), 409, "already_decided");
        var hidden = send(request("/api/v1/public/interventions/" + id).GET());
        assertThat(hidden.statusCode()).isEqualTo(404);
    }

    @Test
    void whatBelongsToAKindIsAskedFor() {
        var one = operator();
        var path = "/api/v1/interventions";

        thenRefused(
                post(path, one, intervention(UUID.randomUUID(), "RECALL_BLOCK", "")),
                400,
                "invalid_value");
        thenRefused(
                post(
                        path,
                        one,
                        intervention(
                                UUID.randomUUID(),
                                "RECALL_BLOCK",
                                "\"block\": \"" + UUID.randomUUID() + "\",")),
                404,
                "block_unknown");
        thenRefused(
                post(
                        path,
                        one,
                        intervention(
                                UUID.randomUUID(),
                                "SUSPEND_ACCOUNT",
                                "\"account\": \"holder:" + UUID.randomUUID() + "\",")),
                404,
                "account_unknown");
    }

    @Test
    void aHolderCancelsItsOwnAndMayClaimNothingForIt() {
        var seller = seller(UnitClass.LIVE);
        var body =
                """
                {"id": "%s", "block": "%s", "quantity": {"grams": 7}, "reason": "For the climate"}
                """
                        .formatted(UUID.randomUUID(), seller.block().id());

        var first = post("/api/v1/cancellations", seller.token(), body);
        var again = post("/api/v1/cancellations", seller.token(), body);
        var after = retired(seller.party(), seller, 5);

        thenCreated(first);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(bodyOf(first).at("/cancellation/serials/last").asLong()).isEqualTo(7);
        assertThat(
                        jdbc.sql("select first_serial from retirement where id = ?")
                                .param(after)
                                .query(Long.class)
                                .single())
                .isEqualTo(8);
        thenRefused(
                post(
                        "/api/v1/cancellations",
                        party(Role.BUYER, UnitClass.LIVE).token(),
                        body.replaceFirst(
                                "\"id\": \"[^\"]+\"", "\"id\": \"" + UUID.randomUUID() + "\"")),
                422,
                "holder_unknown");
    }

    /// Fees count for the whole registry, so they go back to nothing in the end.
    @Test
    void feesAreItemisedPaidWithTheUnitsAndChangedByTwoPersons() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        var poor = seller(UnitClass.LIVE);
        givenMoney(seller.party(), 1_000, desk);

        done(desk, "CHANGE_FEES", fees(100, 200));
        try {
            var id = UUID.randomUUID();
            var answer =
                    post("/api/v1/retirements", seller.token(), retirement(id, seller, 1_000_000));

            thenCreated(answer);
            assertThat(bodyOf(answer).at("/fees/0/amount/minor_units").asLong()).isEqualTo(200);
            assertThat(bodyOf(answer).at("/fees/0/kind").asString()).isEqualTo("RETIREMENT");
            assertThat(money(seller.party())).isEqualTo(800);
            thenRefused(
                    post(
                            "/api/v1/retirements",
                            poor.token(),
                            retirement(UUID.randomUUID(), poor, 1_000_000)),
                    422,
                    "not_enough_money");
            assertThat(credits(poor.party(), poor.block())[0])
                    .isEqualTo(poor.block().credited().grams());
        } finally {
            done(desk, "CHANGE_FEES", fees(0, 0));
        }
        var schedules = get("/api/v1/public/registry-fees", seller.token()).get("schedules");
        assertThat(schedules.size()).isGreaterThanOrEqualTo(2);
        retired(poor.party(), poor, 1_000_000);
    }

    @Test
    void whatProgrammesAskForIsRecordedWithItsGapsAndNothingIsCalledEligible() {
        var desk = desk();
        var seller = seller(UnitClass.LIVE);
        var path = "/api/v1/public/credit-blocks/" + seller.block().id() + "/eligibility";
        int before = get(path, seller.token()).get("missing").size();

        done(
                desk,
                "RECORD_ELIGIBILITY",
                """
                "eligibility": {"project": "%s", "letter_of_authorisation": "GB-LOA-17",
                    "first_crediting_start": "2025-01-01"},
                """
                        .formatted(seller.block().project()));

        var view = get(path, seller.token());
        assertThat(view.at("/recorded/letter_of_authorisation").asString()).isEqualTo("GB-LOA-17");
        assertThat(view.get("missing").size()).isEqualTo(before - 3);
        assertThat(view.get("missing").toString())
                .contains("CORSIA_PROGRAMME_NOT_APPROVED", "ICVCM_PROGRAMME_NOT_ASSESSED");
        assertThat(view.get("notice").asString()).contains("not eligible under CORSIA");
    }

    @Test
    void theRegistryIsReadInTheShapeOfTheClimateActionDataTrust() throws Exception {
        var seller = seller(UnitClass.LIVE);
        var retirement = retired(seller.party(), seller, 10);
        var found = 0;
        var cursor = "";
        do {
            var page = get("/api/v1/public/cadt?limit=50" + cursor, seller.token());
            for (var unit : page.get("units")) {
                if (unit.get("projectLocationId")
                        .asString()
                        .equals(seller.block().project().toString())) {
                    found++;
                    assertThat(unit.get("serialNumberBlock").asString()).startsWith("WM-");
                    assertThat(unit.toString()).doesNotContain("\"B\"");
                }
                if (unit.get("warehouseUnitId").asString().equals(retirement.toString())) {
                    assertThat(unit.get("unitStatus").asString()).isEqualTo("Retired");
                    assertThat(unit.get("unitCount").asLong()).isEqualTo(10);
                }
            }
            cursor =
                    page.get("has_more").asBoolean()
                            ? "&cursor=" + page.get("next_cursor").asString()
                            : "";
        } while (!cursor.isEmpty());
        assertThat(found).isEqualTo(2);

        var workbook =
                HTTP_CLIENT.send(
                        request("/api/v1/public/cadt-workbook").GET().build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(workbook.statusCode()).isEqualTo(200);
        try (var read = new ReadableWorkbook(new ByteArrayInputStream(workbook.body()))) {
            assertThat(read.getSheets().map(sheet -> sheet.getName()))
                    .containsExactly("projects", "issuances", "units");
            assertThat(read.findSheet("units").orElseThrow().read().size()).isGreaterThan(2);
        }
    }

    private static String fees(long issuance, long retirement) {
        return """
        "fees": {"currency": "EUR", "issuance_minor_units": %d, "retirement_minor_units": %d},
        """
                .formatted(issuance, retirement);
    }
}
