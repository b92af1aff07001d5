package org.wattmark.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;

/// Delivery against payment: all of it or nothing, once.
class PurchaseTest extends MarketTest {

    @Test
    void creditsMoneyAndFeeChangeHandsToTheGramAndTheCent() {
        var seller = seller(UnitClass.LIVE);
        var buyer = buyerWith(50_00, desk(), UnitClass.LIVE);
        var listing = listed(seller, 1_500_000, 12_35);

        var bought = buy(UUID.randomUUID(), buyer, listing, 1_000_001);

        // 1.000001 t at 12.35 are 12.35001235, up to 12.36; 1 % of that is 0.1236, down to 0.12.
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);
        assertThat(bodyOf(bought).at("/quantity").toString()).isEqualTo("{\"grams\":1000001}");
        assertThat(bodyOf(bought).at("/price").toString())
                .isEqualTo("{\"minor_units\":1236,\"currency\":\"EUR\"}");
        assertThat(bodyOf(bought).at("/fee/minor_units").asLong()).isEqualTo(12);
        assertThat(bodyOf(bought).at("/proceeds/minor_units").asLong()).isEqualTo(1224);
        assertThat(bodyOf(bought).at("/receipt/leaf_hash").asString()).hasSize(64);
        assertThat(credits(buyer, seller.block())).containsExactly(1_000_001, 0);
        assertThat(credits(seller.party(), seller.block()))
                .containsExactly(seller.block().credited().grams() - 1_500_000, 499_999);
        assertThat(money(buyer)).isEqualTo(50_00 - 12_36);
        assertThat(money(seller.party())).isEqualTo(12_24);
    }

    @Test
    void bothSidesSeeTheirTradesAndNobodyElseDoes() {
        var seller = seller(UnitClass.LIVE);
        var buyer = buyerWith(50_00, desk(), UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);
        var purchases = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        purchases.forEach(each -> buy(each, buyer, listing, 1_000));

        var first = get("/api/v1/trades?limit=2", buyer.token());
        var rest =
                get(
                        "/api/v1/trades?limit=2&cursor=" + first.get("next_cursor").asString(),
                        buyer.token());
        var sold = get("/api/v1/trades", seller.token());
        var others = get("/api/v1/trades", party(Role.BUYER, UnitClass.LIVE).token());

        assertThat(first.at("/data/0/id").asString()).isEqualTo(purchases.get(0).toString());
        assertThat(first.at("/data/1/side").asString()).isEqualTo("BOUGHT");
        assertThat(first.get("has_more").asBoolean()).isTrue();
        assertThat(rest.get("data")).hasSize(1);
        assertThat(rest.at("/data/0/id").asString()).isEqualTo(purchases.get(2).toString());
        assertThat(sold.get("data")).hasSize(3);
        assertThat(sold.at("/data/0/side").asString()).isEqualTo("SOLD");
        assertThat(others.get("data")).isEmpty();
    }

    @Test
    void whoHasNoMoneyBuysNothing() {
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);
        var stranger = party(Role.BUYER, UnitClass.LIVE);
        var poor = buyerWith(9_99, desk(), UnitClass.LIVE);

        var withoutAccount = buy(UUID.randomUUID(), stranger, listing, 1_000_000);
        var withTooLittle = buy(UUID.randomUUID(), poor, listing, 1_000_000);

        thenRefused(withoutAccount, 422, "buyer_unknown");
        thenRefused(withTooLittle, 422, "not_enough_money");
        assertThat(money(poor)).isEqualTo(9_99);
        assertThat(credits(poor, seller.block())).containsExactly(0, 0);
        assertThat(credits(seller.party(), seller.block())[1]).isEqualTo(1_000_000);
    }

    @Test
    void theSamePurchaseAgainIsTheSameAnswerAndNotAnotherPurchase() {
        var seller = seller(UnitClass.LIVE);
        var buyer = buyerWith(50_00, desk(), UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);
        var id = UUID.randomUUID();

        var first = buy(id, buyer, listing, 500_000);
        var again = buy(id, buyer, listing, 500_000);
        var another = buy(id, buyer, listing, 400_000);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        thenRefused(another, 409, "id_stands_for_another");
        assertThat(money(buyer)).isEqualTo(45_00);
    }

    @Test
    void theLastUnitIsSoldToOneOfSixtyFourWhoWantIt() {
        var seller = seller(UnitClass.LIVE);
        var desk = desk();
        var listing = listed(seller, 1, 10_00);
        var buyers = new ArrayList<Party>();
        for (int i = 0; i < 64; i++) {
            buyers.add(buyerWith(5_00, desk, UnitClass.LIVE));
        }

        var answers = allAtOnce(buyers, listing);

        assertThat(answers).filteredOn(each -> each.statusCode() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(each -> each.statusCode() != 201)
                .hasSize(63)
                .allSatisfy(each -> thenRefused(each, 409, "listing_closed"));
        assertThat(buyers)
                .filteredOn(each -> credits(each, seller.block())[0] == 1)
                .singleElement()
                .satisfies(winner -> assertThat(money(winner)).isEqualTo(4_99));
        assertThat(buyers).filteredOn(each -> money(each) == 5_00).hasSize(63);
        assertThat(credits(seller.party(), seller.block())[1]).isZero();
    }

    private List<HttpResponse<String>> allAtOnce(List<Party> buyers, UUID listing) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            for (var buyer : buyers) {
                answers.add(
                        threads.submit(() -> {
                            start.await();
                            return buy(UUID.randomUUID(), buyer, listing, 1);
                        }));
            }
            start.countDown();
            return answers.stream().map(PurchaseTest::answer).toList();
        }
    }

    private static HttpResponse<String> answer(Future<HttpResponse<String>> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsOfClassTestIsBoughtWithTestMoneyAlone() {
        var desk = desk();
        var player = seller(UnitClass.TEST);
        var playersListing = listed(player, 1_000_000, 10_00);
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);
        var testBuyer = buyerWith(50_00, desk, UnitClass.TEST);
        var liveBuyer = buyerWith(50_00, desk, UnitClass.LIVE);

        var liveWithTestMoney = buy(UUID.randomUUID(), testBuyer, listing, 1_000);
        var testWithLiveMoney = buy(UUID.randomUUID(), liveBuyer, playersListing, 1_000);
        var testWithTestMoney = buy(UUID.randomUUID(), testBuyer, playersListing, 1_000);

        thenRefused(liveWithTestMoney, 422, "test_and_live_do_not_mix");
        thenRefused(testWithLiveMoney, 422, "test_and_live_do_not_mix");
        assertThat(testWithTestMoney.statusCode()).isEqualTo(201);
        assertThat(bodyOf(testWithTestMoney).get("unit_class").asString()).isEqualTo("TEST");
    }

    @Test
    void onlyWhoTradesBuysAndNotFromItself() {
        var seller = seller(UnitClass.LIVE);
        var listing = listed(seller, 1_000_000, 10_00);

        var verifier = buy(UUID.randomUUID(), party(Role.VERIFIER, UnitClass.LIVE), listing, 1);
        var itself = buy(UUID.randomUUID(), seller.party(), listing, 1);
        var more = buy(UUID.randomUUID(), party(Role.BUYER, UnitClass.LIVE), listing, 1_000_001);
        var nothing = buy(UUID.randomUUID(), seller.party(), UUID.randomUUID(), 1);

        thenRefused(verifier, 403, "role_missing");
        thenRefused(itself, 422, "own_listing");
        thenRefused(more, 422, "quantity_exceeds_listing");
        thenRefused(nothing, 404, "listing_unknown");
    }
}
