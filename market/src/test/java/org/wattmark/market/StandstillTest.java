package org.wattmark.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.market.World.BUYER;
import static org.wattmark.market.World.PRICE;
import static org.wattmark.market.World.SELLER;
import static org.wattmark.market.World.id;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Asset;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// What is frozen does not move, and says so in the market's own words; what is under way unwinds.
class StandstillTest {

    private static final Co2e TONNE = Co2e.ofTonnes(1);

    private final World world = World.open();
    private CreditBlock block = world.givenIssued(UnitClass.LIVE);
    private Listing listing = world.givenListed(block, TONNE);

    @BeforeEach
    void money() {
        world.givenMoney(BUYER, 5_000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aFrozenHolderNeitherSellsNorRetires() {
        world.givenFrozen(SELLER);

        assertThat(offer()).isEqualTo(refused(Offering.Reason.SELLER_FROZEN));
        assertThat(retire()).isEqualTo(refused(Retirement.Reason.HOLDER_FROZEN));
        assertThat(buy()).isEqualTo(refused(Purchase.Reason.SELLER_FROZEN));
    }

    @Test
    void aFrozenHoldersListingGoesBackWhenItIsWithdrawn() {
        var before = world.held(SELLER, block);
        world.givenFrozen(SELLER);
        world.givenFrozen(block.asset());

        var withdrawal = world.withdraw(listing);

        assertThat(withdrawal).isInstanceOf(Withdrawal.Withdrawn.class);
        assertThat(world.held(SELLER, block)).isEqualTo(before.plus(TONNE));
        assertThat(world.reserved(SELLER, block)).isEqualTo(Co2e.ZERO);
    }

    @Test
    void aFrozenBlockStandsStill() {
        world.givenFrozen(block.asset());

        assertThat(offer()).isEqualTo(refused(Offering.Reason.BLOCK_FROZEN));
        assertThat(retire()).isEqualTo(refused(Retirement.Reason.BLOCK_FROZEN));
        assertThat(buy()).isEqualTo(refused(Purchase.Reason.BLOCK_FROZEN));
    }

    @Test
    void aFrozenBuyerBuysNothing() {
        world.givenFrozen(BUYER);

        assertThat(buy()).isEqualTo(refused(Purchase.Reason.BUYER_FROZEN));
        assertThat(world.money(BUYER)).isEqualTo(5_000);
    }

    @Test
    void frozenMoneyBuysNothingAndComesInNoMore() {
        world.givenFrozen(Asset.money(World.EUR));

        assertThat(buy()).isEqualTo(refused(Purchase.Reason.MONEY_FROZEN));
        assertThat(deposit()).isEqualTo(new DepositStep.Denied(DepositStep.Reason.MONEY_FROZEN));
    }

    @Test
    void whereTheSystemsOwnAccountsStandStillSoDoesTheMarket() {
        var first = world.buy(BUYER, listing, new Co2e(100_000));
        world.givenFrozen(SystemAccounts.fees(UnitClass.LIVE).id());
        world.givenFrozen(SystemAccounts.bank(World.EUR, UnitClass.LIVE).id());

        assertThat(first).isInstanceOf(Purchase.Bought.class);
        assertThat(buy()).isEqualTo(refused(Purchase.Reason.MARKET_SUSPENDED));
        assertThat(deposit()).isEqualTo(new DepositStep.Denied(DepositStep.Reason.BANK_FROZEN));
    }

    @Test
    void aFrozenAccountTakesNoDeposit() {
        world.givenFrozen(BUYER);

        assertThat(deposit()).isEqualTo(new DepositStep.Denied(DepositStep.Reason.ACCOUNT_FROZEN));
    }

    private Offering offer() {
        return world.apply(new ListCredits(id(601), SELLER, block.id(), new Co2e(1), PRICE));
    }

    private Retirement retire() {
        return world.apply(new RetireCredits(id(602), SELLER, block.id(), new Co2e(1), "B", ""));
    }

    private Purchase buy() {
        return world.buy(BUYER, listing, new Co2e(100_000));
    }

    private DepositStep deposit() {
        var one = id(603);
        var amount = new Money(1, World.EUR);
        world.apply(new RequestDeposit(one, id(31), BUYER, amount, "REF"));
        return world.apply(new ApproveDeposit(id(604), id(32), one));
    }

    private static Offering refused(Offering.Reason reason) {
        return new Offering.Refused(reason);
    }

    private static Purchase refused(Purchase.Reason reason) {
        return new Purchase.Refused(reason);
    }

    private static Retirement refused(Retirement.Reason reason) {
        return new Retirement.Refused(reason);
    }
}
