package org.wattmark.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Transfer;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.postgres.TestPostgres;

/// How long the way there and back takes: `-Dbackup.entries=1000000` measures what is promised, a
/// million entries in three minutes.
class BackupOfManyTest {

    private static final Logger LOG = LoggerFactory.getLogger(BackupOfManyTest.class);

    private static final int ENTRIES = Integer.getInteger("backup.entries", 20_000);

    /// The promise, for a million.
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @TempDir private Path folder = Path.of("");

    @Test
    void manyEntriesComeBackInTime() {
        var original = Installation.withKey(folder.resolve("data"), TestPostgres.freshDatabase());
        fill(original);

        long start = System.nanoTime();
        var backup = folder.resolve("backup");
        new Backup(original.database(), original.data(), InstantSource.system(), LOG::info)
                .to(backup, false);
        var backedUp = Duration.ofNanos(System.nanoTime() - start);
        var copy = new Installation(folder.resolve("elsewhere"), TestPostgres.emptyDatabase());
        Restore.from(backup, LOG::info).into(copy.database(), copy.data());
        var restored = Duration.ofNanos(System.nanoTime() - start);
        var audit = copy.audit();
        var audited = Duration.ofNanos(System.nanoTime() - start);

        LOG.info(
                "{} entries: backup {} s, restored after {} s, audited after {} s",
                original.entries(),
                backedUp.toMillis() / 1000.0,
                restored.toMillis() / 1000.0,
                audited.toMillis() / 1000.0);
        assertThat(copy.entries()).isEqualTo(original.entries()).isGreaterThan(ENTRIES);
        assertThat(audit.said()).contains("OK: everything agrees");
        assertThat(restored).isLessThan(LONGEST);
    }

    private static void fill(Installation original) {
        try (var server = original.serve()) {
            var sequencer = server.getBean(Sequencer.class);
            var from = new Account(AccountId.system("simulated"), Account.Kind.SOURCE);
            var to = new Account(AccountId.holder(UUID.randomUUID()), Account.Kind.HOLDER);
            sequencer.apply(OpenAccounts.of(from, to));
            var asset = Asset.credits(UUID.randomUUID());
            for (int done = 0; done < ENTRIES; done += Sequencer.MAX_BATCH) {
                var answers = new ArrayList<CompletableFuture<Posting>>();
                for (int i = 0; i < Sequencer.MAX_BATCH; i++) {
                    var transfer = new Transfer(UUID.randomUUID(), from.id(), to.id(), asset, 1);
                    answers.add(sequencer.submit(PostTransfer.plain(transfer)));
                }
                answers.forEach(Sequencer::await);
            }
            assertThat(
                            server.getBean(Publisher.class)
                                    .awaitCovering(original.entries() - 1, Duration.ofMinutes(3)))
                    .isTrue();
        }
    }
}
