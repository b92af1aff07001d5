package org.wattmark.server.carboncred;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.wattmark.server.CommandFailed;

/// A table of somebody else's database, and which of its columns stands for what: Django prefixes
/// tables with the app's name, and people rename things.
///
/// @param names the columns' own names, by what they mean
record Columns(String table, Map<String, String> names) {

    /// What each column may be called, the usual name first; underscores and case do not count.
    private static final Map<String, List<String>> OF_LEDGER =
            ordered(
                    List.of("id", "row", "rowid"),
                    List.of("event_type", "event"),
                    List.of("credit_id", "credit"),
                    List.of("from_entity", "from", "sender"),
                    List.of("to_entity", "to", "receiver"),
                    List.of("metadata", "meta"),
                    List.of("prev_hash", "previous_hash", "prev"),
                    List.of("hash", "entry_hash", "current_hash"));

    private static final List<String> LEDGER_TABLES =
            List.of("hashledgerentry", "hashledger", "ledgerentry", "carbonledger");

    private static final Map<String, List<String>> OF_USERS =
            ordered(
                    List.of("id"),
                    List.of("organization_name", "organisation_name", "company", "username"));

    private static final List<String> USER_TABLES = List.of("usersuser", "user", "authuser");

    Columns {
        names = Map.copyOf(names);
    }

    @SafeVarargs
    private static Map<String, List<String>> ordered(List<String>... columns) {
        var map = new LinkedHashMap<String, List<String>>();
        for (var names : columns) {
            map.put(names.getFirst(), names);
        }
        return map;
    }

    /// The hash ledger's table.
    ///
    /// @param named by the operator, if the usual names do not fit
    static Columns ofLedger(Connection database, Optional<String> named) throws SQLException {
        var table =
                named.isPresent()
                        ? named.get()
                        : find(database, LEDGER_TABLES)
                                .orElseThrow(() -> noTable(database, "core_hashledgerentry"));
        var columns = columnsOf(database, table);
        if (columns.isEmpty()) {
            throw noTable(database, table);
        }
        return of(table, columns, OF_LEDGER);
    }

    /// The users' table, if it is there and complete: it only tells names.
    static Optional<Columns> ofUsers(Connection database) throws SQLException {
        var table = find(database, USER_TABLES);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(table.get(), columnsOf(database, table.get()), OF_USERS));
        } catch (CommandFailed incomplete) {
            return Optional.empty();
        }
    }

    private static Columns of(String table, List<String> there, Map<String, List<String>> wanted) {
        var names = new LinkedHashMap<String, String>();
        var missing = new ArrayList<String>();
        wanted.forEach((meaning, spellings) ->
                spellings.stream()
                        .flatMap(it -> there.stream().filter(each -> isSame(each, it)))
                        .findFirst()
                        .ifPresentOrElse(it -> names.put(meaning, it), () -> missing.add(meaning)));
        if (!missing.isEmpty()) {
            throw new CommandFailed(
                    "the table %s has no column %s; it has %s"
                            .formatted(
                                    table, String.join(", ", missing), String.join(", ", there)));
        }
        return new Columns(table, names);
    }

    private static CommandFailed noTable(Connection database, String name) {
        try {
            return new CommandFailed(
                    "the database has no table %s (name another with --table); it has %s"
                            .formatted(name, String.join(", ", tables(database))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> find(Connection database, List<String> endings)
            throws SQLException {
        var tables = tables(database);
        return endings.stream()
                .flatMap(it -> tables.stream().filter(table -> plain(table).endsWith(it)))
                .findFirst();
    }

    private static List<String> tables(Connection database) throws SQLException {
        return strings(
                database,
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
                        + " order by name");
    }

    private static List<String> columnsOf(Connection database, String table) throws SQLException {
        try (var statement = database.prepareStatement("select name from pragma_table_info(?)")) {
            statement.setString(1, table);
            var names = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    private static List<String> strings(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /// The column's own name, quoted for SQL.
    String column(String meaning) {
        return quoted(String.valueOf(names.get(meaning)));
    }

    String quotedTable() {
        return quoted(table);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
