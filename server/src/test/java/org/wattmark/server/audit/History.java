package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.Server;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Members;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.Tiles;
import org.wattmark.tlog.Trust;

/// A small history with rows in every table, made once in a run by a real server, which is stopped
/// again: what auditors are tried on.
///
/// At some moments all tables were copied into schemas of their own, `past_1` and so on: whoever
/// puts such a copy back has cut the end off the journal together with all that followed from it.
///
/// @param moments the journal's length at each moment of the past
@SuppressWarnings("ArrayRecordComponent") // nobody compares two histories
record History(Database database, Path keyFile, List<Long> moments) {

    private static final AtomicInteger COPIES = new AtomicInteger();

    static History shared() {
        return Made.HISTORY;
    }

    /// What the key signed, as the auditor reads it beside the key.
    Audit.Signed signed() {
        return AuditCommand.signedBy(keyFile, Trust.NOBODY);
    }

    /// The log's tiles, as they were published.
    Tiles tiles() {
        return new FileTiles(keyFile.resolve("../../log").normalize());
    }

    /// A copy of the database to do as one likes with, as the superuser.
    Database copy() {
        var name = "test_history_" + COPIES.incrementAndGet();
        execute(
                TestPostgres.cluster().asSuperuser("postgres").dataSource(),
                "create database " + name + " template " + nameOf(database));
        return TestPostgres.cluster().asSuperuser(name);
    }

    private static String nameOf(Database database) {
        return database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
    }

    static void execute(DataSource source, String sql) {
        try (var connection = source.getConnection()) {
            execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Made {

        static final History HISTORY = make();

        private static History make() {
            var data = Path.of("target", "history-" + ProcessHandle.current().pid());
            try {
                FileSystemUtils.deleteRecursively(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var database = TestPostgres.freshDatabase();
            var settings = new ServerSettings(data, URI.create("http://wattmark.test"));
            try (var server = Server.start(OpenDatabase.at(database), settings, 0, _ -> {})) {
                var port =
                        server.getEnvironment()
                                .getRequiredProperty("local.server.port", Integer.class);
                var past = new Past(database, server.getBean(Publisher.class));
                var story =
                        new Story(
                                server.getBean(Sequencer.class),
                                server.getBean(Members.class),
                                server.getBean(Organisations.class),
                                port,
                                past);
                story.play();
                return new History(
                        database, LogKey.fileIn(settings.keys()), List.copyOf(past.lengths));
            }
        }
    }

    /// Copies all tables of a moment at which everything is published.
    static final class Past {

        private final Database database;
        private final Publisher publisher;
        private final List<Long> lengths = new ArrayList<>();

        Past(Database database, Publisher publisher) {
            this.database = database;
            this.publisher = publisher;
        }

        void keep() {
            var source = TestPostgres.asSuperuser(database).dataSource();
            var jdbc = JdbcClient.create(source);
            long length = jdbc.sql("select next_sequence from leader").query(Long.class).single();
            assertThat(publisher.awaitCovering(length - 1, Duration.ofSeconds(30))).isTrue();
            lengths.add(length);
            var schema = "past_" + lengths.size();
            execute(source, "create schema " + schema);
            for (var table : Schema.tables(jdbc)) {
                execute(
                        source,
                        "create table %s.%s as table public.%s".formatted(schema, table, table));
            }
        }
    }
}
