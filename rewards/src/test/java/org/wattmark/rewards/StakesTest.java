package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.rewards.World.ALICE;
import static org.wattmark.rewards.World.ALICES;
import static org.wattmark.rewards.World.BOB;
import static org.wattmark.rewards.World.BOBS;
import static org.wattmark.rewards.World.CLERK;
import static org.wattmark.rewards.World.EUR;
import static org.wattmark.rewards.World.FEES;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.rewards.Locking.Locked;
import org.wattmark.rewards.Unlocking.Reason;
import org.wattmark.rewards.Unlocking.Unlocked;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Money;
import org.wattmark.units.Share;

class StakesTest {

    private static final long EURO = 1_000_000;

    private final World world = new World();
    private final Programme programme = world.givenProgramme(10_000_00);

    @AfterEach
    void close() {
        world.close();
    }

    /// Alice and Bob have earned 40 and 20 EUR at least.
    @BeforeEach
    void rewards() {
        givenRewards(ALICE, 60);
        givenRewards(BOB, 60);
    }

    private void givenRewards(UUID owner, int days) {
        var device = world.givenJoined(programme, owner);
        var first = world.enrolment(programme, device).from();
        for (int i = 0; i < days; i++) {
            var start = first.plusDays(i) + "T13:00:00Z";
            world.accrue(programme, device, World.interval(start, 9_000));
        }
    }

    @Test
    void whatIsLockedIsReservedAndComesBackWhenItsTermIsOver() {
        long before = world.rewards(programme, ALICES);
        var stake = givenLocked(ALICE, 30 * EURO, 90);
        long left = world.rewards(programme, ALICES);
        world.clock.set(stake.until().minusMillis(1));
        var early = world.unlock(ALICE, stake);
        world.clock.set(stake.until());

        var unlocked = world.unlock(ALICE, stake);

        assertThat(left).isEqualTo(before - 30 * EURO);
        assertThat(early).isEqualTo(refused(Reason.TERM_NOT_OVER));
        assertThat(unlocked).isInstanceOf(Unlocked.class);
        assertThat(world.locked(programme, ALICES)).isZero();
        assertThat(world.rewards(programme, ALICES)).isEqualTo(before);
        assertThat(world.unlock(ALICE, stake)).isEqualTo(refused(Reason.ALREADY_UNLOCKED));
    }

    private Stake givenLocked(UUID owner, long microUnits, int days) {
        if (world.lock(programme, owner, microUnits, days) instanceof Locked(var stake, var _)) {
            return stake;
        }
        throw new AssertionError("not locked");
    }

    private static Unlocking refused(Reason reason) {
        return new Unlocking.Refused(reason);
    }

    @Test
    void feesAreSharedByAmountAndTerm() {
        var alices = givenLocked(ALICE, 10 * EURO, 90); // weight 1
        var bobs = givenLocked(BOB, 10 * EURO, 365); // weight 2
        world.givenMoney(FEES.live(), 1_000);

        var shared = share(1_000);
        world.clock.set(bobs.until());
        world.unlock(ALICE, alices);
        world.unlock(BOB, bobs);

        assertThat(shared).isInstanceOf(ProposalStep.Taken.class);
        assertThat(world.money(ALICES)).isEqualTo(333);
        assertThat(world.money(BOBS)).isEqualTo(667);
        assertThat(world.money(programme.stakeIncome().id())).isZero();
    }

    private ProposalStep share(long cents) {
        var id = world.nextId();
        var motion = new Motion.ShareFees(programme.id(), new Money(cents, EUR));
        world.apply(new Propose(id, CLERK, motion));
        return world.approve(id);
    }

