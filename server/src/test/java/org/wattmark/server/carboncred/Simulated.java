package org.wattmark.server.carboncred;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A CarbonCred database that is made up: the tables as Django makes them, and a ledger whose
/// hashes Python wrote (`make_simulated_ledger.py`).
final class Simulated {

    static final int ROWS = 27;

    private static final String TABLES =
            """
            create table "users_user" ("id" integer not null primary key autoincrement,
                "email" varchar(254) not null unique, "username" varchar(50) not null,
                "organization_name" varchar(255) not null);
            insert into users_user values (1, 'a@example.com', 'solar', 'Simulated Solar');
            insert into users_user values (2, 'b@example.com', 'roof', 'Simulated Roof');
            insert into users_user values (3, 'c@example.com', 'bakery', 'Simulated Bakery');
            create table "core_hashledgerentry" ("id" integer not null primary key autoincrement,
                "credit_id" char(32) not null, "event_type" varchar(10) not null,
                "from_entity" varchar(255) not null, "to_entity" varchar(255) not null,
                "timestamp" datetime not null,
                "metadata" text not null check ((json_valid("metadata") or "metadata" is null)),
                "prev_hash" varchar(64) not null, "hash" varchar(64) not null unique)
            """;

    private static final String INSERT =
            """
            insert into core_hashledgerentry (id, event_type, credit_id, from_entity, to_entity,
                metadata, prev_hash, hash, timestamp)
            values (?, ?, ?, ?, ?, ?, ?, ?, '2026-01-01 00:00:00')
            """;

    private Simulated() {}

    /// Makes the database and returns its file.
    static Path database(Path folder) throws IOException, SQLException {
        var file = folder.resolve("simulated.sqlite3");
        try (var connection = open(file)) {
            execute(connection, TABLES);
            try (var insert = connection.prepareStatement(INSERT)) {
                for (var row : lines("simulated-ledger.tsv")) {
                    for (int i = 0; i < row.size(); i++) {
                        insert.setString(i + 1, row.get(i));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
        return file;
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    /// Changes it as somebody with a shell would.
    static void change(Path file, String sql) throws SQLException {
        try (var connection = open(file)) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var each : statements.split(";", -1)) {
                statement.execute(each);
            }
        }
    }

    static CarbonCredDatabase.Content read(Path file) {
        return new CarbonCredDatabase(file, Optional.empty()).read(Map.of(), _ -> {});
    }

    /// The columns of each line of a file beside the tests.
    static List<List<String>> lines(String file) throws IOException {
        try (InputStream in = Simulated.class.getResourceAsStream(file)) {
            var text = new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
            return text.lines().map(line -> List.of(line.split("\t", -1))).toList();
        }
    }
}
