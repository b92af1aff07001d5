package org.wattmark.server.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.Server;
import org.wattmark.server.audit.AuditCommand;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.settings.ServerSettings;
import picocli.CommandLine;

/// A server's folder and its database, without the server: what an operator has in hand.
record Installation(Path data, Database database) {

    static final String ORIGIN = "log.wattmark.test/backup";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Installation withKey(Path data, Database database) {
        LogKey.make(data.resolve("keys"), ORIGIN);
        return new Installation(data, database);
    }

    ConfigurableApplicationContext serve() {
        var settings = new ServerSettings(data, URI.create("http://wattmark.test"));
        return Server.start(OpenDatabase.at(database), settings, 0, _ -> {});
    }

    /// Runs a server for so many commits, and stops it when all are in the log.
    void commit(int times) {
        try (var server = serve()) {
            for (int i = 0; i < times; i++) {
                commit(server);
            }
            assertThat(server.getBean(Publisher.class).awaitCovering(entries() - 1, PATIENCE))
                    .isTrue();
        }
    }

    static void commit(ConfigurableApplicationContext server) {
        var account = new Account(AccountId.holder(UUID.randomUUID()), Account.Kind.HOLDER);
        server.getBean(Sequencer.class).apply(OpenAccounts.of(account));
    }

    long entries() {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from journal")
                .query(Long.class)
                .single();
    }

    /// With the user and the password, as `--database-url` takes it.
    String url() {
        var who =
                URLEncoder.encode(database.user(), UTF_8)
                        + ":"
                        + URLEncoder.encode(database.password(), UTF_8);
        return database.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + who + "@");
    }

    record Answer(int code, String said) {

        /// What it found, whatever time that took.
        List<String> found() {
            return said.lines().filter(line -> !line.endsWith("a second")).toList();
        }
    }

    Answer audit() {
        return run(new AuditCommand(), "--data", String.valueOf(data), "--database-url", url());
    }

    static Answer run(Object command, String... arguments) {
        var said = new StringWriter();
        int code =
                new CommandLine(command)
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .setExecutionExceptionHandler((failure, _, _) -> {
                            said.write(String.valueOf(failure.getMessage()));
                            return 1;
                        })
                        .execute(arguments);
        return new Answer(code, said.toString());
    }
}
