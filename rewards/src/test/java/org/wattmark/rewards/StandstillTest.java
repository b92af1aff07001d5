package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.rewards.World.ALICE;
import static org.wattmark.rewards.World.ALICES;
import static org.wattmark.rewards.World.CLERK;
import static org.wattmark.rewards.World.EUR;
import static org.wattmark.rewards.World.FEES;
import static org.wattmark.rewards.World.SPONSOR;
import static org.wattmark.rewards.World.interval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Asset;
import org.wattmark.metering.Device;
import org.wattmark.rewards.Correction.Corrected;
import org.wattmark.units.Money;

/// What is frozen does not move, and says so in the words of rewards; nothing is lost by it.
class StandstillTest {

    private final World world = new World();
    private final Programme programme = world.givenProgramme(10_000_00);
    private final Device device = world.givenJoined(programme, ALICE);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aFrozenOwnersIntervalsWaitAndAreRewardedAfterwards() {
        var interval = interval("2026-03-02T11:00:00Z", 412);
        world.givenFrozen(ALICES);

        var frozen = world.accrue(programme, device, interval);
        world.givenThawed(ALICES);
        var thawed = world.accrue(programme, device, interval);

        assertThat(frozen).isEqualTo(new Accrual.Refused(Accrual.Reason.STANDS_STILL));
        assertThat(thawed).isInstanceOf(Accrual.Accrued.class);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(32_490);
    }

    @Test
    void aFrozenPoolPaysNothing() {
        world.givenFrozen(programme.pool().id());
        world.givenMoney(SPONSOR, 1);

        assertThat(world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 412)))
                .isEqualTo(new Accrual.Refused(Accrual.Reason.STANDS_STILL));
        assertThat(world.fund(programme, 1))
                .isEqualTo(new Funding.Refused(Funding.Reason.STANDS_STILL));
    }

    @Test
    void aFrozenAssetIsNeitherEarnedNorPaidNorLocked() {
        givenPayable();
        world.givenFrozen(programme.asset());

        assertThat(world.accrue(programme, device, interval("2026-03-20T11:00:00Z", 412)))
                .isEqualTo(new Accrual.Refused(Accrual.Reason.STANDS_STILL));
        assertThat(world.payOut(programme, ALICE))
                .isEqualTo(new Payment.Refused(Payment.Reason.STANDS_STILL));
        assertThat(world.lock(programme, ALICE, 1, 90))
                .isEqualTo(new Locking.Refused(Locking.Reason.STANDS_STILL));
    }

    /// Nine days at the cap: 6.39 EUR.
    private void givenPayable() {
        for (int day = 2; day <= 10; day++) {
            var start = "2026-03-%02dT11:00:00Z".formatted(day);
            world.accrue(programme, device, interval(start, 9_000));
        }
    }

    @Test
    void frozenMoneyIsNotPaidOut() {
        givenPayable();
        world.givenFrozen(Asset.money(EUR));

        assertThat(world.payOut(programme, ALICE))
                .isEqualTo(new Payment.Refused(Payment.Reason.STANDS_STILL));
        assertThat(world.rewards(programme, ALICES)).isEqualTo(9 * 709_740);
    }

    @Test
    void aFrozenStakeholderWaitsForBothStakeAndIncome() {
        givenPayable();
        var locked = (Locking.Locked) world.lock(programme, ALICE, 1_000_000, 90);
        world.givenMoney(FEES.live(), 10);
        var id = world.nextId();
        world.apply(
                new Propose(id, CLERK, new Motion.ShareFees(programme.id(), new Money(10, EUR))));
        world.approve(id);
        world.clock.set(locked.stake().until());
        world.givenFrozen(ALICES);

        var frozen = world.unlock(ALICE, locked.stake());
        long stillLocked = world.locked(programme, ALICES);
        world.givenThawed(ALICES);
        var thawed = world.unlock(ALICE, locked.stake());

        assertThat(frozen).isEqualTo(new Unlocking.Refused(Unlocking.Reason.STANDS_STILL));
        assertThat(stillLocked).isEqualTo(1_000_000);
        assertThat(thawed).isInstanceOf(Unlocking.Unlocked.class);
        assertThat(world.money(ALICES)).isEqualTo(10);
    }

    @Test
    void frozenFeesAreNotGivenAway() {
        world.givenMoney(FEES.live(), 10);
        world.givenFrozen(FEES.live());
        var id = world.nextId();
        world.apply(
                new Propose(
                        id, CLERK, new Motion.FundFromFees(programme.id(), new Money(10, EUR))));

        assertThat(world.approve(id))
                .isEqualTo(new ProposalStep.Denied(ProposalStep.Reason.STANDS_STILL));
    }

    @Test
    void whatAFrozenOwnerEarnedTooMuchIsOwed() {
        var interval = interval("2026-03-02T11:00:00Z", 412);
        world.accrue(programme, device, interval);
        world.givenFrozen(ALICES);

        var correction = world.correct(programme, device, interval, 0);

        assertThat(((Corrected) correction).taken().microUnits()).isZero();
        assertThat(world.machines.rewards.debt(programme.id(), ALICE)).isEqualTo(32_490);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(32_490);
    }
}
