package org.wattmark.server.postgres;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// The one PostgreSQL of this test run: real, durable, started with the first test that asks.
///
/// It lives under `target/` and is kept for the next run, so only the first start makes its data
/// folder; each run drops what the last one left. A test takes a database of its own:
///
/// ```java
/// private final Database database = TestPostgres.freshDatabase();   // migrated, about 50 ms
/// private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
/// ```
///
/// A test of the whole server extends `ServerTest` instead. Only a test that kills PostgreSQL or
/// changes its settings starts a `PostgresCluster` of its own, from `binaries()`.
public final class TestPostgres {

    private static final String PREFIX = "test_";
    private static final String TEMPLATE = PREFIX + "template";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestPostgres() {}

    /// Migrated and empty, and nobody else's.
    public static Database freshDatabase() {
        return make("template " + Running.template());
    }

    /// Without any table: for tests of the migrations themselves.
    public static Database emptyDatabase() {
        return make("");
    }

    public static PostgresCluster cluster() {
        return Running.CLUSTER;
    }

    /// Unpacked once and kept, for tests that start a cluster of their own.
    public static PostgresBinaries binaries() {
        return PostgresBinaries.unpackedIn(Path.of("target", "postgres-binaries"));
    }

    /// The same database as `database`, as the superuser, whom no rule stops.
    public static Database asSuperuser(Database database) {
        return cluster().asSuperuser(nameOf(database));
    }

    private static String nameOf(Database database) {
        return database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
    }

    private static Database make(String clause) {
        var name = PREFIX + COUNT.incrementAndGet();
        execute("create database " + name + " owner wattmark " + clause);
        return cluster().database(name);
    }

    private static void execute(String sql) {
        try (var connection = cluster().asSuperuser("postgres").dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Made when the first test needs it, stopped when the JVM ends.
    private static final class Running {

        static final PostgresCluster CLUSTER = start();
        private static boolean migrated;

        static synchronized String template() {
            if (!migrated) {
                CLUSTER.makeDatabase(TEMPLATE);
                Migrations.apply(CLUSTER.database(TEMPLATE));
                migrated = true;
            }
            return TEMPLATE;
        }

        private static PostgresCluster start() {
            var cluster = startWhereNobodyElseDoes();
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            dropLeftovers(cluster);
            return cluster;
        }

        /// Two test runs at once in one tree get along: the second takes a folder of its own.
        private static PostgresCluster startWhereNobodyElseDoes() {
            try {
                return PostgresCluster.start(binaries(), Path.of("target", "postgres"));
            } catch (UnusableDatabase taken) {
                var own = Path.of("target", "postgres-" + ProcessHandle.current().pid());
                return PostgresCluster.start(binaries(), own);
            }
        }

        private static void dropLeftovers(PostgresCluster cluster) {
            var names = new ArrayList<String>();
            try (var connection = cluster.asSuperuser("postgres").dataSource().getConnection();
                    var statement = connection.createStatement()) {
                var query =
                        "select datname from pg_database where starts_with(datname, '"
                                + PREFIX
                                + "')";
                try (var rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
                for (var name : names) {
                    statement.execute("drop database " + name + " with (force)");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
