package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.rewards.World.ALICE;
import static org.wattmark.rewards.World.BERLIN;
import static org.wattmark.rewards.World.BOB;
import static org.wattmark.rewards.World.CLERK;
import static org.wattmark.rewards.World.EUR;
import static org.wattmark.rewards.World.FEES;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.wattmark.ledger.Command;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;
import org.wattmark.units.Period;
import org.wattmark.units.Share;

/// What holds for every programme, whatever is asked of it and in whatever order.
///
/// Each seed is one small world: a programme on any terms with a pool that is often too small, two
/// owners with a device or two each, and a hundred and fifty accruals, corrections, payouts, stakes
/// and fundings, many of them impossible and some of them sent again.
class RewardsPropertiesTest {

    private static final List<UUID> OWNERS = List.of(ALICE, BOB);
    private static final Instant FIRST = Instant.parse("2026-03-02T00:00:00Z");

    @Seeded(worlds = 60)
    void noMoreIsEverEarnedThanWasFunded(RandomGenerator random) {
        try (var world = new World()) {
            var crowd = new Crowd(world, random);
            for (int i = 0; i < 150; i++) {
                crowd.asks();
            }

            var contents = world.contents();
            thenMicroUnitsAreWhatWasFunded(crowd);
            thenMoneyBacksThem(crowd);
            thenWhatWasGrantedWasEarnedOrIsCarried(crowd, contents);
            thenNoDayIsAboveItsCapAndNoIntervalTwice(crowd, contents);
            thenHoldsAreWhatIsStaked(crowd, contents);
            assertThat(crowd.rewards()).isNotEmpty();
            assertThat(world.replayed()).isEqualTo(contents);
        }
    }

    /// Clients that do not know what they do.
    private static final class Crowd {

        final World world;
        final Programme programme;
        private final RandomGenerator random;
        private final List<Device> devices = new ArrayList<>();
        private final List<UUID> stakes = new ArrayList<>();
        private final Map<Command<?>, Object> told = new LinkedHashMap<>();

        Crowd(World world, RandomGenerator random) {
            this.world = world;
            this.random = random;
            programme = world.givenProgramme(anyTerms(), random.nextInt(1, 40), false);
            world.givenTariff("0.3943", World.GENESIS);
            world.givenTariff("0.123457", LocalDate.of(2026, 3, 5));
            world.givenFunded(programme, random.nextLong(1, 600));
            OWNERS.forEach(owner -> devices.add(world.givenJoined(programme, owner)));
            devices.add(world.givenJoined(programme, ALICE));
        }

        private Terms anyTerms() {
            return new Terms(
                    World.GENESIS,
                    new Energy(random.nextLong(1, 20_000)),
                    Share.ofPercent(random.nextInt(10, 31)),
                    random.nextInt(3),
                    random.nextInt(5_000, 20_001),
                    random.nextInt(1, 5),
                    random.nextLong(10_000, 100_000),
                    AssuranceTier.T1);
        }

        /// One in eight asks what was asked before, and hears the same.
        void asks() {
            var asked = List.copyOf(told.keySet());
            var command =
                    asked.isEmpty() || random.nextInt(8) > 0
                            ? anyCommand()
                            : asked.get(random.nextInt(asked.size()));
            var answer = world.apply(command);
            var before = told.putIfAbsent(command, answer);
            if (before != null) {
                assertThat(answer).isEqualTo(before);
            }
            world.clock.advance(Duration.ofMinutes(random.nextInt(600)));
        }

        private Command<?> anyCommand() {
            var id = world.nextId();
            var owner = OWNERS.get(random.nextInt(OWNERS.size()));
            return switch (random.nextInt(16)) {
                case 0 -> new PayOut(id, owner, programme.id());
                case 1 -> {
                    stakes.add(id);
                    long amount = random.nextLong(1, 400_000);
                    yield new LockStake(id, owner, programme.id(), amount, 90);
                }
                case 2 -> {
                    world.clock.advance(Duration.ofDays(random.nextInt(60)));
                    var stake = stakes.isEmpty() ? id : stakes.get(random.nextInt(stakes.size()));
                    yield new UnlockStake(id, owner, stake);
                }
                case 3 -> {
                    world.givenMoney(World.SPONSOR, 50);
                    var money = new Money(random.nextLong(1, 100), EUR);
                    yield new FundPool(id, World.SPONSOR, programme.id(), money);
                }
                case 4 -> {
                    world.givenMoney(FEES.live(), 20);
                    var money = new Money(random.nextLong(1, 30), EUR);
                    var motion =
                            random.nextBoolean()
                                    ? new Motion.ShareFees(programme.id(), money)
                                    : new Motion.FundFromFees(programme.id(), money);
                    world.apply(new Propose(id, CLERK, motion));
                    yield new DecideProposal(world.nextId(), World.SECOND_CLERK, id, true);
                }
                case 5, 6, 7 -> anyCorrection(id);
                default -> anyAccrual(id);
            };
        }

        private Command<?> anyCorrection(UUID id) {
            var rewards = rewards();
            if (rewards.isEmpty()) {
                return anyAccrual(id);
            }
            var reward = rewards.get(random.nextInt(rewards.size()));
            var interval = reward.interval();
            var corrected = new Energy(random.nextLong(interval.metered().wattHours() + 1));
            return new CorrectReward(
                    id,
                    programme.id(),
                    reward.device(),
                    interval.period(),
                    interval.metered(),
                    corrected);
        }

