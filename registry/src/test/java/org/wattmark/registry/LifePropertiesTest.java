package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Leg;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.Intervention.CancelUnits;
import org.wattmark.registry.Intervention.RecallBlock;
import org.wattmark.registry.Intervention.ResumeAccount;
import org.wattmark.registry.Intervention.ResumeBlock;
import org.wattmark.registry.Intervention.ReverseReduction;
import org.wattmark.registry.Intervention.SuspendAccount;
import org.wattmark.registry.Intervention.SuspendBlock;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// What holds of every block, whatever happens to its units, and at once.
///
/// Each seed is one small world: three small blocks, three holders, and 64 clients who act at the
/// same moment, some rounds of it: gifts, reservations, retirements, cancellations, suspensions,
/// reversals, what is made good, and now and then a recall.
class LifePropertiesTest {

    private static final int CLIENTS = 64;

    private static final List<AccountId> HOLDERS =
            List.of(
                    Given.TEST_HOLDER,
                    AccountId.testHolder(Given.id(91)),
                    AccountId.testHolder(Given.id(92)));

    @Seeded(worlds = 25)
    void everyGramIsSomewhereAndEverySerialIsUsedOnce(RandomGenerator random) throws Exception {
        try (var office = Office.open()) {
            var blocks = givenBlocks(office, random);

            for (int round = 0; round < 4; round++) {
                atOnce(acts(office, blocks, random));
                blocks.forEach(block -> thenEveryGramIsSomewhere(office, block));
            }

            var contents = office.contents();
            blocks.forEach(block -> thenSerialsAreDisjointAndCover(office, block, used(office)));
            assertThat(office.replayed()).isEqualTo(contents);
        }
    }

