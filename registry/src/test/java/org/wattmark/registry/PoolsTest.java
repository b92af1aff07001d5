package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.registry.Given.LIVE_PROJECT;
import static org.wattmark.registry.Given.PROPONENT;
import static org.wattmark.registry.Given.PROPONENT_ACTS;
import static org.wattmark.registry.Given.claim;
import static org.wattmark.registry.Given.id;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.registry.Pooling.Reason;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.UnitClass;

/// A street of small roofs: whose consent it takes, and that what is shared is all there is.
class PoolsTest {

    private static final UUID ANNA = id(701);
    private static final UUID BEN = id(702);

    private static Actor of(UUID organisation) {
        return new Actor(
                new UUID(organisation.getMostSignificantBits(), 1),
                Organisation.uncontrolled(organisation),
                Role.PROPONENT);
    }

    private static Pooling change(Office office, Actor actor, UUID who, PoolStanding next) {
        return office.apply(new ChangePool(office.nextId(), actor, LIVE_PROJECT.id(), who, next));
    }

    private static void taken(Pooling pooling) {
        assertThat(pooling).isInstanceOf(Pooling.Changed.class);
    }

    private static Pooling.Refused refused(Reason reason) {
        return new Pooling.Refused(reason);
    }

    private static void givenPool(Office office, UUID... members) {
        taken(change(office, PROPONENT_ACTS, PROPONENT.id(), PoolStanding.RUNS));
        for (var member : members) {
            taken(change(office, PROPONENT_ACTS, member, PoolStanding.INVITED));
            taken(change(office, of(member), member, PoolStanding.JOINED));
        }
    }

    private static Pooling divide(
            Office office, Actor actor, CreditBlock block, Map<UUID, Energy> generated) {
        return office.apply(
                new DividePool(office.nextId(), actor, LIVE_PROJECT.id(), block.id(), generated));
    }

    /// One of three did not generate anything.
    static void givenDivided(Office office) {
        givenPool(office, ANNA, BEN);
        var block = issued(office, 90, 1_000_003);
        var shares = Map.of(ANNA, new Energy(700_001), PROPONENT.id(), new Energy(300_002));
        assertThat(divide(office, of(BEN), block, shares)).isInstanceOf(Pooling.Divided.class);
    }

    private static CreditBlock issued(Office office, long number, long wattHours) {
        return office.givenIssued(
                claim(number, UnitClass.LIVE), Given.evidence(new Energy(wattHours)));
    }

    @Test
    void whatIsCreditedToAPoolGoesToItsMembersByWhatTheyGenerated() {
        try (var office = Office.open()) {
            givenPool(office, ANNA, BEN);
            var block = issued(office, 1, 12_400_000);
            var before = office.held(Given.HOLDER, block);

            var divided =
                    divide(
                            office,
                            of(ANNA),
                            block,
                            Map.of(ANNA, new Energy(9_300_000), BEN, new Energy(3_100_000)));

            assertThat(before).isEqualTo(Co2e.ZERO);
            assertThat(office.held(SystemAccounts.holder(ANNA, UnitClass.LIVE), block))
                    .isEqualTo(new Co2e(block.credited().grams() * 3 / 4));
            assertThat(office.held(SystemAccounts.holder(BEN, UnitClass.LIVE), block))
                    .isEqualTo(new Co2e(block.credited().grams() / 4));
            assertThat(divided).isInstanceOf(Pooling.Divided.class);
            assertThat(divide(office, of(ANNA), block, Map.of(ANNA, new Energy(12_400_000))))
                    .isEqualTo(refused(Reason.ALREADY_DIVIDED));
        }
    }

    @Test
    void nobodyIsJoinedByAnotherAndStrangersSeeNoPool() {
        try (var office = Office.open()) {
            givenPool(office);
            taken(change(office, PROPONENT_ACTS, ANNA, PoolStanding.INVITED));

            assertThat(change(office, PROPONENT_ACTS, ANNA, PoolStanding.JOINED))
                    .isEqualTo(refused(Reason.NOT_IN_THIS_STANDING));
            assertThat(change(office, of(BEN), BEN, PoolStanding.JOINED))
                    .isEqualTo(refused(Reason.POOL_UNKNOWN));
            assertThat(change(office, of(BEN), ANNA, PoolStanding.JOINED))
                    .isEqualTo(refused(Reason.POOL_UNKNOWN));
            assertThat(change(office, of(ANNA), BEN, PoolStanding.INVITED))
                    .isEqualTo(refused(Reason.POOL_UNKNOWN));
            assertThat(change(office, of(BEN), BEN, PoolStanding.RUNS))
                    .isEqualTo(refused(Reason.NOT_YOUR_PROJECT));
            assertThat(change(office, PROPONENT_ACTS, PROPONENT.id(), PoolStanding.LEFT))
                    .isEqualTo(refused(Reason.RUNS_THE_POOL));
        }
    }

