package org.wattmark.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.AllocationRequest.Everything;
import org.wattmark.attributes.AllocationRequest.Part;
import org.wattmark.attributes.Allocations.Standing;
import org.wattmark.attributes.Ending.Ended;
import org.wattmark.attributes.Reservation.Reason;
import org.wattmark.attributes.Reservation.Refused;
import org.wattmark.attributes.Reservation.Reserved;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// What every [Allocations] does, wherever it keeps them. Quarter hours are numbered from midnight;
/// devices are new in each test, so what else the store holds is no matter.
public abstract class AllocationsContract {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final int CLAIMANTS = 64;

    private Allocations allocations;
    private DeviceId device;

    /// The allocations under test.
    protected abstract Allocations allocations();

    /// Stores accepted readings below the allocations; the device may be new.
    protected abstract void metered(
            DeviceId device, Channel channel, List<IntervalReading> readings);

    @BeforeEach
    void start() {
        allocations = allocations();
        device = new DeviceId(UUID.randomUUID());
    }

    @Test
    void aClaimGetsAllThatWasMetered() {
        givenMetered(0, 10, 0, 30);

        var reservation = allocations.reserve(everything(newClaim(), 0, 3));

        assertThat(allocationOf(reservation).energy()).isEqualTo(new Energy(40));
        assertThat(allocationOf(reservation).intervals()).isEqualTo(2);
    }

    @Test
    void aSecondClaimOnAClaimedIntervalIsRefusedAndNamesTheFirst() {
        givenMetered(0, 10, 20, 30);
        var first = newClaim();
        allocations.reserve(everything(first, 0, 2));

        var range = allocations.reserve(everything(newClaim(), 1, 3));
        var part = allocations.reserve(part(newClaim(), 1, 1));
        var beside = allocations.reserve(everything(newClaim(), 2, 3));

        assertThat(range).isEqualTo(new Refused(Reason.ALREADY_CLAIMED, first));
        assertThat(part).isEqualTo(new Refused(Reason.ALREADY_CLAIMED, first));
        assertThat(allocationOf(beside).energy()).isEqualTo(new Energy(30));
    }

    @Test
    void theSameRequestGetsTheSameAnswerWhateverBecameOfTheClaim() {
        givenMetered(0, 10, 20);
        var request = everything(newClaim(), 0, 2);
        var first = allocations.reserve(request);

        var again = allocations.reserve(request);
        allocations.consume(request.claim());
        var afterwards = allocations.reserve(request);

        assertThat(again).isEqualTo(first);
        assertThat(afterwards).isEqualTo(first);
    }

    @Test
    void aClaimIdStandsForOneContentForEver() {
        givenMetered(0, 10, 20);
        var claim = newClaim();
        allocations.reserve(everything(claim, 0, 1));
        allocations.release(claim);

        var other = allocations.reserve(everything(claim, 1, 2));
        var otherUse =
                allocations.reserve(
                        new Everything(
                                claim,
                                Use.ENERGY_SALE,
                                device,
                                Channel.GENERATION,
                                quarters(0, 1)));

        assertThat(other).isEqualTo(new Refused(Reason.ID_STANDS_FOR_ANOTHER, null));
        assertThat(otherUse).isEqualTo(new Refused(Reason.ID_STANDS_FOR_ANOTHER, null));
    }

    @Test
    void aRefusedRequestLeavesItsIdFree() {
        var claim = newClaim();
        var tooEarly = allocations.reserve(everything(claim, 0, 1));
        givenMetered(0, 10);

        var reservation = allocations.reserve(everything(claim, 0, 1));

        assertThat(tooEarly).isEqualTo(new Refused(Reason.NOTHING_METERED, null));
        assertThat(allocationOf(reservation).energy()).isEqualTo(new Energy(10));
    }

    @Test
    void anIntervalIsSplitUntilNothingIsLeft() {
        givenMetered(0, 100);
        var first = newClaim();
        allocations.reserve(part(first, 0, 60));

        var tooMuch = allocations.reserve(part(newClaim(), 0, 41));
        var rest = allocations.reserve(everything(newClaim(), 0, 1));

        assertThat(tooMuch).isEqualTo(new Refused(Reason.NOT_ENOUGH_LEFT, first));
        assertThat(allocationOf(rest).energy()).isEqualTo(new Energy(40));
    }

    @Test
    void whenPartsHaveEverythingNothingIsLeftForARange() {
        givenMetered(0, 100);
        var first = newClaim();
        allocations.reserve(part(first, 0, 100));

        var rest = allocations.reserve(everything(newClaim(), 0, 1));

        assertThat(rest).isEqualTo(new Refused(Reason.NOT_ENOUGH_LEFT, first));
    }

