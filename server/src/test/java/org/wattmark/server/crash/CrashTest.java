package org.wattmark.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wattmark.server.audit.AuditCommand;
import org.wattmark.server.postgres.Database;
import picocli.CommandLine;

/// Acknowledged means durable: whatever is killed, and whenever.
///
/// `-Dcrash.cycles=200` kills more often than the suite does.
class CrashTest {

    private static final int CYCLES = Integer.getInteger("crash.cycles", 20);

    /// Acknowledgements between two kills, so that each kill comes in the middle of others.
    private static final int FEWEST = 20;

    private static final int MOST = 120;

    /// With these PostgreSQL forgets what it has acknowledged up to ten seconds before it is
    /// killed. The trigger is there because the server looks at the settings as it starts.
    private static final List<String> FORGETFUL =
            List.of(
                    "set role none",
                    "alter system set wal_writer_delay = '10s'",
                    "select pg_reload_conf()",
                    """
                    create function forget() returns trigger language plpgsql as
                    $$ begin
                        perform set_config('synchronous_commit', 'off', true);
                        return new;
                    end $$
                    """,
                    """
                    create trigger forget before insert on batch
                    for each row execute function forget()
                    """,
                    """
                    create trigger forget before insert or update on checkpoint
                    for each row execute function forget()
                    """);

    /// A gram that nobody has issued, in every holder's hands.
    private static final List<String> FORGED =
            List.of(
                    "set role none",
                    """
                    update balance set amount = amount + 1 from account
                    where account.number = balance.account and account.id like 'holder:%'
                    """);

    private static final Survivors.Verdict CLEAN = Survivors.Verdict.CLEAN;

    private enum Target {
        SERVER,
        POSTGRES,
        BOTH
    }

    /// What is killed, in turn. PostgreSQL comes twice, because it is back soonest.
    private static final List<Target> TARGETS =
            List.of(Target.SERVER, Target.POSTGRES, Target.BOTH, Target.POSTGRES);

    @Test
    void losesNoAcknowledgedRetirementHoweverOftenServerAndPostgresAreKilled() throws Exception {
        try (var load = Load.begin("load")) {
            var random = new Random(1);
            var recoveries = new ArrayList<Duration>();

            for (int cycle = 0; cycle < CYCLES; cycle++) {
                var target = TARGETS.get(cycle % TARGETS.size());
                load.awaitAcknowledgements(FEWEST + random.nextInt(MOST - FEWEST));
                recoveries.add(load.killAndAwaitRecovery(target));

                assertThat(load.retirers.surprises()).as(load.victim.lastWords()).isEmpty();
                assertThat(load.check(random)).as("after %s", target).isEqualTo(CLEAN);
            }

            assertThat(load.checkAll()).isEqualTo(CLEAN);
            load.victim.stop();
            assertThat(auditOf(load)).isZero();
            print(load, recoveries);
            load.victim.remove();
        }
    }

    /// The positive control: the same load, the same kill and the same check.
    @Test
    void findsTheLossWhenPostgresAcknowledgesBeforeItHasFlushed() throws Exception {
        try (var load = Load.begin("control")) {
            execute(FORGETFUL, load.victim.database());

            var verdict = CLEAN;
            for (int kills = 0; verdict.lost().isEmpty() && kills < 10; kills++) {
                load.awaitAcknowledgements(MOST);
                load.victim.killPostgres();
                verdict = load.check(new Random(kills));
            }
            execute(FORGED, load.victim.database());
            var forged = load.check(new Random(1));

            assertThat(verdict.lost()).isNotEmpty();
            assertThat(verdict.books()).as("a tail forgotten whole leaves none wrong").isEmpty();
            assertThat(forged.books()).isNotEmpty();
            System.out.printf(
                    "control: of %d acknowledged retirements %d were forgotten, and found%n",
                    load.survivors.size(), verdict.lost().size());
            load.victim.remove();
        }
    }

    private static void execute(List<String> statements, Database database) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    /// The exit code of `wattmark audit`, which starts PostgreSQL on the folder by itself.
    private static int auditOf(Load load) {
        return new CommandLine(new AuditCommand()).execute("--data", "" + load.victim.data());
    }

    private static void print(Load load, List<Duration> recoveries) {
        var sorted = recoveries.stream().sorted().toList();
        System.out.printf(
                "crash: %d kills, %d acknowledged retirements, 0 lost; clients heard %s%n"
                        + "from a kill to the next acknowledgement, in ms: median %d, p95 %d,"
                        + " longest %d (goal: p95 10000) %s%n",
                sorted.size(),
                load.survivors.size(),
                load.retirers.troubles(),
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get((sorted.size() * 95 - 1) / 100).toMillis(),
                sorted.getLast().toMillis(),
                recoveries.stream().map(Duration::toMillis).toList());
    }

    /// A server that is being killed, clients who write to it, and the list of what they were told.
    private record Load(Victim victim, Retirers retirers, Survivors survivors)
            implements AutoCloseable {

        static Load begin(String name) throws IOException {
            var victim = Victim.withHolder(name);
            var block = victim.holder().block();
            var retirers =
                    new Retirers(
                            List.of(victim.url()),
                            Retirers.PATIENCE,
                            block,
                            victim.holder().machine());
            retirers.start();
            return new Load(victim, retirers, new Survivors(block));
        }

        void awaitAcknowledgements(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                awaitAcknowledgement();
            }
        }

        /// @return from the kill to the first answer to a request that was sent after it
        Duration killAndAwaitRecovery(Target target) throws IOException, InterruptedException {
            long killedAt = System.nanoTime();
            switch (target) {
                case SERVER -> victim.killServer();
                case POSTGRES -> victim.killPostgres();
                case BOTH -> victim.killBoth();
            }
            long recoveringSince = System.nanoTime();
            if (!victim.isAlive()) {
                victim.serveAgain();
            }
            while (awaitAcknowledgement().askedAt() < recoveringSince) {
                // It was asked before the kill.
            }
            return Duration.ofNanos(System.nanoTime() - killedAt);
        }

        private Retirers.Acknowledged awaitAcknowledgement() throws InterruptedException {
            for (int seconds = 0; seconds < 180; seconds++) {
                var next = retirers.next();
                if (next != null) {
                    survivors.add(next);
                    return next;
                }
                assertThat(retirers.surprises()).as(victim.lastWords()).isEmpty();
                assertThat(victim.isAlive()).as(victim.lastWords()).isTrue();
            }
            throw new AssertionError("nobody is answered any more\n" + victim.lastWords());
        }

        Survivors.Verdict check(Random random) throws InterruptedException {
            return retirers.whileQuiet(() -> {
                retirers.arrived().forEach(survivors::add);
                return survivors.checkFresh(victim.database(), retirers::sendAgain, random);
            });
        }

        Survivors.Verdict checkAll() throws InterruptedException {
            return retirers.whileQuiet(() -> {
                retirers.arrived().forEach(survivors::add);
                return survivors.checkAll(victim.database(), retirers::sendAgain);
            });
        }

        @Override
        public void close() {
            retirers.close();
            victim.close();
        }
    }
}
