package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.NOBODY;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.testing.Seeded;

/// What holds for every ledger, whatever is asked of it and in whatever order.
///
/// Each seed is one small world: four accounts and one that is not open, two assets, eight ids for
/// holds, and 150 wishes, many of them too large or past the edge of a long. Few of each on
/// purpose, so that they collide.
class LedgerPropertiesTest {

    private static final List<AccountId> OPEN = List.of(ISSUANCE, RETIRED, ALICE, BOB);
    private static final List<AccountId> ALL = List.of(ISSUANCE, RETIRED, ALICE, BOB, NOBODY);
    private static final List<Asset> ASSETS = List.of(BLOCK, EUR);
    private static final int WISHES = 150;

    @Seeded
    void decidesAsTheNaiveLedgerDoes(RandomGenerator random) {
        var books = Books.open();
        var naive = new NaiveLedger(Books.ACCOUNTS);

        for (int i = 0; i < WISHES; i++) {
            var wish = anyWish(random, i);

            var posting = wish.askOf(books.ledger);

            assertThat(rejection(posting)).as("%s", wish).isEqualTo(wish.askOf(naive));
        }

        thenBothHaveTheSame(books, naive);
    }

    @Seeded
    void nothingIsMadeOrLostAndNobodyOwes(RandomGenerator random) {
        var books = Books.open();

        for (int i = 0; i < WISHES; i++) {
            anyWish(random, i).askOf(books.ledger);
            if (i % 10 == 9) {
                thenConserved(books);
            }
        }
    }

    @Test
    void aLedgerThatLosesAGramIsFound() {
        var books = Books.open();
        books.issue(ALICE, 1_000);
        var row = new HashMap<BalanceKey, Long>();
        row.put(new BalanceKey(ALICE, BLOCK), 999L);

        books.staging.restore(new Journal.Loaded(0, Map.of("balance", row)));

        assertThatThrownBy(() -> thenConserved(books)).isInstanceOf(AssertionError.class);
    }

    @Seeded
    void theFactsAddUpToTheState(RandomGenerator random) {
        var books = Books.open();
        var journal = new ArrayList<Entry>();
        for (int i = 0; i < WISHES; i++) {
            anyWish(random, i).askOf(books.ledger);
            if (random.nextInt(10) == 0) {
                endBatch(books, journal, random.nextInt(4) != 0);
            }
        }
        endBatch(books, journal, true);

        var replayed = Books.replayed(journal);

        assertThat(replayed.staging.contents()).isEqualTo(books.staging.contents());
    }

    @Seeded
    void theChangesOfEachBatchAddUpToTheState(RandomGenerator random) {
        var books = Books.empty();
        var journal = new MemoryJournal();
        long epoch = journal.lead();
        books.staging.begin(epoch, Books.NOON);
        Books.ACCOUNTS.forEach(books.ledger::open);

        for (int i = 0; i < WISHES; i++) {
            anyWish(random, i).askOf(books.ledger);
            if (random.nextInt(10) == 0) {
                append(books, journal, epoch, i);
            }
        }
        append(books, journal, epoch, WISHES);

        var reloaded = Books.empty();
        reloaded.staging.restore(journal.load());
        assertThat(reloaded.staging.contents()).isEqualTo(books.staging.contents());
        assertThat(reloaded.staging.mark().nextSequence()).isEqualTo(journal.entries().size());
    }

    @Seeded
    void whatIsRolledBackLeavesNoTrace(RandomGenerator random) {
        var books = Books.open();
        int before = random.nextInt(WISHES);
        for (int i = 0; i < before; i++) {
            anyWish(random, i).askOf(books.ledger);
        }
        var state = books.snapshot();
        var entries = books.staging.entries();
        var changes = books.staging.changes();
        var mark = books.staging.mark();

        for (int i = before; i < WISHES; i++) {
            anyWish(random, i).askOf(books.ledger);
            books.staging.write("row " + i);
        }
        books.staging.rollBackTo(mark);

        assertThat(books.snapshot()).isEqualTo(state);
        assertThat(books.staging.entries()).isEqualTo(entries);
        assertThat(books.staging.rows()).isEmpty();
        assertThat(books.staging.changes()).isEqualTo(changes);
        assertThat(books.staging.mark()).isEqualTo(mark);
    }

    private static void endBatch(Books books, List<Entry> journal, boolean commits) {
        if (commits) {
            journal.addAll(books.staging.entries());
            books.staging.commit();
        } else {
            books.staging.discard();
            if (journal.isEmpty()) {
                Books.ACCOUNTS.forEach(books.ledger::open); // they went with the first batch
            }
        }
    }

    private static void append(Books books, MemoryJournal journal, long epoch, int n) {
        var staging = books.staging;
        staging.record(BatchSealed.over(id(n), List.of()));
        var batch =
                new Batch(
                        id(n),
                        epoch,
                        staging.entries(),
                        List.of(),
                        staging.changes(),
                        List.of(),
                        true);
        assertThat(journal.append(batch)).isEqualTo(new Journal.Appended.Committed());
        staging.commit();
    }

