package org.wattmark.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.wattmark.market.World.BUYER;
import static org.wattmark.market.World.OTHER;
import static org.wattmark.market.World.PRICE;
import static org.wattmark.market.World.SELLER;
import static org.wattmark.market.World.id;

import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.AccountId;
import org.wattmark.market.Purchase.Bought;
import org.wattmark.market.Purchase.Refused;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;
import org.wattmark.units.Share;
import org.wattmark.verification.UnitClass;

class ExchangeTest {

    private static final AccountId FEES = SystemAccounts.fees(UnitClass.LIVE).id();
    private static final AccountId TEST_SELLER = AccountId.testHolder(World.ROOF_OWNER.id());
    private static final AccountId TEST_BUYER = AccountId.testHolder(id(21));

    private World world = World.open();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPurchaseSettlesCreditsPaymentAndFeeTogether() {
        var block = world.givenIssued(UnitClass.LIVE);
        var listing = world.givenListed(block, Co2e.ofTonnes(2));
        world.givenMoney(BUYER, 5_000);

        var purchase = world.buy(BUYER, listing, new Co2e(1_500_000));

        // 1.5 t × 12.40 EUR/t = 18.60 EUR; 1 % of it, rounded down, is 18 cents.
        assertThat(purchase)
                .isInstanceOfSatisfying(
                        Bought.class,
                        bought -> {
                            assertThat(bought.trade().price()).isEqualTo(euros(1_860));
                            assertThat(bought.trade().fee()).isEqualTo(euros(18));
                            assertThat(bought.trade().proceeds()).isEqualTo(euros(1_842));
                            assertThat(bought.trade().at()).isEqualTo(world.clock.instant());
                        });
        assertThat(world.money(BUYER)).isEqualTo(5_000 - 1_860);
        assertThat(world.money(SELLER)).isEqualTo(1_842);
        assertThat(world.money(FEES)).isEqualTo(18);
        assertThat(world.held(BUYER, block)).isEqualTo(new Co2e(1_500_000));
        assertThat(world.reserved(SELLER, block)).isEqualTo(new Co2e(500_000));
        assertThat(world.now(listing).left()).isEqualTo(new Co2e(500_000));
    }

    private static Money euros(long cents) {
        return new Money(cents, World.EUR);
    }

    @Test
    void whatIsListedCannotBeUsedElsewhere() {
        var block = world.givenIssued(UnitClass.LIVE);

        world.givenListed(block, block.credited());
        var again = world.apply(list(block.id(), new Co2e(1)));
        var retired =
                world.apply(new RetireCredits(id(60), SELLER, block.id(), new Co2e(1), "B", ""));

        assertThat(again).isEqualTo(refused(Offering.Reason.QUANTITY_EXCEEDS_HOLDING));
        assertThat(retired)
                .isEqualTo(new Retirement.Refused(Retirement.Reason.QUANTITY_EXCEEDS_HOLDING));
    }

    @Test
    void onlyWhatIsHeldIsListed() {
        var block = world.givenIssued(UnitClass.LIVE);
        var nobody = AccountId.holder(id(99));

        var tooMuch = world.apply(list(block.id(), block.credited().plus(new Co2e(1))));
        var noBlock = world.apply(list(id(98), new Co2e(1)));
        var noSeller = world.apply(new ListCredits(id(97), nobody, block.id(), new Co2e(1), PRICE));

        assertThat(tooMuch).isEqualTo(refused(Offering.Reason.QUANTITY_EXCEEDS_HOLDING));
        assertThat(noBlock).isEqualTo(refused(Offering.Reason.BLOCK_UNKNOWN));
        assertThat(noSeller).isEqualTo(refused(Offering.Reason.SELLER_UNKNOWN));
    }

    private ListCredits list(UUID block, Co2e quantity) {
        return new ListCredits(world.nextId(), SELLER, block, quantity, PRICE);
    }

    private static Offering refused(Offering.Reason reason) {
        return new Offering.Refused(reason);
    }

    @Test
    void aWithdrawalReturnsExactlyTheRest() {
        var block = world.givenIssued(UnitClass.LIVE);
        var listing = world.givenListed(block, Co2e.ofTonnes(2));
        world.givenMoney(BUYER, 5_000);
        world.buy(BUYER, listing, new Co2e(123_456));

        var withdrawal = world.withdraw(listing);

        assertThat(withdrawal)
                .isInstanceOfSatisfying(
                        Withdrawal.Withdrawn.class,
                        withdrawn ->
                                assertThat(withdrawn.listing().left())
                                        .isEqualTo(new Co2e(1_876_544)));
        assertThat(world.held(SELLER, block)).isEqualTo(block.credited().minus(new Co2e(123_456)));
        assertThat(world.reserved(SELLER, block)).isEqualTo(Co2e.ZERO);
        assertThat(world.now(listing).state()).isEqualTo(Listing.State.WITHDRAWN);
        assertThat(world.now(listing).sold()).isEqualTo(new Co2e(123_456));
    }