    @Test
    void aStakeEarnsUntilItsTermIsOver() {
        var stake = givenLocked(ALICE, 10 * EURO, 90);
        world.givenMoney(FEES.live(), 1_000);
        world.clock.set(stake.until());

        var nobody = share(1_000);
        givenLocked(BOB, EURO, 90);
        share(1_000);

        assertThat(nobody).isEqualTo(new ProposalStep.Denied(ProposalStep.Reason.NOBODY_STAKES));
        assertThat(world.machines.stakes.stake(stake.id()).orElseThrow().earned()).isZero();
    }

    @Test
    void feesThatAreNotThereAreNotShared() {
        givenLocked(ALICE, 10 * EURO, 90);

        assertThat(share(1))
                .isEqualTo(new ProposalStep.Denied(ProposalStep.Reason.NOT_ENOUGH_FEES));
    }

    @Test
    void tradingFeesFallTierByTierInTheSameCurrency() {
        var dollars = Currency.getInstance("USD");
        var discounts = new ArrayList<Share>();
        discounts.add(world.machines.stakes.feeDiscount(ALICES, EUR));

        givenLocked(ALICE, 10 * EURO - 1, 90);
        discounts.add(world.machines.stakes.feeDiscount(ALICES, EUR));
        var last = givenLocked(ALICE, 1, 90);
        discounts.add(world.machines.stakes.feeDiscount(ALICES, EUR));
        world.clock.set(last.until());
        world.unlock(ALICE, last);
        discounts.add(world.machines.stakes.feeDiscount(ALICES, EUR));

        assertThat(discounts)
                .containsExactly(Share.NONE, Share.NONE, Share.ofPercent(10), Share.NONE);
        assertThat(world.machines.stakes.feeDiscount(ALICES, dollars)).isEqualTo(Share.NONE);
        assertThat(StakingRules.STANDARD.off(200 * EURO)).isEqualTo(Share.ofPercent(40));
        assertThat(StakingRules.STANDARD.off(200 * EURO - 1)).isEqualTo(Share.ofPercent(20));
    }

    @Test
    void whatCannotBeLockedOrUnlockedIsSaid() {
        var stake = givenLocked(ALICE, EURO, 90);
        var unknown = new UnlockStake(world.nextId(), ALICE, world.nextId());
        long free = world.rewards(programme, ALICES);

        assertThat(world.lock(programme, ALICE, free + 1, 90))
                .isEqualTo(new Locking.Refused(Locking.Reason.NOT_ENOUGH_REWARDS));
        assertThat(world.lock(programme, ALICE, 1, 91))
                .isEqualTo(new Locking.Refused(Locking.Reason.TERM_UNKNOWN));
        assertThat(world.unlock(BOB, stake)).isEqualTo(refused(Reason.NOT_YOUR_STAKE));
        assertThat(world.apply(unknown)).isEqualTo(refused(Reason.STAKE_UNKNOWN));
    }

    @Test
    void aStakedRewardIsNotPaidOut() {
        long free = world.rewards(programme, ALICES);
        givenLocked(ALICE, free, 90);

        assertThat(world.payOut(programme, ALICE))
                .isEqualTo(new Payment.Refused(Payment.Reason.BELOW_THRESHOLD));
    }

    @Test
    void aStakeOutlivesADay() {
        var stake = givenLocked(ALICE, EURO, 180);

        assertThat(Duration.between(stake.from(), stake.until())).isEqualTo(Duration.ofDays(180));
    }

    @Seeded
    void partsSumToTheWholeAndAreFairToTheUnit(RandomGenerator random) {
        long whole = random.nextLong(1_000_000);
        var weights = new ArrayList<BigInteger>();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            weights.add(BigInteger.valueOf(random.nextLong(1, 1_000)));
        }
        var sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);

        var parts = Parts.of(whole, List.copyOf(weights));

        assertThat(parts.stream().mapToLong(Long::longValue).sum()).isEqualTo(whole);
        for (int i = 0; i < parts.size(); i++) {
            long floor = weights.get(i).multiply(BigInteger.valueOf(whole)).divide(sum).longValue();
            assertThat(parts.get(i)).isBetween(floor, floor + 1);
        }
    }
}
