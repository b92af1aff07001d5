package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.wattmark.rewards.World.ALICE;
import static org.wattmark.rewards.World.CLERK;
import static org.wattmark.rewards.World.EUR;
import static org.wattmark.rewards.World.FEES;
import static org.wattmark.rewards.World.SECOND_CLERK;
import static org.wattmark.rewards.World.interval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Fact;
import org.wattmark.rewards.RewardedInterval.Limit;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;

/// The facts of a history in which each kind of fact occurs.
class FactsTest {

    private static final byte[] SALT = new byte[32];
    private static final byte[] OTHER_SALT = Canonical.sha256(SALT);

    /// In hexadecimal, as they would stand in a leaf.
    private static final List<String> SECRETS =
            List.of(
                    hex(7_777), // Wh of an interval
                    hex(613_294), // micro-euro that it earned
                    hex(123_456), // cents that fund the pool
                    Bytes.of("Europe/Berlin".getBytes(StandardCharsets.UTF_8)).hex(),
                    CLERK.toString().replace("-", ""),
                    SECOND_CLERK.toString().replace("-", ""));

    @Test
    void everyFactIsReadBackFromItsBytes() {
        try (var world = givenAFullHistory()) {
            for (var entry : world.journal.entries()) {
                assertThat(World.readBack(entry.fact().content())).isEqualTo(entry.fact());
            }

            assertThat(kinds(world))
                    .containsKeys(
                            TariffSet.class,
                            ProgrammeBegun.class,
                            TermsChanged.class,
                            PoolFunded.class,
                            ProposalMade.class,
                            ProposalDecided.class,
                            DeviceEnrolled.class,
                            RewardsAccrued.class,
                            RewardCorrected.class,
                            RewardsPaid.class,
                            StakeLocked.class,
                            StakeUnlocked.class,
                            FeesShared.class);
        }
    }

