package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Transfer;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.UnitClass;

/// What holds for every registry, whatever is asked of it and in whatever order.
///
/// Each seed is one small world: three small blocks, three holders, and eighty gifts, reservations,
/// releases and retirements among them, many of them too large and some of them sent again.
class RegistryPropertiesTest {

    private static final List<AccountId> HOLDERS =
            List.of(
                    Given.TEST_HOLDER,
                    AccountId.testHolder(Given.id(91)),
                    AccountId.testHolder(Given.id(92)));

    @Seeded(worlds = 40)
    void everyGramIsSomewhereAndEverySerialIsRetiredOnce(RandomGenerator random) {
        try (var office = Office.open()) {
            var blocks = givenBlocks(office, random);

            for (int i = 0; i < 80; i++) {
                act(office, blocks.get(random.nextInt(blocks.size())), random);
            }

            var contents = office.contents();
            blocks.forEach(block -> thenEveryGramIsSomewhere(office, block));
            blocks.forEach(block -> thenSerialsAreDisjointAndCover(office, block, rows(office)));
            assertThat(office.replayed()).isEqualTo(contents);
        }
    }

    @Test
    void aRetirementThatIsMissingOrTwiceWouldBeSeen() {
        try (var office = Office.open()) {
            var block = office.givenIssued(Given.claim(1, UnitClass.TEST));
            for (int i = 0; i < 3; i++) {
                var _ = office.retire(Given.id(70 + i), Given.TEST_HOLDER, block, new Co2e(5));
            }

            var rows = rows(office);

            thenSerialsAreDisjointAndCover(office, block, rows);
            for (int i = 0; i < 3; i++) {
                var missing = new ArrayList<>(rows);
                var twice = new ArrayList<>(rows);
                twice.add(missing.remove(i));
                assertThatThrownBy(() -> thenSerialsAreDisjointAndCover(office, block, missing))
                        .isInstanceOf(AssertionError.class);
                assertThatThrownBy(() -> thenSerialsAreDisjointAndCover(office, block, twice))
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    private static List<RetirementStatement> rows(Office office) {
        return office.journal.rows().stream()
                .filter(Registry.RetiredEntry.class::isInstance)
                .map(row -> ((Registry.RetiredEntry) row).statement())
                .toList();
    }

    private static List<CreditBlock> givenBlocks(Office office, RandomGenerator random) {
        for (var holder : HOLDERS) {
            office.apply(OpenAccounts.of(new Account(holder, Account.Kind.HOLDER)));
        }
        var blocks = new ArrayList<CreditBlock>();
        for (int i = 0; i < 3; i++) {
            var energy = new Energy(random.nextLong(100, 2_000));
            blocks.add(office.givenIssued(Given.claim(i, UnitClass.TEST), Given.evidence(energy)));
        }
        return blocks;
    }

    /// Few ids on purpose, so that some of them come again.
    private static void act(Office office, CreditBlock block, RandomGenerator random) {
        var id = Given.id(random.nextLong(100_000, 100_100));
        var holder = HOLDERS.get(random.nextInt(HOLDERS.size()));
        var other = HOLDERS.get(random.nextInt(HOLDERS.size()));
        long grams = random.nextLong(1, 60);
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!holder.equals(other)) {
                    var gift = Transfer.numbered(id, 0, holder, other, block.asset(), grams);
                    var _ = office.apply(new Act(id, ledger -> ledger.post(gift)));
                }
            }
            case 1 -> {
                var _ =
                        office.apply(
                                new Act(
                                        id,
                                        ledger ->
                                                ledger.reserve(id, holder, block.asset(), grams)));
            }
            case 2 -> {
                var hold = Given.id(random.nextLong(100_000, 100_100));
                var _ =
                        office.apply(
                                new Act(
                                        id,
                                        ledger -> ledger.release(Transfer.derivedId(id, 0), hold)));
            }
            default -> {
                var _ = office.retire(id, holder, block, new Co2e(grams));
            }
        }
    }

    private static void thenEveryGramIsSomewhere(Office office, CreditBlock block) {
        var ledger = office.machines.ledger;
        var retired = SystemAccounts.retired(UnitClass.TEST).id();
        long held = HOLDERS.stream().mapToLong(it -> ledger.balance(it, block.asset())).sum();
        long reserved = HOLDERS.stream().mapToLong(it -> ledger.reserved(it, block.asset())).sum();
        long buffer = ledger.balance(SystemAccounts.buffer(UnitClass.TEST).id(), block.asset());
        long issued = ledger.balance(SystemAccounts.issuance(UnitClass.TEST).id(), block.asset());

        assertThat(HOLDERS).allMatch(holder -> ledger.balance(holder, block.asset()) >= 0);
        assertThat(held + reserved + ledger.balance(retired, block.asset()) + buffer)
                .isEqualTo(block.issued().grams())
                .isEqualTo(-issued);
        assertThat(buffer).isEqualTo(block.buffer().grams());
    }

    private static void thenSerialsAreDisjointAndCover(
            Office office, CreditBlock block, List<RetirementStatement> rows) {
        var ranges =
                rows.stream()
                        .filter(statement -> statement.block().equals(block.id()))
                        .map(RetirementStatement::serials)
                        .sorted(Comparator.comparingLong(range -> range.first()))
                        .toList();
        long next = 1;
        for (var range : ranges) {
            assertThat(range.first()).isEqualTo(next);
            next = range.last() + 1;
        }
        assertThat(office.machines.registry.block(block.id()).orElseThrow().nextSerial())
                .isEqualTo(next);
        var retired = SystemAccounts.retired(UnitClass.TEST).id();
        assertThat(office.held(retired, block)).isEqualTo(new Co2e(next - 1));
    }
}
