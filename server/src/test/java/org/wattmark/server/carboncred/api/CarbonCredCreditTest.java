package org.wattmark.server.carboncred.api;

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

/// Kilograms by handle: bought against money, once; retired by who bought them, once.
class CarbonCredCreditTest extends CarbonCredClient {

    @Test
    void buyingTwoAndRetiringOneLeavesAWalletOfOneOneOne() {
        var offer = offered(UnitClass.LIVE, 5_000, 30_00);
        var buyer = user(Role.BUYER, UnitClass.LIVE);
        givenMoney(buyer, 10_00);
        var token = token(buyer);
        var credits = creditsOf(offer.listing(), token);

        var bought = thenStatus(201, buy(token, credits.get(0)));
        thenStatus(201, buy(token, credits.get(1)));
        var retired = thenStatus(201, retire(token, credits.get(0)));

        // 30.00 for a tonne are 0.03 for a kilogram.
        assertThat(bought.get("message").asString()).isEqualTo("Credit purchased");
        assertThat(bought.get("price").toString())
                .isEqualTo("{\"minor_units\":3,\"currency\":\"EUR\"}");
        assertThat(cents(token)).isEqualTo(10_00 - 6);
        assertThat(retired.at("/serials/first").asLong()).isEqualTo(1);
        assertThat(retired.at("/serials/last").asLong()).isEqualTo(1_000);
        assertThat(retired.get("beneficiary").asString()).startsWith("Test ");
        thenWallet(token, "1", "1", "1");
        assertThat(creditsOf(offer.listing(), token)).isEqualTo(credits.subList(2, 5));
        var mine = get("/api/my-credits/", token).get("credits");
        assertThat(mine).hasSize(2);
        assertThat(mine.at("/0/status").asString()).isEqualTo("RETIRED");
        assertThat(mine.at("/1/status").asString()).isEqualTo("HELD");
        var certificate = retired.get("certificate").asString();
        assertThat(thenStatus(200, send(request(certificate + "?wait=10s").GET()))).isNotEmpty();
    }

    @Test
    void aListingHasAsManyHandlesAsWholeKilogramsAndShowsThemInPages() {
        var offer = offered(UnitClass.TEST, 120_999, 30_00);
        var token = token(user(Role.BUYER, UnitClass.TEST));

        var credits = creditsOf(offer.listing(), token);
        var tooMany = send(request("/api/marketplace/?limit=51").GET());
        var noCursor = send(request("/api/marketplace/?cursor=x").GET());

        assertThat(credits).hasSize(120).doesNotHaveDuplicates();
        thenInvalid(tooMany, "limit");
        thenInvalid(noCursor, "cursor");
    }

    @Test
    void whoBuysByTheGramTakesFromTheEndOfTheShelf() {
        var offer = offered(UnitClass.LIVE, 4_000, 30_00);
        var buyer = user(Role.BUYER, UnitClass.LIVE);
        givenMoney(buyer, 10_00);
        var token = token(buyer);
        var credits = creditsOf(offer.listing(), token);

        thenStatus(
                201,
                post(
                        "/api/v1/purchases",
                        token,
                        """
                        {"id": "%s", "listing": "%s", "quantity": {"grams": 1500}}
                        """
                                .formatted(UUID.randomUUID(), offer.listing())));

        assertThat(creditsOf(offer.listing(), token)).isEqualTo(credits.subList(0, 2));
        thenWallet(token, "1.5", "0", "1.5");
        assertThat(get("/api/my-credits/", token).get("credits")).isEmpty();
    }

    @Test
    void whatWasOfferedAgainIsNotInTheWalletAndItsHandleSaysSo() {
        var offer = offered(UnitClass.LIVE, 2_000, 30_00);
        var dealer = user(Role.PROPONENT, UnitClass.LIVE);
        givenMoney(dealer, 10_00);
        var token = token(dealer);
        var credit = creditsOf(offer.listing(), token).getFirst();
        thenStatus(201, buy(token, credit));

        var again = offer(dealer, offer.block(), 1_000, 50_00);

        thenWallet(token, "1", "0", "0");
        assertThat(get("/api/my-credits/", token).at("/credits/0/status").asString())
                .isEqualTo("MOVED");
        thenDetail(409, "quantity_exceeds_holding", retire(token, credit));
        assertThat(creditsOf(again, token)).hasSize(1).doesNotContain(credit);
    }

    @Test
    void oneHandleIsBoughtByOneOfSixtyFourAtOnce() {
        var offer = offered(UnitClass.LIVE, 64_000, 30_00);
        var buyers = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            var buyer = user(Role.BUYER, UnitClass.LIVE);
            givenMoney(buyer, 10_00);
            buyers.add(token(buyer));
        }
        var credit = creditsOf(offer.listing(), buyers.getFirst()).getFirst();

        var answers = allAtOnce(buyers, credit);

        assertThat(answers).filteredOn(each -> each.statusCode() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(each -> each.statusCode() != 201)
                .hasSize(63)
                .allSatisfy(each -> thenDetail(409, "credit_used", each));
        assertThat(buyers).filteredOn(each -> cents(each) == 10_00 - 3).hasSize(1);
        assertThat(buyers).filteredOn(each -> cents(each) == 10_00).hasSize(7);
    }

    /// Each buyer asks eight times.
    private List<HttpResponse<String>> allAtOnce(List<String> buyers, String credit) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < 64; i++) {
                var token = buyers.get(i % buyers.size());
                answers.add(
                        threads.submit(() -> {
                            start.await();
                            return buy(token, credit);
                        }));
            }
            start.countDown();
            return answers.stream().map(CarbonCredCreditTest::answer).toList();
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
    void theSamePurchaseUnderItsKeyIsTheSameAnswer() {
        var offer = offered(UnitClass.LIVE, 2_000, 30_00);
        var buyer = user(Role.BUYER, UnitClass.LIVE);
        givenMoney(buyer, 10_00);
        var token = token(buyer);
        var body = "{\"credit_id\": \"" + creditsOf(offer.listing(), token).getFirst() + "\"}";
        var key = UUID.randomUUID().toString();

        var first =
                send(
                        json(request("/api/buy/", token), "POST", body)
                                .header("Idempotency-Key", key));
        var again =
                send(
                        json(request("/api/buy/", token), "POST", body)
                                .header("Idempotency-Key", key));

        thenStatus(201, first);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(cents(token)).isEqualTo(10_00 - 3);
    }
}