    @Test
    void onlyTheSellerWithdrawsAndOnlyOnce() {
        var listing = world.givenListed(world.givenIssued(UnitClass.LIVE), new Co2e(10));

        var unknown = world.apply(new WithdrawListing(id(60), SELLER, id(99)));
        var byOther = world.apply(new WithdrawListing(id(61), OTHER, listing.id()));
        var first = world.withdraw(listing);
        var second = world.withdraw(listing);

        assertThat(unknown).isEqualTo(refused(Withdrawal.Reason.LISTING_UNKNOWN));
        assertThat(byOther).isEqualTo(refused(Withdrawal.Reason.NOT_YOUR_LISTING));
        assertThat(first).isInstanceOf(Withdrawal.Withdrawn.class);
        assertThat(second).isEqualTo(refused(Withdrawal.Reason.LISTING_CLOSED));
    }

    private static Withdrawal refused(Withdrawal.Reason reason) {
        return new Withdrawal.Refused(reason);
    }

    @Test
    void buyingWithoutEnoughMoneyMovesNothing() {
        var block = world.givenIssued(UnitClass.LIVE);
        var listing = world.givenListed(block, Co2e.ofTonnes(1));
        world.givenMoney(BUYER, 1_239);
        long before = world.journal.entries().size();

        var refused = world.buy(BUYER, listing, Co2e.ofTonnes(1));

        assertThat(refused).isEqualTo(refused(Purchase.Reason.NOT_ENOUGH_MONEY));
        assertThat(world.money(BUYER)).isEqualTo(1_239);
        assertThat(world.now(listing)).isEqualTo(listing);
        // Nothing but that the id is taken, and the seal of the batch that keeps the answer.
        assertThat(world.journal.entries()).hasSize((int) before + 2);
    }

    @Test
    void eachObstacleIsSaid() {
        var block = world.givenIssued(UnitClass.LIVE);
        var listing = world.givenListed(block, new Co2e(1_000));
        var sold = world.givenListed(block, new Co2e(10));
        world.givenMoney(BUYER, 5_000);
        world.buy(BUYER, sold, new Co2e(10));

        var unknown = world.apply(new BuyCredits(id(60), BUYER, id(99), new Co2e(1)));
        var closed = world.buy(BUYER, sold, new Co2e(1));
        var own = world.buy(SELLER, listing, new Co2e(1));
        var tooMuch = world.buy(BUYER, listing, new Co2e(1_001));
        var nobody = world.buy(AccountId.holder(id(98)), listing, new Co2e(1));

        assertThat(unknown).isEqualTo(refused(Purchase.Reason.LISTING_UNKNOWN));
        assertThat(closed).isEqualTo(refused(Purchase.Reason.LISTING_CLOSED));
        assertThat(own).isEqualTo(refused(Purchase.Reason.OWN_LISTING));
        assertThat(tooMuch).isEqualTo(refused(Purchase.Reason.QUANTITY_EXCEEDS_LISTING));
        assertThat(nobody).isEqualTo(refused(Purchase.Reason.BUYER_UNKNOWN));
    }

    private static Purchase refused(Purchase.Reason reason) {
        return new Refused(reason);
    }

    @Test
    void aWithdrawnListingSellsNothing() {
        var listing = world.givenListed(world.givenIssued(UnitClass.LIVE), new Co2e(10));
        world.givenMoney(BUYER, 5_000);
        world.withdraw(listing);

        var purchase = world.buy(BUYER, listing, new Co2e(1));

        assertThat(purchase).isEqualTo(refused(Purchase.Reason.LISTING_CLOSED));
    }

