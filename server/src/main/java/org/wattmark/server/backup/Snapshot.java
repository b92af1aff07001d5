package org.wattmark.server.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wattmark.server.log.JournalLeaves;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.Tree;

/// The database as one transaction sees it, whatever is committed meanwhile.
final class Snapshot {

    /// Which migrations ran is told by the manifest. Sessions and tokens pass: whoever has one
    /// signs in again.
    private static final Set<String> LEFT_OUT =
            Set.of("flyway_schema_history", "oauth2_authorization");

    private static final String TABLES =
            """
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname
            """;

    private static final String COLUMNS =
            """
            select column_name from information_schema.columns
            where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'
            order by ordinal_position
            """;

    private static final String REFERENCES =
            """
            select conrelid::regclass::text as referring, confrelid::regclass::text as referred
            from pg_constraint
            where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid
            """;

    private final Connection connection;
    private final JdbcClient jdbc;

    /// @param connection with a transaction open, which the caller ends
    Snapshot(Connection connection) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /// Begins a transaction that reads what is committed now and changes nothing.
    static Snapshot begin(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return new Snapshot(connection);
    }

    Connection connection() {
        return connection;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    private boolean has(String table) {
        return jdbc.sql("select to_regclass('public.' || ?) is not null")
                .param(table)
                .query(Boolean.class)
                .single();
    }

    /// The number of the last migration; empty if there are no tables of ours.
    Optional<String> schema() {
        return has("flyway_schema_history")
                ? jdbc.sql(
                                """
                                select version from flyway_schema_history
                                where success and version is not null
                                order by installed_rank desc limit 1
                                """)
                        .query(String.class)
                        .optional()
                : Optional.empty();
    }

    String postgresql() {
        return jdbc.sql("select current_setting('server_version')").query(String.class).single();
    }

    /// All tables whose rows are kept, each after those that it refers to. What is partitioned is
    /// its partitions.
    List<String> tables() {
        var references = new HashMap<String, Set<String>>();
        jdbc.sql(REFERENCES)
                .query(row -> {
                    references
                            .computeIfAbsent(row.getString("referring"), _ -> new HashSet<>())
                            .add(row.getString("referred"));
                });
        var left = new ArrayList<>(jdbc.sql(TABLES).query((row, _) -> row.getString(1)).list());
        left.removeAll(LEFT_OUT);
        return ordered(left, references);
    }

    private static List<String> ordered(List<String> left, Map<String, Set<String>> references) {
        var ordered = new LinkedHashSet<String>();
        while (!left.isEmpty()) {
            var next =
                    left.stream()
                            .filter(it ->
                                    ordered.containsAll(references.getOrDefault(it, Set.of())))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalStateException("tables refer in a circle: " + left));
            ordered.add(next);
            left.remove(next);
        }
        return List.copyOf(ordered);
    }

    List<String> columns(String table) {
        return jdbc.sql(COLUMNS).param(table).query((row, _) -> row.getString(1)).list();
    }

    /// The tables that have rows; the leader's has one from the beginning, which says so.
    List<String> tablesWithRows() {
        return tables().stream()
                .filter(table ->
                        jdbc.sql(
                                        "select exists (select from "
                                                + quoted(table)
                                                + (table.equals("leader")
                                                        ? " where epoch > 0 or next_sequence > 0)"
                                                        : ")"))
                                .query(Boolean.class)
                                .single())
                .toList();
    }

    /// The tree over the leaves of the journal, made from its rows and nothing else.
    Tree tree() {
        var leaves = new JournalLeaves(jdbc);
        var tree = Tree.EMPTY;
        for (var page = leaves.from(0); !page.isEmpty(); page = leaves.from(tree.size())) {
            tree = tree.append(List.<Hash>copyOf(page));
        }
        return tree;
    }

    /// Of the log that published last: one that was succeeded publishes no more.
    Optional<SignedCheckpoint> latestCheckpoint() {
        return jdbc.sql("select note from checkpoint order by signed_at desc, size desc limit 1")
                .query(String.class)
                .optional()
                .map(SignedCheckpoint::parse);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Snapshot::quoted).toList());
    }
}
