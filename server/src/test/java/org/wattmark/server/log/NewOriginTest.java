package org.wattmark.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.Server;
import org.wattmark.server.audit.AuditCommand;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.OfflineVerifier;
import org.wattmark.tlog.TlogProof;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.units.Canonical;
import picocli.CommandLine;

/// A database comes back from a backup that is older than what was signed.
class NewOriginTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OLD = TestLogKeyConfiguration.ORIGIN;
    private static final String NEW = OLD + "/2";

    @TempDir private Path data = Path.of("");

    private final Database database = TestPostgres.freshDatabase();

    private ConfigurableApplicationContext serve(Database on) {
        var settings = new ServerSettings(data, URI.create("http://wattmark.test"));
        return Server.start(OpenDatabase.at(on), settings, 0, _ -> {});
    }

    /// Returns the sequence of the last entry.
    private static long commit(ConfigurableApplicationContext server) {
        var account = new Account(AccountId.holder(UUID.randomUUID()), Account.Kind.HOLDER);
        server.getBean(Sequencer.class).apply(OpenAccounts.of(account));
        return server.getBean(JdbcClient.class)
                .sql("select max(sequence) from journal")
                .query(Long.class)
                .single();
    }

    private static TlogProof proof(ConfigurableApplicationContext server, long sequence) {
        assertThat(server.getBean(Publisher.class).awaitCovering(sequence, PATIENCE)).isTrue();
        return server.getBean(PublishedLog.class).proof(sequence).orElseThrow();
    }

    private static byte[] leaf(ConfigurableApplicationContext server, long sequence) {
        return server.getBean(JournalLeaves.class).contents(sequence, 1).getFirst();
    }

    private static Verdict verdict(byte[] leaf, TlogProof proof, VerifierKey key) {
        return new OfflineVerifier(Trust.parse(Trust.pinning(key))).verify(leaf, proof);
    }

    private Database backup() throws SQLException {
        var name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
        var superuser = TestPostgres.cluster().asSuperuser("postgres");
        try (var connection = superuser.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + "_backup template " + name);
        }
        return TestPostgres.cluster().asSuperuser(name + "_backup");
    }

    private static String run(Object command, String... arguments) {
        var said = new StringWriter();
        new CommandLine(command)
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    said.write(String.valueOf(failure.getMessage()));
                    return 1;
                })
                .execute(arguments);
        return said.toString();
    }

    @Test
    void aLogWhoseEndIsLostHasASuccessorThatSaysSo() throws Exception {
        Database backup;
        byte[] early;
        TlogProof earlyProof;
        VerifierKey oldKey;
        long kept;
        LogKey.make(data.resolve("keys"), OLD);
        KeyFile.addSuccessor(LogKey.fileIn(data.resolve("keys"))); // two keys sign at first
        try (var server = serve(database)) {
            kept = commit(server);
            earlyProof = proof(server, kept);
            early = leaf(server, kept);
            oldKey = LogKey.require(data.resolve("keys"));
        }
        backup = backup();
        var retired = KeyFile.retireOldest(LogKey.fileIn(data.resolve("keys")));
        assertThat(verdict(early, earlyProof, retired)).isInstanceOf(Verdict.Logged.class);
        try (var server = serve(database)) {
            proof(server, commit(server));
        }

        try (var server = serve(backup)) {
            assertThat(server.getBean(Publisher.class).complaint().orElseThrow())
                    .contains("the journal lost its tail");
        }
        assertThat(
                        run(
                                new LogCommand(),
                                "new-origin",
                                "--origin",
                                OLD,
                                "--reason",
                                "a restore",
                                "--data",
                                data.toString()))
                .contains("a name of its own");
        var begun =
                run(
                        new LogCommand(),
                        "new-origin",
                        "--origin",
                        NEW,
                        "--reason",
                        "The disk was lost; restored from the night before.",
                        "--data",
                        data.toString());

        assertThat(begun).contains("succeeded    " + OLD).contains(NEW + "+");
        try (var server = serve(backup)) {
            var newKey = LogKey.require(data.resolve("keys"));
            var statement = statement(server, kept + 1);
            assertThat(statement.former()).isEqualTo(OLD);
            assertThat(statement.formerKeys()).containsExactly(oldKey.toString());
            assertThat(statement.lastCheckpoint()).startsWith(OLD + "\n");
            assertThat(statement.reason()).startsWith("The disk was lost");

            var again = proof(server, kept);
            assertThat(again.checkpoint().checkpoint().origin()).isEqualTo(NEW);
            assertThat(again.checkpoint().checkpoint().size()).isGreaterThan(kept + 1);
            assertThat(verdict(early, again, newKey)).isInstanceOf(Verdict.Logged.class);
            assertThat(verdict(early, earlyProof, oldKey)).isInstanceOf(Verdict.Logged.class);
            assertThat(verdict(early, earlyProof, newKey)).isInstanceOf(Verdict.UnknownLog.class);
            var later = commit(server);
            assertThat(verdict(leaf(server, later), proof(server, later), newKey))
                    .isInstanceOf(Verdict.Logged.class);
        }
        assertThat(audit(backup)).contains("OK: everything agrees");
    }

    private static NewOrigin statement(ConfigurableApplicationContext server, long sequence)
            throws Canonical.Malformed {
        var published = Entry.Published.of(leaf(server, sequence)).content();
        return NewOrigin.of(published.toByteArray());
    }

    private String audit(Database on) {
        var who =
                URLEncoder.encode(on.user(), UTF_8) + ":" + URLEncoder.encode(on.password(), UTF_8);
        var url = on.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + who + "@");
        return run(new AuditCommand(), "--data", data.toString(), "--database-url", url);
    }
}