    @Test
    void releasedEnergyIsFreeForTheNextClaim() {
        givenMetered(0, 10, 20);
        var first = newClaim();
        var second = newClaim();
        allocations.reserve(everything(first, 0, 2));
        allocations.release(first);

        var reservation = allocations.reserve(everything(second, 0, 2));

        assertThat(allocationOf(reservation).energy()).isEqualTo(new Energy(30));
        assertThat(backingOf(0)).extracting(Backing::claim).containsExactly(second);
    }

    @Test
    void releasingAPartGivesBackExactlyItsEnergy() {
        givenMetered(0, 100);
        var first = newClaim();
        allocations.reserve(part(first, 0, 60));
        allocations.reserve(part(newClaim(), 0, 30));
        allocations.release(first);

        var tooMuch = allocations.reserve(part(newClaim(), 0, 71));
        var fits = allocations.reserve(part(newClaim(), 0, 70));

        assertThat(tooMuch).isInstanceOf(Refused.class);
        assertThat(fits).isInstanceOf(Reserved.class);
    }

    @Test
    void consumedEnergyIsNeverReleasedAndReleasedNeverConsumed() {
        givenMetered(0, 10, 20);
        var used = newClaim();
        var freed = newClaim();
        var allocation = allocationOf(allocations.reserve(everything(used, 0, 1)));
        allocations.reserve(everything(freed, 1, 2));

        var consumed = allocations.consume(used);
        allocations.release(freed);

        assertThat(consumed).isEqualTo(new Ended(allocation, AllocationStatus.CONSUMED));
        assertThat(allocations.consume(used)).isEqualTo(consumed);
        assertThat(allocations.release(used))
                .isEqualTo(new Ending.Refused(Ending.Reason.ALREADY_CONSUMED));
        assertThat(allocations.consume(freed))
                .isEqualTo(new Ending.Refused(Ending.Reason.ALREADY_RELEASED));
        assertThat(allocations.release(newClaim()))
                .isEqualTo(new Ending.Refused(Ending.Reason.CLAIM_UNKNOWN));
        assertThat(allocations.standing(used))
                .isEqualTo(Optional.of(new Standing(allocation, AllocationStatus.CONSUMED)));
        assertThat(allocations.standing(newClaim())).isEmpty();
    }

    @Test
    void anyoneSeesWhatAnIntervalBacks() {
        givenMetered(0, 100, 50);
        var sale = newClaim();
        var credit = newClaim();
        allocations.reserve(
                new Part(
                        sale,
                        Use.ENERGY_SALE,
                        device,
                        Channel.GENERATION,
                        quarters(0, 1),
                        new Energy(30)));
        allocations.reserve(everything(credit, 0, 2));
        allocations.consume(sale);

        var backing = backingOf(0);

        assertThat(backing)
                .containsExactly(
                        new Backing(
                                sale, Use.ENERGY_SALE, AllocationStatus.CONSUMED, new Energy(30)),
                        new Backing(
                                credit,
                                Use.CARBON_CREDIT,
                                AllocationStatus.PENDING,
                                new Energy(70)));
        assertThat(backingOf(7)).isEmpty();
    }

    @Test
    void whatArrivesLateInAClaimedPeriodCannotBeClaimed() {
        givenMetered(0, 10);
        var claim = newClaim();
        allocations.reserve(everything(claim, 0, 2));
        givenMetered(1, 99);

        var range = allocations.reserve(everything(newClaim(), 1, 2));
        var part = allocations.reserve(part(newClaim(), 1, 1));

        assertThat(range).isEqualTo(new Refused(Reason.ALREADY_CLAIMED, claim));
        assertThat(part).isEqualTo(new Refused(Reason.ALREADY_CLAIMED, claim));
        assertThat(backingOf(1)).isEmpty();
        assertThat(allocations.standing(claim).orElseThrow().allocation().energy())
                .isEqualTo(new Energy(10));
    }

    @Test
    void devicesAndChannelsAreClaimedApart() {
        givenMetered(0, 10);
        metered(device, Channel.EXPORT, List.of(quarter(0, 6)));
        allocations.reserve(everything(newClaim(), 0, 1));

        var export =
                allocations.reserve(
                        new Everything(
                                newClaim(),
                                Use.CARBON_CREDIT,
                                device,
                                Channel.EXPORT,
                                quarters(0, 1)));

        assertThat(allocationOf(export).energy()).isEqualTo(new Energy(6));
    }

    @Test
    void of64ClaimsOnOneIntervalExactlyOneWins() {
        givenMetered(0, 100);

        var answers = Race.of(CLAIMANTS, _ -> allocations.reserve(everything(newClaim(), 0, 1)));

        assertThat(answers).filteredOn(Reserved.class::isInstance).hasSize(1);
        assertThat(backingOf(0)).hasSize(1);
    }