    @Test
    void aCancellationThatIsMissingOrTwiceWouldBeSeen() {
        try (var office = Office.open()) {
            var block = office.givenIssued(Given.claim(1, UnitClass.TEST));
            var _ = office.retire(Given.id(70), Given.TEST_HOLDER, block, new Co2e(5));
            var _ = office.intervene(new ReverseReduction(block.id(), new Co2e(9)));

            var used = used(office);

            thenSerialsAreDisjointAndCover(office, block, used);
            assertThat(used).hasSize(2);
            var missing = used.subList(0, 1);
            var twice = List.of(used.get(0), used.get(1), used.get(1));
            assertThatThrownBy(() -> thenSerialsAreDisjointAndCover(office, block, missing))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> thenSerialsAreDisjointAndCover(office, block, twice))
                    .isInstanceOf(AssertionError.class);
        }
    }

    /// Sixty-four retirements of one lot: as many succeed as fit, and no more.
    @Test
    void ofSixtyFourAtOnceExactlyAsManyRetireOrCancelAsFit() throws Exception {
        try (var office = Office.open()) {
            var block = office.givenIssued(Given.claim(1, UnitClass.TEST));
            long part = block.credited().grams() / 20;
            var acts = new ArrayList<Supplier<Boolean>>();
            for (int i = 0; i < CLIENTS; i++) {
                var id = Given.id(5_000 + i);
                acts.add(
                        i % 2 == 0
                                ? () ->
                                        office.retire(id, Given.TEST_HOLDER, block, new Co2e(part))
                                                instanceof Retirement.Retired
                                : () ->
                                        office.apply(
                                                        new CancelCredits(
                                                                id,
                                                                Given.TEST_HOLDER,
                                                                block.id(),
                                                                new Co2e(part),
                                                                "Enough"))
                                                instanceof Cancellation.Cancelled);
            }

            var done = atOnce(acts);

            assertThat(done.stream().filter(each -> each)).hasSize(20);
            thenSerialsAreDisjointAndCover(office, block, used(office));
        }
    }

    private record Used(UUID block, SerialRange serials) {}

    private static List<Used> used(Office office) {
        var used = new ArrayList<Used>();
        for (var row : office.journal.rows()) {
            switch (row) {
                case Registry.RetiredEntry(var _, var statement) ->
                        used.add(new Used(statement.block(), statement.serials()));
                case Registry.CancelledEntry(var _, var units) ->
                        used.add(new Used(units.block(), units.serials()));
                default -> {}
            }
        }
        return used;
    }

    private static <T> List<T> atOnce(List<Supplier<T>> acts) throws Exception {
        var start = new CountDownLatch(1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting =
                    acts.stream()
                            .map(act ->
                                    clients.submit(() -> {
                                        start.await();
                                        return act.get();
                                    }))
                            .toList();
            start.countDown();
            var answers = new ArrayList<T>();
            for (var each : waiting) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private static List<CreditBlock> givenBlocks(Office office, RandomGenerator random) {
        for (var holder : HOLDERS) {
            office.apply(OpenAccounts.of(new Account(holder, Account.Kind.HOLDER)));
        }
        var blocks = new ArrayList<CreditBlock>();
        for (int i = 0; i < 3; i++) {
            var energy = new Energy(random.nextLong(500, 5_000));
            blocks.add(office.givenIssued(Given.claim(i, UnitClass.TEST), Given.evidence(energy)));
        }
        return blocks;
    }

    /// What each client will do is drawn beforehand: only who comes first is left to chance.
    private static List<Supplier<Object>> acts(
            Office office, List<CreditBlock> blocks, RandomGenerator random) {
        var acts = new ArrayList<Supplier<Object>>();
        for (int i = 0; i < CLIENTS; i++) {
            acts.add(act(office, blocks.get(random.nextInt(blocks.size())), random));
        }
        return acts;
    }

    private static Supplier<Object> act(Office office, CreditBlock block, RandomGenerator random) {
        var id = office.nextId();
        var decision = office.nextId();
        var holder = HOLDERS.get(random.nextInt(HOLDERS.size()));
        var other = HOLDERS.get(random.nextInt(HOLDERS.size()));
        long grams = random.nextLong(1, 200);
        var some = new Co2e(grams);
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4 -> () -> office.retire(id, holder, block, some);
            case 5, 6, 7, 8 ->
                    () -> office.apply(new CancelCredits(id, holder, block.id(), some, "Enough"));
            case 9, 10 ->
                    holder.equals(other)
                            ? () -> id
                            : () -> promise(office, id, holder, other, block, grams);
            case 11 -> intervene(office, id, decision, new CancelUnits(holder, block.id(), some));
            case 12 -> intervene(office, id, decision, new SuspendBlock(block.id()));
            case 13, 14 -> intervene(office, id, decision, new ResumeBlock(block.id()));
            case 15 -> intervene(office, id, decision, new SuspendAccount(holder));
            case 16, 17 -> intervene(office, id, decision, new ResumeAccount(holder));
            case 18, 19 -> intervene(office, id, decision, new ReverseReduction(block.id(), some));
            case 20 ->
                    random.nextInt(8) == 0
                            ? intervene(office, id, decision, new RecallBlock(block.id()))
                            : () -> id;
            default ->
                    holder.equals(other)
                            ? () -> id
                            : () ->
                                    office.apply(
                                            new Act(
                                                    id,
                                                    it ->
                                                            it.post(
                                                                    Transfer.numbered(
                                                                            id,
                                                                            0,
                                                                            holder,
                                                                            other,
                                                                            block.asset(),
                                                                            grams))));
        };
    }

    private static Object promise(
            Office office,
            UUID id,
            AccountId holder,
            AccountId other,
            CreditBlock block,
            long grams) {
        var transfer = new Transfer(id, holder, other, block.asset(), grams);
        Leg pending = new PostTransfer(transfer, PostTransfer.Balancing.NONE, true, 0);
        return office.apply(new Act(id, ledger -> ledger.post(pending)));
    }

    private static Supplier<Object> intervene(
            Office office, UUID id, UUID decision, Intervention what) {
        return () -> {
            var proposed = office.propose(id, what);
            return proposed instanceof InterventionStep.Taken
                    ? office.apply(new DecideIntervention(decision, Office.OTHER_CLERK, id, true))
                    : proposed;
        };
    }

    /// `issued = held + reserved + retired + cancelled + buffer`.
    private static void thenEveryGramIsSomewhere(Office office, CreditBlock block) {
        var ledger = office.machines.ledger;
        var asset = block.asset();
        long held = HOLDERS.stream().mapToLong(it -> ledger.balance(it, asset)).sum();
        long reserved = HOLDERS.stream().mapToLong(it -> ledger.reserved(it, asset)).sum();
        long buffer = ledger.balance(SystemAccounts.buffer(UnitClass.TEST).id(), asset);
        long retired = ledger.balance(SystemAccounts.retired(UnitClass.TEST).id(), asset);
        long cancelled = ledger.balance(SystemAccounts.cancelled(UnitClass.TEST).id(), asset);

        assertThat(HOLDERS).allMatch(holder -> ledger.balance(holder, asset) >= 0);
        assertThat(held + reserved + retired + cancelled + buffer)
                .isEqualTo(block.issued().grams());
    }

    private static void thenSerialsAreDisjointAndCover(
            Office office, CreditBlock block, List<Used> all) {
        var ranges =
                all.stream()
                        .filter(used -> used.block().equals(block.id()))
                        .map(Used::serials)
                        .sorted(Comparator.comparingLong(SerialRange::first))
                        .toList();
        long next = 1;
        for (var range : ranges) {
            assertThat(range.first()).isEqualTo(next);
            next = range.last() + 1;
        }
        assertThat(office.machines.registry.block(block.id()).orElseThrow().nextSerial())
                .isEqualTo(next);
        var retired = office.held(SystemAccounts.retired(UnitClass.TEST).id(), block);
        var cancelled = office.held(SystemAccounts.cancelled(UnitClass.TEST).id(), block);
        assertThat(retired.plus(cancelled)).isEqualTo(new Co2e(next - 1));
    }
}
