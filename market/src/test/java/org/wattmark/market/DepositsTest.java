package org.wattmark.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.wattmark.market.World.BUYER;
import static org.wattmark.market.World.CLERK;
import static org.wattmark.market.World.EUR;
import static org.wattmark.market.World.OTHER;
import static org.wattmark.market.World.SECOND_CLERK;
import static org.wattmark.market.World.id;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.AccountId;
import org.wattmark.market.DepositStep.Reason;
import org.wattmark.market.DepositStep.Taken;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

class DepositsTest {

    private static final AccountId BANK = SystemAccounts.bank(EUR, UnitClass.LIVE).id();
    private static final AccountId TEST_BUYER = AccountId.testHolder(id(21));

    private final World world = World.open();

    @BeforeEach
    void openAccounts() {
        world.givenAccount(BUYER);
        world.givenAccount(OTHER);
        world.givenAccount(TEST_BUYER);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void moneyComesInWhenASecondPersonAgrees() {
        var requested = request(1, BUYER, 5_000, "A");
        long before = world.money(BUYER);
        var posted = approve(1);

        assertThat(requested).isInstanceOf(Taken.class);
        assertThat(before).isZero();
        assertThat(posted)
                .isInstanceOfSatisfying(
                        Taken.class,
                        taken -> {
                            assertThat(taken.deposit().state()).isEqualTo(Deposit.State.POSTED);
                            assertThat(taken.deposit().decidedBy())
                                    .isEqualTo(Optional.of(SECOND_CLERK));
                        });
        assertThat(world.money(BUYER)).isEqualTo(5_000);
        assertThat(world.money(BANK)).isEqualTo(-5_000);
    }

    private DepositStep request(long id, AccountId account, long cents, String reference) {
        return world.apply(
                new RequestDeposit(id(id), CLERK, account, new Money(cents, EUR), reference));
    }

    private DepositStep approve(long deposit) {
        return world.apply(new ApproveDeposit(world.nextId(), SECOND_CLERK, id(deposit)));
    }

    @Test
    void whoRequestsDoesNotApprove() {
        request(1, BUYER, 5_000, "A");

        var approval = world.apply(new ApproveDeposit(id(50), CLERK, id(1)));

        assertThat(approval).isEqualTo(denied(Reason.REQUESTER_DECIDES));
        assertThat(world.money(BUYER)).isZero();
    }

    private static DepositStep denied(Reason reason) {
        return new DepositStep.Denied(reason);
    }

    @Test
    void aReferenceComesInOnce() {
        request(1, BUYER, 5_000, "A");

        var waiting = request(2, OTHER, 7_000, "A");
        approve(1);
        var posted = request(3, OTHER, 7_000, "A");

        assertThat(waiting).isEqualTo(denied(Reason.REFERENCE_IN_USE));
        assertThat(posted).isEqualTo(denied(Reason.REFERENCE_IN_USE));
    }

    @Test
    void eachCurrencyAndClassHasItsOwnReferences() {
        request(1, BUYER, 5_000, "A");

        var pounds =
                world.apply(new RequestDeposit(id(2), CLERK, BUYER, Money.of(5_000, "GBP"), "A"));
        var test = request(3, TEST_BUYER, 5_000, "A");

        assertThat(pounds).isInstanceOf(Taken.class);
        assertThat(test).isInstanceOf(Taken.class);
    }

    @Test
    void aRejectedDepositPostsNothingAndFreesItsReference() {
        request(1, BUYER, 50_000, "A");

        var rejected = world.apply(new RejectDeposit(id(50), CLERK, id(1)));
        var approval = approve(1);
        var corrected = request(2, BUYER, 5_000, "A");

        assertThat(rejected)
                .isInstanceOfSatisfying(
                        Taken.class,
                        taken ->
                                assertThat(taken.deposit().state())
                                        .isEqualTo(Deposit.State.REJECTED));
        assertThat(approval).isEqualTo(denied(Reason.ALREADY_DECIDED));
        assertThat(corrected).isInstanceOf(Taken.class);
        assertThat(world.money(BUYER)).isZero();
    }

    @Test
    void aDepositIsPostedOnce() {
        request(1, BUYER, 5_000, "A");
        var command = new ApproveDeposit(id(50), SECOND_CLERK, id(1));

        var first = world.apply(command);
        var again = world.apply(command);
        var another = approve(1);
        var rejected = world.apply(new RejectDeposit(id(51), SECOND_CLERK, id(1)));

        assertThat(first).isInstanceOf(Taken.class);
        assertThat(again).isEqualTo(first);
        assertThat(another).isEqualTo(denied(Reason.ALREADY_DECIDED));
        assertThat(rejected).isEqualTo(denied(Reason.ALREADY_DECIDED));
        assertThat(world.money(BUYER)).isEqualTo(5_000);
    }

    @Test
    void anIdStandsForOneStep() {
        request(1, BUYER, 5_000, "A");

        var other = request(1, BUYER, 5_001, "A");
        var approval = world.apply(new ApproveDeposit(id(1), SECOND_CLERK, id(1)));
        var rejection = world.apply(new RejectDeposit(id(1), SECOND_CLERK, id(1)));

        assertThat(other).isEqualTo(denied(Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(approval).isEqualTo(denied(Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(rejection).isEqualTo(denied(Reason.ID_STANDS_FOR_ANOTHER));
    }

    @Test
    void anUnknownAccountOrDepositIsSaid() {
        assertThat(request(1, AccountId.holder(id(99)), 1, "A"))
                .isEqualTo(denied(Reason.ACCOUNT_UNKNOWN));
        assertThat(approve(98)).isEqualTo(denied(Reason.DEPOSIT_UNKNOWN));
        assertThat(world.apply(new RejectDeposit(id(50), CLERK, id(98))))
                .isEqualTo(denied(Reason.DEPOSIT_UNKNOWN));
    }

    @Test
    void moreMoneyThanCanBeCountedIsNotPosted() {
        request(1, BUYER, Long.MAX_VALUE, "A");
        request(2, OTHER, 1, "B");

        var first = approve(1);
        var second = approve(2);

        assertThat(first).isInstanceOf(Taken.class);
        assertThat(second).isEqualTo(denied(Reason.TOO_MUCH_MONEY));
        assertThat(world.machines.deposits.deposit(id(2)).orElseThrow().state())
                .isEqualTo(Deposit.State.REQUESTED);
    }

    @Test
    void nonsenseIsNotACommand() {
        var system = AccountId.system("retired");

        assertThatIllegalArgumentException().isThrownBy(() -> request(1, BUYER, 0, "A"));
        assertThatIllegalArgumentException().isThrownBy(() -> request(1, BUYER, 1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> request(1, BUYER, 1, "A "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(1, BUYER, 1, "A".repeat(141)));
        assertThatIllegalArgumentException().isThrownBy(() -> request(1, BUYER, 1, "A\0B"));
        assertThatIllegalArgumentException().isThrownBy(() -> request(1, BUYER, 1, "A\ud800"));
        assertThatIllegalArgumentException().isThrownBy(() -> request(1, system, 1, "A"));
    }
}
