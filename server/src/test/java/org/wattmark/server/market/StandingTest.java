package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;

/// What an operator freezes stands still from the next commit on.
class StandingTest extends MarketTest {

    @SuppressWarnings("NullAway.Init")
    StandingTest() {}

    @Test
    void aFrozenHolderSellsNothingAndItsListingGoesBack() {
        var seller = seller(UnitClass.LIVE);
        var buyer = buyerWith(5_000, desk(), UnitClass.LIVE);
        var listing = listed(seller, 1_000, 1_240);
        var account = "holder:" + seller.party().organisation();
        var path = "/api/v1/accounts/" + account + "/standing";
        var desk = desk();

        thenRefused(post(path, desk.one(), standing("FROZEN")), 409, "takes_two_persons");
        intervene(desk, "SUSPEND_ACCOUNT", account);

        thenRefused(
                post(
                        "/api/v1/listings",
                        seller.token(),
                        listingBody(UUID.randomUUID(), seller, 1, 1_240)),
                409,
                "seller_frozen");
        thenRefused(
                post("/api/v1/retirements", seller.token(), retirement(seller)),
                409,
                "holder_frozen");
        thenRefused(buy(UUID.randomUUID(), buyer, listing, 1), 409, "listing_closed");
        var view = get("/api/v1/accounts/" + account, seller.token());
        assertThat(view.get("standing").asString()).isEqualTo("FROZEN");
        assertThat(credits(seller.party(), seller.block())[1]).isZero();

        intervene(desk, "RESUME_ACCOUNT", account);

        assertThat(post("/api/v1/retirements", seller.token(), retirement(seller)).statusCode())
                .isEqualTo(201);
    }

    private void intervene(Desk desk, String kind, String account) {
        var id = UUID.randomUUID();
        var body = InterventionTest.intervention(id, kind, "\"account\": \"" + account + "\",");
        InterventionTest.thenCreated(post("/api/v1/interventions", desk.one(), body));
        InterventionTest.thenCreated(
                post("/api/v1/interventions/" + id + "/approvals", desk.other(), id()));
    }

    @Test
    void onlyAPersonAtTheRegistryFreezesAndCreditsTakeTwo() {
        var path = "/api/v1/assets/load:" + UUID.randomUUID() + "/freeze";
        var credits = "/api/v1/assets/credit:" + UUID.randomUUID() + "/freeze";
        var body = "{\"id\": \"%s\", \"frozen\": true}".formatted(UUID.randomUUID());

        thenRefused(post(path, tokenFor(Role.OPERATOR), body), 403, "person_needed");
        thenRefused(post(path, tokenFor(Role.BUYER), body), 403, "role_missing");
        thenRefused(post(path, operator(), body), 404, "asset_unknown");
        thenRefused(post(credits, operator(), body), 409, "takes_two_persons");
    }

    @Test
    void anIdOfVersion8IsRefused() {
        var seller = seller(UnitClass.LIVE);
        var id = UUID.fromString("018f6a3e-0000-8000-8000-0000000000ab");

        thenRefused(
                post("/api/v1/listings", seller.token(), listingBody(id, seller, 1, 1_240)),
                400,
                "id_is_derived");
    }

    @Test
    void aHolderReadsItsOwnHistoryAndNobodyElses() {
        var seller = seller(UnitClass.LIVE);
        var other = party(Role.BUYER, UnitClass.LIVE);
        var path = "/api/v1/accounts/holder:" + seller.party().organisation();
        listed(seller, 1_000, 1_240);
        var asset = seller.block().asset().code();

        var transfers = get("/api/v1/transfers", seller.token()).get("data");
        var statement = get(path + "/statement?asset=" + asset, seller.token());

        assertThat(get(path + "/transfers", seller.token()).get("data")).isEqualTo(transfers);
        assertThat(transfers).hasSize(2);
        assertThat(statement.get("opening").asLong()).isZero();
        assertThat(statement.get("closing").asLong())
                .isEqualTo(credits(seller.party(), seller.block())[0]);
        assertThat(statement.at("/data/1/net").asLong()).isEqualTo(-1_000);
        var reserving = transfers.get(1);
        var found = get("/api/v1/transfers/" + reserving.get("id").asString(), seller.token());
        assertThat(found.get("status").asString()).isEqualTo("posted");
        var hold = get("/api/v1/holds/" + reserving.get("hold").asString(), seller.token());
        assertThat(hold.get("remaining").asLong()).isEqualTo(1_000);
        assertThat(send(request(path + "/transfers", other.token()).GET()).statusCode())
                .isEqualTo(404);
        assertThat(
                        send(request(
                                                "/api/v1/holds/" + reserving.get("hold").asString(),
                                                other.token())
                                        .GET())
                                .statusCode())
                .isEqualTo(404);
        assertThat(reserving.get("amount").asLong()).isEqualTo(1_000);
    }

    private static String standing(String standing) {
        return "{\"id\": \"%s\", \"standing\": \"%s\"}".formatted(UUID.randomUUID(), standing);
    }

    private static String retirement(Seller seller) {
        return """
        {"id": "%s", "block": "%s", "quantity": {"grams": 5}, "beneficiary": "B"}
        """
                .formatted(UUID.randomUUID(), seller.block().id());
    }
}
