package org.wattmark.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;

/// Our side: transfers as commands to the sequencer, over the journal in PostgreSQL, with balances,
/// answers and the journal's leaves in the same transaction.
final class SequencedBooks implements AutoCloseable {

    /// Commands under way at once when the sequencer is to have as much to do as it can take.
    static final int FULL = Sequencer.MAX_BATCH;

    private static final Asset ASSET = Asset.credits(new UUID(0, 1));
    private static final List<AccountId> ACCOUNTS =
            IntStream.range(0, 1_000).mapToObj(i -> AccountId.holder(new UUID(0, i))).toList();
    private static final Account SOURCE =
            new Account(AccountId.system("issuance"), Account.Kind.SOURCE);

    private final HikariDataSource pool = new HikariDataSource();
    private final Sequencer sequencer;
    private long posted;

    SequencedBooks(DataSource dataSource) {
        pool.setDataSource(dataSource);
        sequencer = start(pool);
        var accounts = new ArrayList<Account>(List.of(SOURCE));
        ACCOUNTS.forEach(id -> accounts.add(new Account(id, Account.Kind.HOLDER)));
        sequencer.apply(OpenAccounts.of(accounts.toArray(Account[]::new)));
        for (var account : ACCOUNTS) {
            sequencer.apply(pay(SOURCE.id(), account, 1_000_000_000L));
        }
    }

    private static Sequencer start(DataSource pool) {
        var staging = new Staging(() -> new byte[32]);
        var ledger = new Ledger(staging);
        var outcomes = new OutcomeCodec(Stream.of(Posting.class, OpenAccounts.Opened.class));
        return Sequencer.on(
                        new JdbcJournal(pool, outcomes, List.of()), staging, InstantSource.system())
                .outcomeEncoder(outcomes::encode)
                .handle(OpenAccounts.class, ledger::open)
                .handle(PostTransfer.class, ledger::post)
                .start();
    }

    /// How long it takes from nothing in memory to the first decision, on what the journal has.
    static Duration restart(DataSource dataSource) {
        long start = System.nanoTime();
        try (var sequencer = start(dataSource)) {
            sequencer.apply(OpenAccounts.of(new Account(SOURCE.id(), Account.Kind.SOURCE)));
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    static List<String> accounts() {
        return ACCOUNTS.stream().map(AccountId::value).toList();
    }

    static String asset() {
        return ASSET.code();
    }

    /// Transfers so far.
    long posted() {
        return posted;
    }

    /// Keeps so many commands under way for this long.
    Measurement run(Duration length, int underWay) throws InterruptedException {
        var latencies = new Latencies();
        var places = new Semaphore(underWay);
        long start = System.nanoTime();
        long end = start + length.toNanos();
        while (System.nanoTime() < end) {
            places.acquire();
            long began = System.nanoTime();
            // What came of it is told below, so the future itself is not needed.
            var _ =
                    sequencer
                            .submit(anyPayment())
                            .whenComplete((posting, failure) -> {
                                if (posting instanceof Posting.Posted) {
                                    latencies.add(System.nanoTime() - began);
                                }
                                places.release();
                            });
        }
        places.acquire(underWay);
        posted += latencies.count();
        return new Measurement(
                "sequencer, " + underWay + " under way",
                latencies.count(),
                Duration.ofNanos(System.nanoTime() - start),
                latencies.all());
    }

    private static PostTransfer anyPayment() {
        var random = ThreadLocalRandom.current();
        int from = random.nextInt(ACCOUNTS.size());
        int to = (from + 1 + random.nextInt(ACCOUNTS.size() - 1)) % ACCOUNTS.size();
        return pay(ACCOUNTS.get(from), ACCOUNTS.get(to), 1);
    }

    private static PostTransfer pay(AccountId from, AccountId to, long amount) {
        return PostTransfer.plain(new Transfer(TimeOrderedId.next(), from, to, ASSET, amount));
    }

    /// Whether what the holders have is what the source has given.
    boolean isConserved() {
        return JdbcClient.create(pool)
                        .sql("select coalesce(sum(amount), 0) from balance_now")
                        .query(Long.class)
                        .single()
                == 0;
    }

    @Override
    public void close() {
        sequencer.close();
        pool.close();
    }
}
