package org.wattmark.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.Entry;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Merkle;
import org.wattmark.units.Bytes;

class RecentLeavesTest {

    private static final AccountOpened FACT =
            new AccountOpened(new Account(new AccountId("system:test"), Account.Kind.SOURCE));

    private final List<Entry> journal = new ArrayList<>();
    private final List<Long> read = new ArrayList<>();
    private final RecentLeaves leaves =
            new RecentLeaves(index -> {
                read.add(index);
                return hashes(journal.stream().skip(index).toList());
            });

    private static List<Hash> hashes(List<Entry> entries) {
        return entries.stream().map(it -> Merkle.leafHash(it.leaf())).toList();
    }

    private List<Entry> commit(long from, long to) {
        var entries =
                LongStream.range(from, to)
                        .mapToObj(n -> new Entry(n, 1, Instant.EPOCH, FACT, Bytes.EMPTY))
                        .toList();
        journal.addAll(entries);
        return entries;
    }

    @Test
    void whatFollowsIsGivenWithoutReading() {
        leaves.add(commit(0, 3));
        leaves.add(commit(3, 5));

        assertThat(leaves.from(0)).isEqualTo(hashes(journal));
        assertThat(read).isEmpty();
        assertThat(leaves.from(5)).isEmpty();
    }

    @Test
    void whatWasPublishedAlreadyIsPassedOver() {
        leaves.add(commit(0, 3));
        leaves.add(commit(3, 6));

        assertThat(leaves.from(4)).isEqualTo(hashes(journal.subList(4, 6)));
        assertThat(read).isEmpty();
    }

    @Test
    void aGapIsReadFromTheJournal() {
        commit(0, 3); // nobody told
        leaves.add(commit(3, 5));

        assertThat(leaves.from(0)).isEqualTo(hashes(journal));
        assertThat(leaves.from(5)).isEmpty();
        assertThat(read).containsExactly(0L, 5L);
    }

    @Test
    void afterASignalThatWasLostOnlyTheLatestCommitsAreAtHand() {
        leaves.add(commit(0, 3));
        commit(3, 5); // nobody told
        leaves.add(commit(5, 7));

        assertThat(leaves.from(0)).isEqualTo(hashes(journal));
        assertThat(read).containsExactly(0L);
    }

    @Test
    void moreThanItHoldsIsForgotten() {
        int half = RecentLeaves.MOST_ENTRIES / 2 + 1;
        leaves.add(commit(0, half));
        leaves.add(commit(half, 2L * half));

        assertThat(leaves.from(half)).hasSize(half);
        assertThat(read).isEmpty();
        assertThat(leaves.from(0)).hasSize(2 * half);
        assertThat(read).containsExactly(0L);
    }
}
