package org.wattmark.server.backup;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.springframework.util.FileSystemUtils;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.backup.Manifest.PlainFile;
import org.wattmark.server.backup.Manifest.TableFile;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.UnusableDatabase;
import org.wattmark.tlog.FileTiles;

/// Copies everything that one snapshot of the database shows, with the tiles of the log, while the
/// server goes on.
///
/// What the key signed last is never in it: whoever restored that could sign a second history.
public final class Backup {

    /// What has to be copied by hand, or with `--with-secrets`. `log.key.signed` is not here, and
    /// must never be.
    private static final List<String> SECRETS =
            List.of(
                    "keys/log.key",
                    "keys/issuer.key",
                    "keys/token-signing.jwk",
                    "keys/review-draw.secret");

    /// No secrets, and needed: public keys that signed once, and whom the log asks to cosign.
    private static final List<String> PUBLIC =
            List.of("keys/log.key.retired", "keys/issuer.retired", "witnesses.txt");

    private final Database database;
    private final Path data;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /// @param data the server's folder, for tiles and keys
    /// @param progress is told a line for each step
    public Backup(Database database, Path data, InstantSource clock, Consumer<String> progress) {
        this.database = database;
        this.data = data;
        this.clock = clock;
        this.progress = progress;
    }

    /// Writes into another folder first and gives it its name at the end: a folder of that name is
    /// whole, whatever happens meanwhile.
    ///
    /// @param target is not there yet
    public void to(Path target, boolean withSecrets) {
        var whole = target.toAbsolutePath().normalize();
        var draft = whole.resolveSibling(whole.getFileName() + ".unfinished");
        try {
            if (Files.exists(whole)) {
                throw new CommandFailed(whole + " is there already; a backup has its own folder");
            }
            FileSystemUtils.deleteRecursively(draft);
            var folder = new Folder(draft);
            var manifest = write(folder, withSecrets);
            // The commit point: without the manifest, and under its draft's name, it is no backup.
            folder.write(Manifest.NAME, out -> out.write(manifest.bytes()));
            Folder.sync(draft);
            Files.move(draft, whole, ATOMIC_MOVE);
            Folder.sync(Objects.requireNonNull(whole.getParent()));
            progress.accept("%d entries, root %s".formatted(manifest.entries(), manifest.root()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + whole, e);
        } catch (SQLException e) {
            throw new UnusableDatabase("the backup failed: " + e.getMessage(), e);
        }
    }

    private Manifest write(Folder folder, boolean withSecrets) throws IOException, SQLException {
        try (var connection = database.dataSource().getConnection()) {
            var snapshot = Snapshot.begin(connection);
            var schema =
                    snapshot.schema()
                            .orElseThrow(() -> new CommandFailed(database + " has no tables"));
            var tables = new ArrayList<TableFile>();
            for (var table : snapshot.tables()) {
                tables.add(copy(snapshot, table, folder));
            }
            progress.accept("root of the journal");
            var tree = snapshot.tree();
            var checkpoint = snapshot.latestCheckpoint();
            var files = new ArrayList<PlainFile>();
            if (checkpoint.isPresent()) {
                progress.accept("tiles");
                var tiles = new PublishedTiles(new FileTiles(data.resolve("log")));
                files.addAll(tiles.copyTo(folder, checkpoint.get().checkpoint()));
            }
            copyFiles(PUBLIC, folder, files);
            if (withSecrets) {
                copyFiles(SECRETS, folder, files);
            }
            connection.rollback(); // nothing was written
            return new Manifest(
                    Manifest.FORMAT,
                    clock.instant().toString(),
                    snapshot.postgresql(),
                    schema,
                    tree.size(),
                    tree.root().base64(),
                    checkpoint.map(it -> it.format()).orElse(""),
                    tables,
                    files);
        }
    }

    private TableFile copy(Snapshot snapshot, String table, Folder folder)
            throws IOException, SQLException {
        var columns = snapshot.columns(table);
        var copies = snapshot.connection().unwrap(PGConnection.class).getCopyAPI();
        var sql =
                "copy %s (%s) to stdout (format binary)"
                        .formatted(Snapshot.quoted(table), Snapshot.quoted(columns));
        var rows = new long[1];
        var file =
                folder.write(
                        "tables/" + table + ".copy",
                        out -> {
                            try {
                                rows[0] = copies.copyOut(sql, out);
                            } catch (SQLException e) {
                                throw new IOException("cannot copy " + table, e);
                            }
                        });
        progress.accept("%s: %d rows".formatted(table, rows[0]));
        return new TableFile(table, columns, rows[0], file);
    }

    private void copyFiles(List<String> paths, Folder folder, List<PlainFile> copied)
            throws IOException {
        for (var path : paths) {
            var file = data.resolve(path);
            if (Files.exists(file)) {
                copied.add(folder.write(path, out -> Files.copy(file, out)));
            }
        }
    }
}
