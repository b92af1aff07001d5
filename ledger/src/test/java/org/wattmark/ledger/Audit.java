package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.ledger.Posting.Posted;

/// Judges a journal by what the clients were told.
final class Audit {

    private final MemoryJournal journal;
    private final List<Entry> entries;

    private Audit(MemoryJournal journal) {
        this.journal = journal;
        this.entries = journal.entries();
    }

    /// Each payment that was acknowledged took place once, each refused one never; the journal has
    /// no gap, and its balances are what its facts add up to.
    static void of(MemoryJournal journal, Map<Pay, Posting> told) {
        var audit = new Audit(journal);
        audit.journalHasNoGap();
        audit.everyEffectIsThereOnce(told);
        audit.answersAreKept(told);
        audit.factsAddUp();
        audit.nothingIsMadeOrLost();
    }

    private void journalHasNoGap() {
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).sequence()).isEqualTo(i);
        }
        assertThat(journal.load().nextSequence()).isEqualTo(entries.size());
    }

    private void everyEffectIsThereOnce(Map<Pay, Posting> told) {
        var times = new HashMap<UUID, Integer>();
        for (var entry : entries) {
            if (entry.fact() instanceof TransferPosted posted) {
                times.merge(posted.transfer().id(), 1, Integer::sum);
            }
        }
        assertThat(times.values()).as("times that a transfer is posted").allMatch(n -> n == 1);
        told.forEach((pay, posting) -> {
            assertThat(times.containsKey(pay.transfer().id()))
                    .as("%s took place, answered %s", pay, posting)
                    .isEqualTo(posting instanceof Posted);
            if (posting instanceof Posted(var receipts, var _)) {
                var receipt = receipts.getFirst();
                assertThat(entries.get((int) receipt.sequence()).receipt()).isEqualTo(receipt);
            }
        });
    }

    private void answersAreKept(Map<Pay, Posting> told) {
        var kept = journal.decided(told.keySet().stream().map(Pay::id).toList());
        told.forEach((pay, posting) ->
                assertThat(kept.get(pay.id()))
                        .as("what is kept of %s", pay)
                        .isNotNull()
                        .extracting(Decided::outcome)
                        .isEqualTo(posting));
    }

    private void factsAddUp() {
        var loaded = journal.load();
        Books.replayed(entries)
                .staging
                .contents()
                .forEach((name, rows) ->
                        assertThat(Books.rows(loaded, name)).as(name).isEqualTo(rows));
    }

    private void nothingIsMadeOrLost() {
        var sums = new HashMap<Asset, Long>();
        Books.rows(journal.load(), "balance")
                .forEach((key, balance) ->
                        sums.merge(((BalanceKey) key).asset(), (Long) balance, Long::sum));
        assertThat(sums.values()).allMatch(sum -> sum == 0);
    }
}