    @Test
    void everyMotionIsReadBackFromItsBytes() throws Canonical.Malformed {
        try (var world = givenAFullHistory()) {
            int motions = 0;
            for (var entry : world.journal.entries()) {
                if (entry.fact() instanceof ProposalMade(var proposal)) {
                    var motion = proposal.motion();
                    assertThat(Motion.of(motion.toByteArray())).isEqualTo(motion);
                    motions++;
                }
            }
            assertThat(motions).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void aReplayOfTheJournalGivesTheSameState() {
        try (var world = givenAFullHistory()) {
            var contents = world.contents();

            var replayed = world.replayed();

            assertThat(replayed).isEqualTo(contents);
            assertThat(contents.get("reward_day")).isNotEmpty();
            assertThat(contents.get("reward_stake")).hasSize(1);
            assertThat(contents.get("reward_terms")).hasSize(2);
        }
    }

    @Test
    void aReplayRefusesAnotherAmountThanTheRulesGive() {
        try (var world = givenAFullHistory()) {
            var entries = world.journal.entries();
            for (var entry : entries) {
                if (entry.fact() instanceof RewardsAccrued accrued) {
                    for (var forged : forged(accrued)) {
                        var without = replayedUpTo(entries, entry);
                        assertThatIllegalStateException()
                                .as(forged.toString())
                                .isThrownBy(() -> without.staging.replay(at(entry, forged)));
                    }
                    var honest = replayedUpTo(entries, entry);
                    honest.staging.replay(entry);
                    return;
                }
            }
            throw new AssertionError("nothing was accrued");
        }
    }

    private static World.Machines replayedUpTo(List<Entry> entries, Entry last) {
        var fresh = new World.Machines();
        entries.stream()
                .filter(entry -> entry.sequence() < last.sequence())
                .forEach(fresh.staging::replay);
        return fresh;
    }

    private static Entry at(Entry entry, Fact fact) {
        return new Entry(entry.sequence(), entry.epoch(), entry.at(), fact, entry.salt());
    }

    /// A micro-unit more, a watt-hour more above the cap, another reason, another tariff.
    private static List<RewardsAccrued> forged(RewardsAccrued honest) {
        var first = honest.intervals().getFirst();
        var forged = new ArrayList<RewardsAccrued>();
        for (var interval :
                List.of(
                        new RewardedInterval(
                                first.period(),
                                first.metered(),
                                first.rewarded(),
                                first.microUnits() + 1,
                                first.limit()),
                        new RewardedInterval(
                                first.period(),
                                first.metered(),
                                first.rewarded().minus(new Energy(1)),
                                first.microUnits(),
                                first.limit()),
                        new RewardedInterval(
                                first.period(),
                                first.metered(),
                                first.rewarded(),
                                first.microUnits(),
                                Limit.POOL_EXHAUSTED))) {
            forged.add(with(honest, List.of(interval), honest.offset()));
        }
        forged.add(with(honest, honest.intervals(), honest.offset() + 1));
        return forged;
    }

    private static RewardsAccrued with(
            RewardsAccrued honest, List<RewardedInterval> intervals, long offset) {
        return new RewardsAccrued(
                honest.accrual(),
                honest.programme(),
                honest.device(),
                honest.day(),
                honest.tariff(),
                honest.rate(),
                offset,
                intervals);
    }

    @Test
    void factsThatAreCutOrHaveMoreAreMalformed() {
        try (var world = givenAFullHistory()) {
            for (var fact : kinds(world).values()) {
                var content = fact.content();
                for (int length = 0; length < content.length; length++) {
                    var cut = Arrays.copyOf(content, length);
                    assertThatExceptionOfType(Canonical.Malformed.class)
                            .as("%s cut to %d", fact, length)
                            .isThrownBy(() -> World.parse(cut));
                }
                var longer = Arrays.copyOf(content, content.length + 1);
                assertThatExceptionOfType(Canonical.Malformed.class)
                        .isThrownBy(() -> World.parse(longer));
            }
        }
    }

    @Test
    void aChangedByteIsAnotherFactOrNone() {
        try (var world = givenAFullHistory()) {
            for (var fact : kinds(world).values()) {
                var content = fact.content();
                for (int i = 0; i < content.length; i++) {
                    var changed = content.clone();
                    changed[i] ^= 1;
                    try {
                        assertThat(World.parse(changed)).isNotEqualTo(fact);
                    } catch (Canonical.Malformed e) {
                        assertThat(e.getMessage()).isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void theLogShowsNoEnergyNoMoneyNoPlaceAndNoPerson() {
        try (var world = givenAFullHistory()) {
            for (var entry : world.journal.entries()) {
                var shown = Bytes.of(entry.fact().published(entry.salt().toByteArray())).hex();

                assertThat(shown).as(entry.fact().toString()).doesNotContain(SECRETS);
            }
            var contents = new StringBuilder();
            world.journal
                    .entries()
                    .forEach(entry -> contents.append(Bytes.of(entry.fact().content()).hex()));
            assertThat(contents.toString()).contains(SECRETS); // they would have been found
        }
    }

    @Test
    void whatIsCommittedToDependsOnTheSaltAndTheContent() {
        try (var world = givenAFullHistory()) {
            for (var kind : kinds(world).values()) {
                var same = Bytes.of(kind.published(SALT));

                assertThat(Bytes.of(kind.published(SALT))).isEqualTo(same);
                if (kind.isSalted()) {
                    assertThat(Bytes.of(kind.published(OTHER_SALT))).isNotEqualTo(same);
                }
            }
        }
    }

    private static String hex(long number) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array()).hex();
    }

    private static World givenAFullHistory() {
        var world = new World();
        var programme = world.givenProgramme(1_234_56);
        var device = world.givenJoined(programme, ALICE);
        var first = interval("2026-03-02T11:00:00Z", 7_777);
        world.accrue(programme, device, first);
        for (int day = 3; day <= 12; day++) {
            var start = "2026-03-%02dT11:00:00Z".formatted(day);
            world.accrue(programme, device, interval(start, 9_001));
        }
        world.givenAgreed(
                world.nextId(), ProposalsTest.changing(programme, LocalDate.of(2026, 5, 1)));
        var locked = (Locking.Locked) world.lock(programme, ALICE, 1_000_000, 90);
        world.givenMoney(FEES.live(), 10);
        var fees = new Money(5, EUR);
        world.givenAgreed(world.nextId(), new Motion.ShareFees(programme.id(), fees));
        world.givenAgreed(world.nextId(), new Motion.FundFromFees(programme.id(), fees));
        world.payOut(programme, ALICE);
        world.correct(programme, device, first, 7_000);
        world.clock.set(locked.stake().until());
        world.unlock(ALICE, locked.stake());
        return world;
    }

    private static Map<Class<?>, Fact> kinds(World world) {
        var kinds = new LinkedHashMap<Class<?>, Fact>();
        world.journal.entries().forEach(entry -> kinds.put(entry.fact().getClass(), entry.fact()));
        return kinds;
    }
}
