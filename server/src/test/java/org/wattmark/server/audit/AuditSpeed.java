package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
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
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.TestPostgres;

/// Fills a database with plain transfers through a sequencer, and says how many entries a second an
/// audit and a look of the conservation watch take. Not a test: run its `main` from the server's
/// folder with the number of transfers, 3,000,000 unless said otherwise.
final class AuditSpeed {

    private static final int ACCOUNTS = 1_000;
    private static final int UNDER_WAY = 24_000;
    private static final Asset UNITS = Asset.credits(new UUID(0, 1));

    private AuditSpeed() {}

    public static void main(String[] arguments) {
        long transfers = arguments.length == 0 ? 3_000_000 : Long.parseLong(arguments[0]);
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var database = TestPostgres.freshDatabase();
        var random = RandomGenerator.getDefault();
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(database.dataSource());
            pool.setMaximumPoolSize(3);
            var conservation = new Conservation(pool, random);
            timed(out, "first look", conservation);
            fill(pool, database, transfers, random, out);
            JdbcClient.create(pool).sql("analyze journal").update();
            timed(out, "look at all of them", conservation);
            for (int round = 1; round <= 3; round++) {
                audit(pool, out);
            }
        }
        System.exit(0);
    }

    private static void timed(PrintWriter out, String what, Conservation conservation) {
        long began = System.nanoTime();
        var wrong = conservation.look();
        out.printf("%s: %.2f s %s%n", what, (System.nanoTime() - began) / 1e9, wrong);
    }

    private static void audit(HikariDataSource pool, PrintWriter out) {
        var signed = new Audit.Signed(Optional.empty(), List.of(), List.of());
        var progress = new Progress(out, "entries", 0, false);
        long cpuBefore = cpuNanos();
        var report = AuditCommand.of(pool, signed, Optional.empty(), progress).run();
        progress.end(report.entries());
        double cpu = (cpuNanos() - cpuBefore) / 1e9;
        out.printf("%.1f s of CPU in this process: %,.0f a second%n", cpu, report.entries() / cpu);
        var runtime = Runtime.getRuntime();
        out.printf(
                "clean: %s, heap %d MB%n",
                report.isClean(), (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        assertThat(report.discrepancies()).isEmpty();
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /// Plain transfers of one asset between a thousand accounts.
    static void fill(
            DataSource pool,
            Database database,
            long transfers,
            RandomGenerator random,
            PrintWriter out) {
        var staging = new Staging(() -> new byte[32]);
        var ledger = new Ledger(staging);
        var outcomes = new OutcomeCodec(Stream.of(Posting.class, OpenAccounts.Opened.class));
        var journal = new JdbcJournal(pool, outcomes, Books.tables());
        var accounts =
                IntStream.range(0, ACCOUNTS)
                        .mapToObj(i -> AccountId.holder(new UUID(i, i)))
                        .toList();
        var source = AccountId.system("issuance");
        var progress = new Progress(out, "transfers into " + database, transfers, false);
        try (var sequencer =
                Sequencer.on(journal, staging, InstantSource.system())
                        .batchIds(UUID::randomUUID)
                        .outcomeEncoder(outcomes::encode)
                        .handle(OpenAccounts.class, ledger::open)
                        .handle(PostTransfer.class, ledger::post)
                        .start()) {
            sequencer.apply(OpenAccounts.of(new Account(source, Account.Kind.SOURCE)));
            for (var id : accounts) {
                sequencer.apply(OpenAccounts.of(new Account(id, Account.Kind.HOLDER)));
            }
            var underWay = new ArrayDeque<CompletableFuture<Posting>>();
            for (long i = 0; i < transfers; i++) {
                var from = i < ACCOUNTS ? source : accounts.get(random.nextInt(ACCOUNTS));
                var to = accounts.get((int) (i < ACCOUNTS ? i : random.nextInt(ACCOUNTS)));
                if (from.equals(to)) {
                    continue;
                }
                long amount = i < ACCOUNTS ? 1L << 40 : 1 + random.nextInt(1_000);
                var id = new UUID((random.nextLong() & ~0xF000L) | 0x4000L, random.nextLong());
                var transfer = new Transfer(id, from, to, UNITS, amount);
                underWay.add(sequencer.submit(PostTransfer.plain(transfer)));
                if (underWay.size() >= UNDER_WAY) {
                    assertThat(underWay.remove().join()).isInstanceOf(Posting.Posted.class);
                }
                progress.accept(i);
            }
            underWay.forEach(CompletableFuture::join);
            progress.end(transfers);
        }
    }
}
