package org.wattmark.server.carboncred;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConfig;
import org.wattmark.server.CommandFailed;
import org.wattmark.units.Bytes;
import org.wattmark.units.Sha256;

/// A CarbonCred database: a file of SQLite, which is read and never written.
final class CarbonCredDatabase {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);

    /// A progress line for so many rows.
    private static final int STEP = 100_000;

    private final Path file;
    private final Optional<String> table;

    /// @param table of the hash ledger, if it has an unusual name
    CarbonCredDatabase(Path file, Optional<String> table) {
        this.file = file;
        this.table = table;
    }

    /// What the database says, and what came of checking it.
    ///
    /// @param unreadable how many rows name a credit that is no UUID; they are left out
    record Content(
            Bytes sha256,
            String table,
            Chain chain,
            List<HashChain.Break> breaks,
            List<ImportedHolding> holdings,
            long unreadable) {

        Content {
            breaks = List.copyOf(breaks);
            holdings = List.copyOf(holdings);
        }

        /// Under the organisations' names that CarbonCred has, as organisations of ours where the
        /// operator says which.
        Content named(Map<String, String> names, Map<String, UUID> ours) {
            return new Content(
                    sha256,
                    table,
                    chain,
                    breaks,
                    holdings.stream()
                            .map(it ->
                                    it.of(
                                            names.getOrDefault(it.holder(), ""),
                                            Optional.ofNullable(ours.get(it.holder()))))
                            .toList(),
                    unreadable);
        }
    }

    /// @param organisations which of ours a user of CarbonCred is, by the user's id
    /// @param progress is told how many rows are done, now and then
    Content read(Map<String, UUID> organisations, LongConsumer progress) {
        requireWholeFile();
        var before = sha256();
        Content content;
        try (var database = open()) {
            content = read(database, before, progress).named(names(database), organisations);
        } catch (SQLException e) {
            throw new CommandFailed(file + " cannot be read: " + e.getMessage());
        }
        if (!sha256().equals(before)) {
            throw new CommandFailed(file + " was changed meanwhile; stop CarbonCred first");
        }
        return content;
    }

    private Connection open() throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        // Nobody else writes: without a lock, and without a file of SQLite's own beside it.
        return config.createConnection(
                "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + "?immutable=1");
    }

    private Content read(Connection database, Bytes sha256, LongConsumer progress)
            throws SQLException {
        var columns = Columns.ofLedger(database, table);
        var chain = new HashChain(hash -> rowOf(database, columns, hash));
        var lives = new CreditLives();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(ledgerOf(columns))) {
            for (long count = 1; rows.next(); count++) {
                var entry = entry(rows, columns);
                long breaks = chain.summary().breaks();
                chain.check(entry);
                lives.follow(entry, chain.summary().breaks() > breaks);
                if (count % STEP == 0) {
                    progress.accept(count);
                }
            }
        }
        return new Content(
                sha256,
                columns.table(),
                chain.summary(),
                chain.breaks(),
                lives.holdings(),
                lives.unreadable());
    }

    private static final List<String> LEDGER =
            List.of(
                    "id",
                    "event_type",
                    "credit_id",
                    "from_entity",
                    "to_entity",
                    "metadata",
                    "prev_hash",
                    "hash");

    private static String ledgerOf(Columns columns) {
        return "select %s from %s order by %s"
                .formatted(
                        String.join(", ", LEDGER.stream().map(columns::column).toList()),
                        columns.quotedTable(),
                        columns.column("id"));
    }

    private static LedgerEntry entry(ResultSet row, Columns columns) throws SQLException {
        var texts = new ArrayList<String>();
        for (int i = 2; i <= LEDGER.size(); i++) {
            var text = row.getString(i);
            if (text == null) {
                throw new CommandFailed(
                        "row %d of %s has no %s"
                                .formatted(
                                        row.getLong(1),
                                        columns.table(),
                                        columns.names().get(LEDGER.get(i - 1))));
            }
            texts.add(text);
        }
        return new LedgerEntry(
                row.getLong(1),
                texts.get(0),
                texts.get(1),
                texts.get(2),
                texts.get(3),
                texts.get(4),
                texts.get(5),
                texts.get(6));
    }

    private static OptionalLong rowOf(Connection database, Columns columns, String hash) {
        var sql =
                "select %s from %s where %s = ?"
                        .formatted(
                                columns.column("id"),
                                columns.quotedTable(),
                                columns.column("hash"));
        try (var statement = database.prepareStatement(sql)) {
            statement.setString(1, hash);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// What CarbonCred calls its users, by their ids; none if it has no such table.
    private static Map<String, String> names(Connection database) throws SQLException {
        var users = Columns.ofUsers(database);
        if (users.isEmpty()) {
            return Map.of();
        }
        var sql =
                "select %s, %s from %s"
                        .formatted(
                                users.get().column("id"),
                                users.get().column("organization_name"),
                                users.get().quotedTable());
        var names = new HashMap<String, String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var name = rows.getString(2);
                if (name != null && name.length() <= ImportedHolding.MAX_TEXT_LENGTH) {
                    names.put(rows.getString(1), name);
                }
            }
        }
        return names;
    }

    private void requireWholeFile() {
        if (!Files.isReadable(file)) {
            throw new CommandFailed("cannot read " + file);
        }
        try (var in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new CommandFailed(file + " is no database of SQLite");
            }
            for (var rest : List.of("-wal", "-journal")) {
                var beside = file.resolveSibling(file.getFileName() + rest);
                if (Files.exists(beside) && Files.size(beside) > 0) {
                    throw new CommandFailed(
                            beside
                                    + " holds what is not in "
                                    + file
                                    + " yet: stop CarbonCred, or copy it with sqlite3's .backup");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Bytes sha256() {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = Sha256.inParts();
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Bytes.of(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
