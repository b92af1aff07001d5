package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;
import tools.jackson.databind.JsonNode;

/// What is offered is reserved, public, and its seller's alone to take back.
class ListingTest extends MarketTest {

    @Test
    void everybodySeesWhatIsOfferedWithPriceFeeAndWhatIsLeft() {
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);
        buy(UUID.randomUUID(), buyerWith(50_00, desk(), UnitClass.LIVE), listing, 300_000);

        var seen = publicly("/" + listing);

        assertThat(seen.get("seller").asString())
                .isEqualTo("holder:" + seller.party().organisation());
        assertThat(seen.get("vintage").asInt()).isEqualTo(2025);
        assertThat(seen.at("/quantity/grams").asLong()).isEqualTo(1_000_000);
        assertThat(seen.at("/left/grams").asLong()).isEqualTo(700_000);
        assertThat(seen.at("/price/per_tonne").toString())
                .isEqualTo("{\"minor_units\":1000,\"currency\":\"EUR\"}");
        assertThat(seen.at("/fee/basis_points").asInt()).isEqualTo(100);
        assertThat(seen.get("state").asString()).isEqualTo("OPEN");
    }

    @Test
    void openListingsArePagedAndFiltered() {
        var seller = seller(UnitClass.TEST);
        listed(seller, 1_000, 10_00);
        listed(seller, 1_000, 10_00);
        withdraw(listed(seller, 1_000, 10_00), seller.party());
        var block = "?block=" + seller.block().id();

        var first = publicly(block + "&limit=1");
        var second = publicly(block + "&limit=1&cursor=" + first.get("next_cursor").asString());

        assertThat(first.get("has_more").asBoolean()).isTrue();
        assertThat(second.get("has_more").asBoolean()).isFalse();
        assertThat(first.at("/data/0/id")).isNotEqualTo(second.at("/data/0/id"));
        assertThat(publicly(block + "&vintage=2025&currency=EUR&unit_class=TEST").get("data"))
                .hasSize(2);
        assertThat(publicly(block + "&vintage=2024").get("data")).isEmpty();
        assertThat(publicly(block + "&currency=GBP").get("data")).isEmpty();
        assertThat(publicly(block + "&unit_class=LIVE").get("data")).isEmpty();
    }

    @Test
    void onlyItsSellerTakesAListingBack() {
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);
        var credited = seller.block().credited().grams();

        var stranger = withdraw(listing, party(Role.PROPONENT, UnitClass.LIVE));
        var own = withdraw(listing, seller.party());
        var again = withdraw(listing, seller.party());

        thenRefused(stranger, 403, "not_your_listing");
        assertThat(own.statusCode()).as(own.body()).isEqualTo(201);
        assertThat(bodyOf(own).at("/returned/grams").asLong()).isEqualTo(1_000_000);
        thenRefused(again, 409, "listing_closed");
        assertThat(credits(seller.party(), seller.block())).containsExactly(credited, 0);
        assertThat(publicly("/" + listing).get("state").asString()).isEqualTo("WITHDRAWN");
    }

    @Test
    void aWithdrawalNeedsNoBodyIfAKeyNamesIt() {
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000, 10_00);
        var path = "/api/v1/listings/" + listing + "/withdrawals";

        var nameless = send(json(request(path, seller.token()), "POST", "{}"));
        var keyed = request(path, seller.token()).header("Idempotency-Key", "back");
        var first = send(keyed.copy().method("POST", noBody()));
        var again = send(keyed.copy().method("POST", noBody()));

        thenRefused(nameless, 400, "id_missing");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    private static HttpRequest.BodyPublisher noBody() {
        return HttpRequest.BodyPublishers.noBody();
    }

    @Test
    void nobodyOffersWhatItDoesNotHave() {
        var seller = seller(UnitClass.LIVE);
        var all = seller.block().credited().grams();
        listed(seller, all, 10_00);
        var empty = new Seller(party(Role.PROPONENT, UnitClass.LIVE), seller.block());

        var twice = offer(seller, 1);
        var nothing = offer(empty, 1);

        thenRefused(twice, 422, "quantity_exceeds_holding");
        thenRefused(nothing, 422, "seller_unknown");
    }

    private HttpResponse<String> offer(Seller seller, long grams) {
        return post(
                "/api/v1/listings",
                seller.token(),
                listingBody(UUID.randomUUID(), seller, grams, 10_00));
    }

    @Test
    void aWrongValueIsNamedWithItsLimit() {
        var seller = seller(UnitClass.LIVE);
        var good = listingBody(UUID.randomUUID(), seller, 777, 888);
        var most = "9223372036854775807";

        thenNamed(seller, good.replace("777", "0"), "/quantity/grams", most);
        thenNamed(seller, good.replace("777", "-5"), "/quantity/grams", most);
        thenNamed(seller, good.replace("777", "9223372036854775808"), "/quantity/grams", most);
        thenNamed(seller, good.replace("777", "9".repeat(900)), "/quantity/grams", most);
        thenNamed(seller, good.replace("888", "0"), "/price/per_tonne/minor_units", most);
        thenNamed(
                seller,
                good.replace("777", most).replace("888", most),
                "/price/per_tonne/minor_units",
                most);
        thenNamed(seller, good.replace("EUR", "EUX"), "/price/per_tonne/currency", "ISO 4217");
        thenNamed(seller, good.replace("EUR", "XAU"), "/price/per_tonne/currency", "ISO 4217");
        thenNamed(seller, good.replace("777", "1.5"), "/quantity/grams", "whole number");
        thenNamed(seller, good.replace("777", "\"5\""), "/quantity/grams", "whole number");
        thenNamed(seller, good.replace("777", "null"), "/quantity/grams", "");
    }

    private void thenNamed(Seller seller, String body, String pointer, String limit) {
        var answer = post("/api/v1/listings", seller.token(), body);
        thenRefused(answer, 400, "invalid_value");
        assertThat(bodyOf(answer).at("/errors/0/pointer").asString())
                .as(answer.body())
                .isEqualTo(pointer);
        assertThat(bodyOf(answer).at("/errors/0/message").asString()).contains(limit);
    }

    @Test
    void anUnknownListingIsNotFound() {
        var answer = send(request("/api/v1/public/listings/" + UUID.randomUUID()).GET());

        thenRefused(answer, 404, "listing_unknown");
    }

    private HttpResponse<String> withdraw(UUID listing, Party party) {
        return post("/api/v1/listings/" + listing + "/withdrawals", party.token(), id());
    }

    private JsonNode publicly(String rest) {
        var answer = send(request("/api/v1/public/listings" + rest).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return bodyOf(answer);
    }
}