    @Test
    void ofSixtyFourBuyersOfTheLastUnitOneGetsIt() throws Exception {
        var block = world.givenIssued(UnitClass.LIVE);
        var listing = world.givenListed(block, new Co2e(1));
        var buyers = new ArrayList<AccountId>();
        for (int i = 0; i < 64; i++) {
            buyers.add(AccountId.holder(id(500 + i)));
            world.givenMoney(buyers.get(i), 10);
        }

        var answers = new ArrayList<CompletableFuture<Purchase>>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                var command =
                        new BuyCredits(id(700 + i), buyers.get(i), listing.id(), listing.left());
                answers.add(CompletableFuture.supplyAsync(() -> world.apply(command), clients));
            }
        }

        var purchases = answers.stream().map(CompletableFuture::join).toList();
        assertThat(purchases).filteredOn(Bought.class::isInstance).hasSize(1);
        assertThat(purchases)
                .filteredOn(each -> each.equals(refused(Purchase.Reason.LISTING_CLOSED)))
                .hasSize(63);
        assertThat(buyers).filteredOn(buyer -> world.money(buyer) == 9).hasSize(1);
        assertThat(buyers).filteredOn(buyer -> world.money(buyer) == 10).hasSize(63);
        assertThat(buyers).filteredOn(buyer -> !world.held(buyer, block).isZero()).hasSize(1);
    }

    @Test
    void buysOnceHoweverOftenItIsAsked() {
        var block = world.givenIssued(UnitClass.LIVE);
        var listing = world.givenListed(block, Co2e.ofTonnes(2));
        world.givenMoney(BUYER, 5_000);
        var command = new BuyCredits(id(60), BUYER, listing.id(), Co2e.ofTonnes(1));

        var first = world.apply(command);
        world.clock.advance(Duration.ofDays(1));
        var again = world.apply(command);
        var other = world.apply(new BuyCredits(id(60), BUYER, listing.id(), new Co2e(1)));

        assertThat(first).isInstanceOf(Bought.class);
        assertThat(again).isEqualTo(first);
        assertThat(other).isEqualTo(refused(Purchase.Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(world.held(BUYER, block)).isEqualTo(Co2e.ofTonnes(1));
    }

    @Test
    void listsAndWithdrawsOnceHoweverOftenItIsAsked() {
        var block = world.givenIssued(UnitClass.LIVE);
        var list = list(block.id(), new Co2e(10));
        var withdraw = new WithdrawListing(id(60), SELLER, list.id());

        var listed = world.apply(list);
        var withdrawn = world.apply(withdraw);

        assertThat(world.apply(list)).isEqualTo(listed);
        assertThat(world.apply(withdraw)).isEqualTo(withdrawn);
        assertThat(world.apply(new ListCredits(list.id(), SELLER, block.id(), new Co2e(9), PRICE)))
                .isEqualTo(refused(Offering.Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(world.apply(new WithdrawListing(id(60), OTHER, list.id())))
                .isEqualTo(refused(Withdrawal.Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(world.held(SELLER, block)).isEqualTo(block.credited());
    }

    @Test
    void ofTheSmallestPriceTheFeeTakesNothing() {
        var block = world.givenIssued(UnitClass.LIVE);
        var listing = world.givenListed(block, new Co2e(10));
        world.givenMoney(BUYER, 1);

        var purchase = world.buy(BUYER, listing, new Co2e(1));

        assertThat(purchase).isInstanceOf(Bought.class);
        assertThat(world.money(BUYER)).isZero();
        assertThat(world.money(SELLER)).isEqualTo(1);
        assertThat(world.money(FEES)).isZero();
    }

    @Test
    void withoutAFeeTheSellerGetsAll() {
        world.close();
        world = new World(new MarketRules(Share.NONE));
        var listing = world.givenListed(world.givenIssued(UnitClass.LIVE), Co2e.ofTonnes(1));
        world.givenMoney(BUYER, 1_240);

        var purchase = world.buy(BUYER, listing, Co2e.ofTonnes(1));

        assertThat(purchase).isInstanceOf(Bought.class);
        assertThat(world.money(SELLER)).isEqualTo(1_240);
        assertThat(world.money(FEES)).isZero();
    }

    @Test
    void testUnitsTradeForTestMoneyAmongTestAccounts() {
        var block = world.givenIssued(UnitClass.TEST);
        var listing = world.givenListed(block, Co2e.ofTonnes(1));
        world.givenMoney(TEST_BUYER, 2_000);
        world.givenMoney(BUYER, 2_000);

        var live = world.buy(BUYER, listing, new Co2e(1));
        var test = world.buy(TEST_BUYER, listing, Co2e.ofTonnes(1));

        assertThat(listing.unitClass()).isEqualTo(UnitClass.TEST);
        assertThat(listing.seller()).isEqualTo(TEST_SELLER);
        assertThat(live).isEqualTo(refused(Purchase.Reason.TEST_AND_LIVE_DO_NOT_MIX));
        assertThat(test).isInstanceOf(Bought.class);
        assertThat(world.money(TEST_SELLER)).isEqualTo(1_228);
        assertThat(world.money(BUYER)).isEqualTo(2_000);
    }

    @Test
    void aLiveSellerCannotListTestUnits() {
        var block = world.givenIssued(UnitClass.TEST);
        world.givenAccount(SELLER);

        var offering = world.apply(list(block.id(), new Co2e(1)));

        assertThat(offering).isEqualTo(refused(Offering.Reason.TEST_AND_LIVE_DO_NOT_MIX));
    }

    @Test
    void nonsenseIsNotACommand() {
        var system = AccountId.system("buffer");
        var free = new Price(Money.of(0, "EUR"));
        var dear = new Price(Money.of(Long.MAX_VALUE, "EUR"));
        var one = new Co2e(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListCredits(id(1), system, id(2), one, PRICE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListCredits(id(1), SELLER, id(2), Co2e.ZERO, PRICE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListCredits(id(1), SELLER, id(2), one, free));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListCredits(id(1), SELLER, id(2), Co2e.ofTonnes(2), dear));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuyCredits(id(1), system, id(2), one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuyCredits(id(1), BUYER, id(2), Co2e.ZERO));
    }
}
