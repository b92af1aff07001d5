package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Sequencer.Quarantined;
import org.wattmark.ledger.Sequencer.Unavailable;
import org.wattmark.testing.Seeded;

/// What holds for every sequencer over every journal, however the store fails.
///
/// Each seed is one small world: 200 payments among three accounts, many of them too large, whose
/// clients ask until they know, and a store in which each third append fails in some way. A leader
/// that is fenced off is followed by the next.
class SequencerPropertiesTest {

    private static final int PAYMENTS = 200;

    @Seeded(worlds = 10)
    void everyEffectIsThereOnceWhateverTheStoreDoes(RandomGenerator random) throws Exception {
        var store = Desk.journalWithFunds();
        var world = new World(store, random);

        var told = world.untilAllIsKnown();

        Audit.of(store, told);
        assertThat(told).hasSize(PAYMENTS);
        assertThat(balances(store)).isEqualTo(expected(told));
    }

    private static Map<AccountId, Long> expected(Map<Pay, Posting> told) {
        var sums = new HashMap<>(Map.of(ALICE, 1_000L, BOB, 0L, RETIRED, 0L));
        told.forEach((pay, posting) -> {
            if (posting instanceof Posted) {
                sums.merge(pay.from(), -pay.amount(), Long::sum);
                sums.merge(pay.to(), pay.amount(), Long::sum);
            }
        });
        return sums;
    }

    private static Map<AccountId, Long> balances(Journal store) {
        var balances = new HashMap<AccountId, Long>();
        for (var account : List.of(ALICE, BOB, RETIRED)) {
            var balance = Books.rows(store.load(), "balance").get(new BalanceKey(account, BLOCK));
            balances.put(account, balance == null ? 0L : (Long) balance);
        }
        return balances;
    }

    /// The clients, and the leader of the day.
    private static final class World {

        private final RandomGenerator random;
        private final GatedJournal journal;
        private final List<Pay> unknown;
        private final Map<Pay, Posting> told = new LinkedHashMap<>();
        private Desk desk;
        private boolean fenced;

        World(Journal store, RandomGenerator random) {
            this.random = random;
            this.journal = new GatedJournal(FaultyJournal.seeded(store, random.nextLong()));
            this.unknown =
                    new ArrayList<>(
                            IntStream.range(0, PAYMENTS).mapToObj(this::anyPayment).toList());
            this.desk = Desk.on(journal);
        }

        Map<Pay, Posting> untilAllIsKnown() throws Exception {
            while (!unknown.isEmpty()) {
                ask(someOf(unknown));
            }
            desk.close();
            return told;
        }

        /// Some that nobody knows of yet, some of them twice, and some that are known already.
        private List<Pay> someOf(List<Pay> waiting) {
            var wave = new ArrayList<Pay>();
            var known = new ArrayList<>(told.keySet());
            for (int i = 0; i < 20; i++) {
                wave.add(waiting.get(random.nextInt(Math.min(15, waiting.size()))));
                if (!known.isEmpty() && random.nextInt(5) == 0) {
                    wave.add(known.get(random.nextInt(known.size())));
                }
            }
            return wave;
        }

        private void ask(List<Pay> wave) throws Exception {
            var answers = desk.submitTogether(journal, wave);
            for (int i = 0; i < wave.size(); i++) {
                hear(wave.get(i), answers.get(i));
            }
            if (fenced) {
                desk.close();
                desk = Desk.on(journal);
                fenced = false;
            }
        }

        private void hear(Pay pay, CompletableFuture<Posting> answer) throws Exception {
            try {
                var posting = answer.get(10, TimeUnit.SECONDS);
                var before = told.putIfAbsent(pay, posting);
                if (before != null) {
                    assertThat(posting).isEqualTo(before);
                }
                unknown.remove(pay);
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfAny(Unavailable.class, Quarantined.class);
                fenced |= e.getCause() instanceof Unavailable;
            }
        }

        private Pay anyPayment(int n) {
            var from = random.nextBoolean() ? ALICE : BOB;
            var to = random.nextInt(10) == 0 ? RETIRED : from.equals(ALICE) ? BOB : ALICE;
            return new Pay(id(n), from, to, BLOCK, 1 + random.nextInt(700));
        }
    }
}