    private static void thenConserved(Books books) {
        var ledger = books.ledger;
        for (var asset : ASSETS) {
            var sum = BigInteger.ZERO;
            for (var account : OPEN) {
                long free = ledger.balance(account, asset);
                long reserved = ledger.reserved(account, asset);
                sum = sum.add(BigInteger.valueOf(free)).add(BigInteger.valueOf(reserved));
                assertThat(free).matches(it -> it >= 0 || account.equals(ISSUANCE));
                assertThat(reserved).isEqualTo(sumOfHolds(books, account, asset));
            }
            assertThat(sum).isZero();
        }
    }

    private static long sumOfHolds(Books books, AccountId account, Asset asset) {
        return books.staging.contents().getOrDefault("hold", Map.of()).values().stream()
                .map(Hold.class::cast)
                .filter(hold -> hold.account().equals(account) && hold.asset().equals(asset))
                .mapToLong(Hold::remaining)
                .sum();
    }

    private static void thenBothHaveTheSame(Books books, NaiveLedger naive) {
        for (var account : ALL) {
            for (var asset : ASSETS) {
                assertThat(books.ledger.balance(account, asset))
                        .isEqualTo(naive.free(account, asset).longValueExact());
                assertThat(books.ledger.reserved(account, asset))
                        .isEqualTo(naive.reserved(account, asset).longValueExact());
            }
        }
        assertThat(books.snapshot().get("hold")).isEqualTo(naive.holds());
    }

    private static Optional<Rejected> rejection(Posting posting) {
        return switch (posting) {
            case Posted _ -> Optional.empty();
            case Rejected rejected -> Optional.of(rejected);
        };
    }

    private sealed interface Wish {

        Posting askOf(Ledger ledger);

        Optional<Rejected> askOf(NaiveLedger naive);

        record Reserve(UUID hold, AccountId account, Asset asset, long amount) implements Wish {

            @Override
            public Posting askOf(Ledger ledger) {
                return ledger.reserve(hold, account, asset, amount);
            }

            @Override
            public Optional<Rejected> askOf(NaiveLedger naive) {
                return naive.reserve(hold, account, asset, amount);
            }
        }

        record Settle(List<Step> steps) implements Wish {

            @Override
            public Posting askOf(Ledger ledger) {
                return ledger.settle(steps);
            }

            @Override
            public Optional<Rejected> askOf(NaiveLedger naive) {
                return naive.settle(steps);
            }
        }

        /// Transfers alone, which need no settlement.
        record Post(List<Transfer> linked) implements Wish {

            @Override
            public Posting askOf(Ledger ledger) {
                return ledger.post(linked);
            }

            @Override
            public Optional<Rejected> askOf(NaiveLedger naive) {
                return naive.settle(linked.stream().<Step>map(Step.Plain::new).toList());
            }
        }
    }

    private static Wish anyWish(RandomGenerator random, int n) {
        int steps = 1 + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 ->
                    new Wish.Reserve(
                            anyHold(random),
                            any(ALL, random),
                            any(ASSETS, random),
                            anyAmount(random));
            case 1 -> {
                var linked = new ArrayList<Transfer>();
                for (int i = 0; i < steps; i++) {
                    linked.add(anyTransfer(random, id(10L * n + i)));
                }
                yield new Wish.Post(List.copyOf(linked));
            }
            default -> {
                var settled = new ArrayList<Step>();
                for (int i = 0; i < steps; i++) {
                    settled.add(anyStep(random, id(10L * n + i)));
                }
                yield new Wish.Settle(List.copyOf(settled));
            }
        };
    }

    private static Step anyStep(RandomGenerator random, UUID id) {
        return switch (random.nextInt(4)) {
            case 0 -> new Step.Release(id, anyHold(random));
            case 1 ->
                    new Step.Capture(id, anyHold(random), any(ALL, random), 1 + random.nextInt(50));
            default -> new Step.Plain(anyTransfer(random, id));
        };
    }

    private static Transfer anyTransfer(RandomGenerator random, UUID id) {
        var debit = random.nextInt(3) == 0 ? ISSUANCE : any(ALL, random);
        var credit = any(ALL, random);
        while (credit.equals(debit)) {
            credit = any(ALL, random);
        }
        return new Transfer(id, debit, credit, any(ASSETS, random), anyAmount(random));
    }

    private static long anyAmount(RandomGenerator random) {
        return random.nextInt(30) == 0
                ? Long.MAX_VALUE - random.nextInt(3)
                : 1 + random.nextInt(100);
    }

    private static UUID anyHold(RandomGenerator random) {
        return id(500_000 + random.nextInt(8));
    }

    private static <T> T any(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
