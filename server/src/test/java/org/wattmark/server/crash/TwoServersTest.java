package org.wattmark.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import org.wattmark.server.audit.AuditCommand;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.server.settings.ServerSettings;
import picocli.CommandLine;

/// Two servers on one database: one leads, the other takes over when it is killed or frozen, and
/// clients who keep asking lose nothing.
///
/// `-Dfailover.frozen=30` freezes the leader for longer than the suite does.
class TwoServersTest {

    private static final int FROZEN_SECONDS = Integer.getInteger("failover.frozen", 10);

    /// The goal is five seconds on a quiet machine; the rest is for a busy one.
    private static final Duration BOUND = Duration.ofSeconds(20);

    /// So many acknowledgements in a row show that the new leader is no flash in the pan.
    private static final int SOME = 100;

    private static final String EPOCHS_BACK_AND_FORTH =
            """
            select count(*) from (
                select epoch, lag(epoch) over (order by first_sequence) as before from batch
            ) as batches
            where epoch < before
            """;

    @Test
    void theOtherTakesOverFromAKilledAndFromAFrozenLeader() throws Exception {
        try (var pair = Pair.begin()) {
            pair.acknowledged(SOME);
            assertThat(pair.second.standsBy()).as(pair.second.lastWords()).isTrue();

            var afterKill = pair.takeover(pair.first::kill);
            pair.first.start();
            pair.first.await("stands by", pair.first::standsBy);
            pair.acknowledged(SOME);

            long frozenAt = System.nanoTime();
            var afterFreeze = pair.takeover(pair.second::freeze);
            while (System.nanoTime() - frozenAt < Duration.ofSeconds(FROZEN_SECONDS).toNanos()) {
                pair.acknowledged(1);
            }
            pair.second.wake();
            pair.second.await("is back and stands by", pair.second::standsBy);
            assertThat(pair.first.leads()).isTrue();
            pair.acknowledged(SOME);

            var afterStop = pair.takeover(pair.first::stop);
            pair.acknowledged(SOME);
            assertThat(pair.second.leads()).isTrue();

            pair.thenNothingIsLost();
            System.out.printf(
                    "two servers: %d acknowledged retirements, 0 lost, 0 twice; from the end of"
                            + " the leader to the next acknowledgement, in ms: killed %d, frozen"
                            + " %d, stopped %d (goal: 5000); clients heard %s%n",
                    pair.survivors.size(),
                    afterKill.toMillis(),
                    afterFreeze.toMillis(),
                    afterStop.toMillis(),
                    pair.retirers.troubles());
            assertThat(List.of(afterKill, afterFreeze, afterStop))
                    .allMatch(it -> it.compareTo(BOUND) < 0);
        }
    }

    /// Something that ends a leader.
    private interface End {
        void of() throws IOException, InterruptedException;
    }

    private record Pair(
            Path data,
            Database database,
            Peer first,
            Peer second,
            Retirers retirers,
            Survivors survivors)
            implements AutoCloseable {

        static Pair begin() throws IOException {
            var folder = Path.of("target", "failover-" + ProcessHandle.current().pid());
            FileSystemUtils.deleteRecursively(folder);
            var data = folder.resolve("data").toAbsolutePath();
            var database = TestPostgres.freshDatabase();
            var issuer = URI.create("http://wattmark.test");
            var holder = Holder.in(OpenDatabase.at(database), new ServerSettings(data, issuer));
            var first = new Peer(data, database, issuer, Victim.freePort(1));
            var second = new Peer(data, database, issuer, Victim.freePort(2));
            first.start();
            second.start();
            var retirers =
                    new Retirers(
                            List.of(first.url(), second.url()),
                            Retirers.IMPATIENCE,
                            holder.block(),
                            holder.machine());
            retirers.start();
            var pair =
                    new Pair(
                            data, database, first, second, retirers, new Survivors(holder.block()));
            Runtime.getRuntime().addShutdownHook(new Thread(pair::close));
            return pair;
        }

        void acknowledged(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                awaitAcknowledgement();
            }
        }

        /// @return from the leader's end to the first answer to a request that was sent after it
        Duration takeover(End end) throws IOException, InterruptedException {
            long endedAt = System.nanoTime();
            end.of();
            while (awaitAcknowledgement().askedAt() < endedAt) {
                // It was asked before.
            }
            return Duration.ofNanos(System.nanoTime() - endedAt);
        }

        private Retirers.Acknowledged awaitAcknowledgement() throws InterruptedException {
            for (int seconds = 0; seconds < 60; seconds++) {
                var next = retirers.next();
                if (next != null) {
                    survivors.add(next);
                    return next;
                }
            }
            throw new AssertionError(
                    "nobody is answered any more\n" + first.lastWords() + second.lastWords());
        }

        void thenNothingIsLost() throws InterruptedException {
            var verdict =
                    retirers.whileQuiet(() -> {
                        retirers.arrived().forEach(survivors::add);
                        return survivors.checkAll(database, retirers::sendAgain);
                    });
            assertThat(retirers.surprises())
                    .as(() -> first.lastWords() + second.lastWords())
                    .isEmpty();
            assertThat(verdict).isEqualTo(Survivors.Verdict.CLEAN);
            var jdbc = JdbcClient.create(database.dataSource());
            assertThat(jdbc.sql(EPOCHS_BACK_AND_FORTH).query(Long.class).single()).isZero();
            assertThat(first.lastWords() + second.lastWords()).doesNotContain("ALARM");
            second.stop();
            var url = database.jdbcUrl().substring("jdbc:".length());
            var audit = new CommandLine(new AuditCommand());
            assertThat(
                            audit.execute(
                                    "--data",
                                    data.toString(),
                                    "--database-url",
                                    url.replace(
                                            "://",
                                            "://"
                                                    + database.user()
                                                    + ":"
                                                    + database.password()
                                                    + "@")))
                    .isZero();
        }

        @Override
        public void close() {
            retirers.close();
            first.close();
            second.close();
        }
    }
}
