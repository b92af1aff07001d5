package org.wattmark.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Journal;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;

/// What accounts take of the server's memory, where all of them are at hand.
final class MemoryMeasurements {

    private static final int ACCOUNTS = 250_000;
    private static final int GROUP = 2_000;

    private static final Asset ASSET = Asset.credits(new UUID(0, 1));
    private static final AccountId SOURCE = AccountId.system("issuance");

    private final Report report;

    MemoryMeasurements(Report report) {
        this.report = report;
    }

    /// Opens as many accounts twice: the first time fills what is of one size for any number.
    void run() {
        var staging = new Staging(() -> new byte[32]);
        var ledger = new Ledger(staging);
        try (var sequencer =
                Sequencer.on(new Nowhere(), staging, InstantSource.system())
                        .handle(OpenAccounts.class, ledger::open)
                        .handle(PostTransfer.class, ledger::post)
                        .start()) {
            sequencer.apply(OpenAccounts.of(new Account(SOURCE, Account.Kind.SOURCE)));
            open(sequencer, 0);
            long before = heap();
            open(sequencer, ACCOUNTS);
            report.note(
                    String.format(
                            Locale.ROOT,
                            "Memory: %,d bytes of the server's heap for each account that holds one"
                                    + " asset.",
                            (heap() - before) / ACCOUNTS));
        }
    }

    private static void open(Sequencer sequencer, long first) {
        for (long from = first; from < first + ACCOUNTS; from += GROUP) {
            var holders =
                    LongStream.range(from, from + GROUP)
                            .mapToObj(i -> AccountId.holder(new UUID(1, i)))
                            .toList();
            var opened =
                    holders.stream()
                            .map(id -> new Account(id, Account.Kind.HOLDER))
                            .toArray(Account[]::new);
            sequencer.apply(OpenAccounts.of(opened));
            var transfers = new ArrayList<PostTransfer>();
            for (var holder : holders) {
                var id = TimeOrderedId.next();
                transfers.add(PostTransfer.plain(new Transfer(id, SOURCE, holder, ASSET, 1)));
            }
            sequencer.submitAll("one", transfers).forEach(Sequencer::await);
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Keeps nothing.
    private static final class Nowhere implements Journal {

        @Override
        public long lead() {
            return 1;
        }

        @Override
        public OptionalLong leadIfFree() {
            return OptionalLong.of(1);
        }

        @Override
        public boolean renew(long epoch) {
            return true;
        }

        @Override
        public void resign(long epoch) {}

        @Override
        public Loaded load() {
            return new Loaded(0, Map.of());
        }

        @Override
        public Map<UUID, Decided> decided(Collection<UUID> ids) {
            return Map.of();
        }

        @Override
        public Appended append(Batch batch) {
            return new Appended.Committed();
        }

        @Override
        public boolean isCommitted(UUID batch) {
            return true;
        }
    }
}