    @Test
    void aClaimOnSomebodyElsesDevicesNeedsThatTheyHaveJoined() {
        try (var office = Office.open()) {
            givenPool(office, ANNA);
            taken(change(office, PROPONENT_ACTS, BEN, PoolStanding.INVITED));

            var withBen = submit(office, 1, Set.of(ANNA, BEN));
            taken(change(office, of(ANNA), ANNA, PoolStanding.LEFT));
            var afterLeaving = submit(office, 2, Set.of(ANNA));
            var own = submit(office, 3, Set.of());

            assertThat(withBen).isInstanceOf(Submission.Refused.class);
            assertThat(((Submission.Refused) afterLeaving).reason())
                    .isEqualTo(Submission.Reason.OWNER_NOT_IN_POOL);
            assertThat(own).isInstanceOf(Submission.Submitted.class);
        }
    }

    private static Submission submit(Office office, long number, Set<UUID> others) {
        return office.apply(new SubmitClaim(PROPONENT_ACTS, claim(number, UnitClass.LIVE), others));
    }

    @Test
    void whatARecallTakesFromThePoolAllMembersBear() {
        try (var office = Office.open()) {
            givenPool(office, ANNA);
            var recalled = issued(office, 1, 1_000_000);
            office.intervene(new Intervention.RecallBlock(recalled.id()));

            var nothing = divide(office, of(ANNA), recalled, Map.of(ANNA, new Energy(1_000_000)));

            assertThat(nothing).isEqualTo(refused(Reason.NOTHING_TO_DIVIDE));
        }
    }

    /// Up to eight roofs over ten blocks, each with another part of the street's energy.
    @Seeded
    void theSharesAndWhatIsKeptAreAlwaysAllThatWasCredited(RandomGenerator random) {
        try (var office = Office.open()) {
            var members =
                    random.longs(random.nextInt(1, 9), 800, 900)
                            .distinct()
                            .mapToObj(Given::id)
                            .toList();
            givenPool(office, members.toArray(UUID[]::new));
            long credited = 0;
            for (int i = 1; i <= 10; i++) {
                var generated = generated(random, members);
                long all = Energy.sum(generated.values()).wattHours();
                var block = issued(office, i, all);
                credited += block.credited().grams();
                if (divide(office, of(members.getFirst()), block, generated)
                        instanceof Pooling.Refused(var reason)) {
                    assertThat(reason).isEqualTo(Reason.NOTHING_TO_DIVIDE);
                }
            }

            assertThat(held(office, members) + kept(office)).isEqualTo(credited);
            assertThat(kept(office)).isLessThanOrEqualTo(2L * members.size() + 1);
            assertThat(office.machines.claims.pools().pool(LIVE_PROJECT.id()).keptGrams())
                    .isEqualTo(kept(office));
            var contents = office.contents();
            assertThat(office.replayed()).isEqualTo(contents);
        }
    }

    private static Map<UUID, Energy> generated(RandomGenerator random, List<UUID> members) {
        var generated = new HashMap<UUID, Energy>();
        for (var member : members) {
            if (random.nextInt(4) > 0 || generated.isEmpty()) {
                generated.put(member, new Energy(random.nextLong(1_000, 900_000)));
            }
        }
        return generated;
    }

    private static long held(Office office, List<UUID> members) {
        return office.machines.registry.blocks().stream()
                .mapToLong(block ->
                        members.stream()
                                .mapToLong(each ->
                                        office.held(
                                                        SystemAccounts.holder(each, UnitClass.LIVE),
                                                        block)
                                                .grams())
                                .sum())
                .sum();
    }

    private static long kept(Office office) {
        return office.machines.registry.blocks().stream()
                .mapToLong(
                        block -> office.held(SystemAccounts.pool(LIVE_PROJECT).id(), block).grams())
                .sum();
    }
}