    @Test
    void of64PartsOfOneIntervalAsManyWinAsFit() {
        givenMetered(0, 100);

        var answers = Race.of(CLAIMANTS, _ -> allocations.reserve(part(newClaim(), 0, 30)));

        assertThat(answers).filteredOn(Reserved.class::isInstance).hasSize(3);
        assertThat(backed(0)).isEqualTo(new Energy(90));
    }

    @Test
    void theSameRequest64TimesAtOnceIsReservedOnce() {
        givenMetered(0, 100);
        var request = part(newClaim(), 0, 30);

        var answers = Race.of(CLAIMANTS, _ -> allocations.reserve(request));

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(backed(0)).isEqualTo(new Energy(30));
    }

    /// Few intervals and many claims, so that they collide: ranges, parts, endings, repetitions.
    @Seeded(worlds = 25)
    void noIntervalBacksMoreThanWasMetered(RandomGenerator random) {
        device = new DeviceId(UUID.randomUUID());
        var metered = IntStream.range(0, 6).mapToLong(_ -> random.nextLong(-3, 100)).toArray();
        givenMetered(0, metered);
        var requests = new ArrayList<AllocationRequest>();
        var granted = new HashMap<ClaimId, Allocation>();

        for (int i = 0; i < 40; i++) {
            switch (random.nextInt(5)) {
                case 0 -> requests.addFirst(everything(newClaim(), random.nextInt(6)));
                case 1, 2 ->
                        requests.addFirst(
                                part(newClaim(), random.nextInt(6), 1 + random.nextLong(60)));
                case 3 -> endAny(granted, random);
                default -> {}
            }
            if (!requests.isEmpty()) {
                var request = requests.get(random.nextInt(Math.min(3, requests.size())));
                if (allocations.reserve(request) instanceof Reserved(var allocation)) {
                    assertThat(granted.getOrDefault(request.claim(), allocation))
                            .isEqualTo(allocation);
                    granted.put(request.claim(), allocation);
                }
            }
            thenNothingIsBackedTwice(metered, granted);
        }
    }

    private void endAny(Map<ClaimId, Allocation> granted, RandomGenerator random) {
        granted.keySet().stream()
                .sorted(Comparator.comparing(ClaimId::value))
                .skip(random.nextInt(granted.size() + 1))
                .findFirst()
                .ifPresent(random.nextBoolean() ? allocations::release : allocations::consume);
    }

    private void thenNothingIsBackedTwice(long[] metered, Map<ClaimId, Allocation> granted) {
        var total = Energy.ZERO;
        for (int i = 0; i < metered.length; i++) {
            assertThat(backed(i)).isLessThanOrEqualTo(new Energy(Math.max(0, metered[i])));
            total = total.plus(backed(i));
        }
        var live =
                granted.entrySet().stream()
                        .filter(entry -> statusOf(entry.getKey()).isLive())
                        .map(entry -> entry.getValue().energy())
                        .toList();
        assertThat(total).isEqualTo(Energy.sum(live));
    }

    private AllocationStatus statusOf(ClaimId claim) {
        return allocations.standing(claim).orElseThrow().status();
    }

    private void givenMetered(int first, long... wattHours) {
        metered(
                device,
                Channel.GENERATION,
                IntStream.range(0, wattHours.length)
                        .mapToObj(i -> quarter(first + i, wattHours[i]))
                        .toList());
    }

    private static IntervalReading quarter(int index, long wattHours) {
        return new IntervalReading(quarters(index, index + 1), wattHours);
    }

    private static Period quarters(int from, int to) {
        return new Period(
                MIDNIGHT.plus(Duration.ofMinutes(15L * from)),
                MIDNIGHT.plus(Duration.ofMinutes(15L * to)));
    }

    private static ClaimId newClaim() {
        return new ClaimId(UUID.randomUUID());
    }

    private Everything everything(ClaimId claim, int from) {
        return everything(claim, from, from + 2);
    }

    private Everything everything(ClaimId claim, int from, int to) {
        return new Everything(
                claim, Use.CARBON_CREDIT, device, Channel.GENERATION, quarters(from, to));
    }

    private Part part(ClaimId claim, int index, long wattHours) {
        return new Part(
                claim,
                Use.GRANULAR_CERTIFICATE,
                device,
                Channel.GENERATION,
                quarters(index, index + 1),
                new Energy(wattHours));
    }

    private List<Backing> backingOf(int index) {
        return allocations.backing(device, Channel.GENERATION, quarters(index, index + 1));
    }

    private Energy backed(int index) {
        return Energy.sum(backingOf(index).stream().map(Backing::energy).toList());
    }

    private static Allocation allocationOf(Reservation reservation) {
        assertThat(reservation).isInstanceOf(Reserved.class);
        return ((Reserved) reservation).allocation();
    }
}
