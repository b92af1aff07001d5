package org.wattmark.server.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.backup.Manifest.PlainFile;
import org.wattmark.server.backup.Manifest.TableFile;
import org.wattmark.server.metering.IntervalMonths;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.Migrations;
import org.wattmark.server.postgres.UnusableDatabase;

/// Brings a backup back into an empty database, and proves that it is the one that was backed up.
///
/// All rows come in one transaction, which is committed only when they lead to the root that the
/// backup names. Killed at any moment, it can be run again.
public final class Restore {

    /// Beside the data while files are being brought back: they are there for this backup.
    private static final String PENDING = "restore.pending";

    private final Folder folder;
    private final Manifest manifest;
    private final Consumer<String> progress;

    private Restore(Folder folder, Manifest manifest, Consumer<String> progress) {
        this.folder = folder;
        this.manifest = manifest;
        this.progress = progress;
    }

    /// Reads a backup and checks every byte of it, before anything is touched.
    ///
    /// @param progress is told a line for each step
    /// @throws CommandFailed if it is not whole
    public static Restore from(Path backup, Consumer<String> progress) {
        try {
            var folder = new Folder(backup.toAbsolutePath().normalize());
            var manifest = Manifest.readIn(folder.root());
            for (var table : manifest.tables()) {
                folder.require(table.file());
            }
            for (var file : manifest.files()) {
                folder.require(file);
            }
            progress.accept("the backup is whole: made " + manifest.madeAt());
            return new Restore(folder, manifest, progress);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + backup, e);
        }
    }

    /// The root of the tree over the journal's leaves, in base64.
    public String root() {
        return manifest.root();
    }

    public long entries() {
        return manifest.entries();
    }

    /// Files first, rows last: only their commit makes it a restored server.
    ///
    /// @param database without rows, with or without tables
    /// @param data the server's folder; tiles and keys that are there already are never replaced
    public void into(Database database, Path data) {
        try {
            requireEmpty(database);
            makeTables(database);
            var pending = data.resolve(PENDING);
            restoreFiles(data, pending);
            load(database);
            Files.deleteIfExists(pending);
            Migrations.apply(database);
            progress.accept("%d entries, root %s".formatted(entries(), root()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restore into " + data, e);
        } catch (SQLException e) {
            throw new UnusableDatabase("the restore failed: " + e.getMessage(), e);
        }
    }

    private static void requireEmpty(Database database) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            var snapshot = Snapshot.begin(connection);
            var full =
                    snapshot.schema().isPresent() ? snapshot.tablesWithRows() : List.<String>of();
            connection.rollback();
            if (!full.isEmpty()) {
                throw new CommandFailed(
                        "%s is not empty: %s have rows; restore into an empty one"
                                .formatted(database, String.join(", ", full)));
            }
        }
    }

    /// As they were when the backup was made; later migrations run on the rows afterwards.
    private void makeTables(Database database) throws SQLException {
        var flyway =
                Flyway.configure()
                        .dataSource(database.dataSource())
                        .locations("classpath:db/migration")
                        .target(MigrationVersion.fromVersion(manifest.schema()))
                        .load();
        var isKnown =
                List.of(flyway.info().all()).stream()
                        .map(it -> String.valueOf(it.getVersion()))
                        .anyMatch(manifest.schema()::equals);
        if (!isKnown) {
            throw new CommandFailed(
                    "the backup has the tables of migration %s, which this program does not know"
                            .formatted(manifest.schema()));
        }
        flyway.migrate();
        try (var connection = database.dataSource().getConnection()) {
            var schema = new Snapshot(connection).schema().orElse("none");
            if (!schema.equals(manifest.schema())) {
                throw new CommandFailed(
                        "the database has the tables of migration %s, and the backup those of %s"
                                .formatted(schema, manifest.schema()));
            }
        }
    }

    private void restoreFiles(Path data, Path pending) throws IOException {
        Files.createDirectories(data);
        var hasTiles = Files.exists(data.resolve("log"));
        if (hasTiles && !isOurs(pending)) {
            throw new CommandFailed(
                    data.resolve("log") + " has tiles of a log; move them away first");
        }
        Files.writeString(pending, manifest.root() + "\n" + manifest.madeAt() + "\n");
        var target = new Folder(data);
        for (var file : manifest.files()) {
            if (file.path().startsWith("log/") || !Files.exists(data.resolve(file.path()))) {
                copy(file, target);
            } else {
                progress.accept(file.path() + " is there and stays as it is");
            }
        }
    }

    private boolean isOurs(Path pending) throws IOException {
        return Files.exists(pending)
                && Files.readString(pending)
                        .equals(manifest.root() + "\n" + manifest.madeAt() + "\n");
    }

    private void copy(PlainFile file, Folder target) throws IOException {
        target.write(file.path(), out -> Files.copy(folder.root().resolve(file.path()), out));
    }

    private void load(Database database) throws IOException, SQLException {
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            var snapshot = new Snapshot(connection);
            snapshot.jdbc().sql("delete from leader").update();
            for (var table : manifest.tables()) {
                IntervalMonths.makeTable(connection, table.table());
                load(table, connection);
                advanceIdentities(table, snapshot);
            }
            progress.accept("root of the journal");
            var tree = snapshot.tree();
            if (tree.size() != manifest.entries()
                    || !tree.root().base64().equals(manifest.root())) {
                connection.rollback();
                throw new CommandFailed(
                        "nothing is restored: the rows lead to %d entries and the root %s"
                                .formatted(tree.size(), tree.root().base64()));
            }
            connection.commit();
        }
    }

    private void load(TableFile table, Connection connection) throws IOException, SQLException {
        var sql =
                "copy %s (%s) from stdin (format binary)"
                        .formatted(
                                Snapshot.quoted(table.table()), Snapshot.quoted(table.columns()));
        long rows;
        try (var in = Files.newInputStream(folder.root().resolve(table.file().path()))) {
            rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in, 1 << 20);
        }
        if (rows != table.rows()) {
            throw new CommandFailed(
                    "%d rows of %s came, not %d".formatted(rows, table.table(), table.rows()));
        }
        progress.accept("%s: %d rows".formatted(table.table(), rows));
    }

    /// The next number that a table gives by itself follows those that it has.
    private static void advanceIdentities(TableFile table, Snapshot snapshot) {
        var identities =
                snapshot.jdbc()
                        .sql(
                                """
                                select column_name from information_schema.columns
                                where table_schema = 'public' and table_name = ?
                                    and is_identity = 'YES'
                                """)
                        .param(table.table())
                        .query((row, _) -> row.getString(1))
                        .list();
        for (var column : identities) {
            snapshot.jdbc()
                    .sql(
                            "select setval(pg_get_serial_sequence(?, ?), coalesce(max(%s), 0) + 1,"
                                            .formatted(Snapshot.quoted(column))
                                    + " false) from "
                                    + Snapshot.quoted(table.table()))
                    .param(table.table())
                    .param(column)
                    .query(Long.class)
                    .single();
        }
    }
}