        /// Quarter hours of one of ten days, often some that were rewarded before.
        private Command<?> anyAccrual(UUID id) {
            var device = devices.get(random.nextInt(devices.size()));
            var start =
                    FIRST.plus(Duration.ofDays(random.nextInt(10)))
                            .plus(Duration.ofMinutes(15L * random.nextInt(80)));
            var intervals = new ArrayList<MeteredInterval>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                var period = Period.starting(start, Duration.ofMinutes(15));
                intervals.add(new MeteredInterval(period, new Energy(random.nextLong(3_000))));
                start = period.end();
            }
            if (world.clock.instant().isBefore(start)) {
                world.clock.set(start);
            }
            return new AccrueRewards(id, programme.id(), device.id(), intervals);
        }

        List<Reward> rewards() {
            return world.journal.rows().stream()
                    .filter(Reward.class::isInstance)
                    .map(Reward.class::cast)
                    .toList();
        }
    }

    private static void thenMicroUnitsAreWhatWasFunded(Crowd crowd) {
        var ledger = crowd.world.machines.ledger;
        var programme = crowd.programme;
        long funded = 0;
        for (var entry : crowd.world.journal.entries()) {
            if (entry.fact() instanceof PoolFunded(var _, var _, var _, var money)) {
                funded += MicroMoney.of(money).microUnits();
            }
        }
        long held = 0;
        for (var owner : OWNERS) {
            var account = programme.holder(owner);
            held += crowd.world.rewards(programme, account);
            held += crowd.world.locked(programme, account);
        }
        long paid = ledger.balance(programme.paid().id(), programme.asset());
        long pool = crowd.world.pool(programme);

        assertThat(pool).isNotNegative();
        assertThat(pool + held + paid).isEqualTo(funded);
        assertThat(-ledger.balance(programme.source().id(), programme.asset())).isEqualTo(funded);
    }

    /// A cent lies in the fund for each 10,000 micro-euro that are not paid out.
    private static void thenMoneyBacksThem(Crowd crowd) {
        var ledger = crowd.world.machines.ledger;
        var programme = crowd.programme;
        long out =
                -ledger.balance(programme.source().id(), programme.asset())
                        - ledger.balance(programme.paid().id(), programme.asset());

        assertThat(crowd.world.money(programme.fund().id()) * 10_000).isEqualTo(out);
    }

    /// Of each device: what its days granted, exactly, is what it earned less what went back, and
    /// what it carries.
    private static void thenWhatWasGrantedWasEarnedOrIsCarried(
            Crowd crowd, Map<String, Map<?, ?>> contents) {
        var granted = new HashMap<Object, BigDecimal>();
        for (var row : contents.getOrDefault("reward_day", Map.of()).values()) {
            var day = (RewardDay) row;
            granted.merge(day.device(), day.granted(), BigDecimal::add);
            assertThat(day.granted()).isLessThanOrEqualTo(day.worth(day.rewarded()));
        }
        var earned = new HashMap<Object, Long>();
        for (var entry : crowd.world.journal.entries()) {
            switch (entry.fact()) {
                case RewardsAccrued it -> earned.merge(it.device(), it.microUnits(), Long::sum);
                case RewardCorrected it -> earned.merge(it.device(), -it.back(), Long::sum);
                default -> {}
            }
        }
        for (var device : crowd.devices) {
            var enrolment = crowd.world.enrolment(crowd.programme, device);
            assertThat(granted.getOrDefault(device.id(), BigDecimal.ZERO))
                    .isEqualByComparingTo(
                            BigDecimal.valueOf(earned.getOrDefault(device.id(), 0L))
                                    .add(enrolment.carry()));
        }
    }

    private static void thenNoDayIsAboveItsCapAndNoIntervalTwice(
            Crowd crowd, Map<String, Map<?, ?>> contents) {
        var rewards = crowd.rewards();
        var metered = new HashMap<RewardDay.Key, Long>();
        for (var reward : rewards) {
            var day = LocalDate.ofInstant(reward.interval().period().start(), BERLIN);
            var key = new RewardDay.Key(reward.programme(), reward.device(), day);
            metered.merge(key, reward.interval().metered().wattHours(), Long::sum);
        }
        contents.getOrDefault("reward_day", Map.of())
                .forEach((key, row) -> {
                    var day = (RewardDay) row;
                    assertThat(day.rewarded()).isLessThanOrEqualTo(day.cap());
                    assertThat(day.metered().wattHours())
                            .isLessThanOrEqualTo(metered.getOrDefault(day.key(), 0L));
                });
        assertThat(rewards)
                .extracting(reward -> List.of(reward.device(), reward.interval().period().start()))
                .doesNotHaveDuplicates();
    }

    private static void thenHoldsAreWhatIsStaked(Crowd crowd, Map<String, Map<?, ?>> contents) {
        var world = crowd.world;
        long staked = 0;
        long income = 0;
        for (var row : contents.getOrDefault("reward_stake", Map.of()).values()) {
            var stake = (Stake) row;
            var hold = world.machines.ledger.hold(stake.id());
            if (stake.state() == Stake.State.LOCKED) {
                assertThat(hold.orElseThrow().remaining()).isEqualTo(stake.microUnits());
                staked += stake.microUnits();
                income += stake.earned();
            } else {
                assertThat(hold).isEmpty();
            }
        }
        long locked = 0;
        for (var owner : OWNERS) {
            locked += world.locked(crowd.programme, crowd.programme.holder(owner));
        }

        assertThat(locked).isEqualTo(staked);
        assertThat(world.money(crowd.programme.stakeIncome().id())).isEqualTo(income);
    }
}
