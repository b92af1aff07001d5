package org.wattmark.server.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The settings without which an acknowledged write can be lost.
///
/// `fsync` and `full_page_writes` protect against a crash of the machine, `synchronous_commit`
/// against a crash of PostgreSQL: the manual's chapter "Write Ahead Log" says what each loses.
public final class SafeSettings {

    private static final List<String> NAMES =
            List.of("fsync", "full_page_writes", "synchronous_commit");

    /// The oldest release that we test and that its makers still support: 15.0.
    private static final int OLDEST_VERSION = 150_000;

    /// What every connection of the server's pool has, whatever somebody sets while it runs: a
    /// commit is on the disk before it is answered, and nobody waits for a lock longer than for a
    /// connection. `fsync` and `full_page_writes` cannot be set for a connection.
    static final List<String> OF_EACH_CONNECTION =
            List.of("synchronous_commit=on", "lock_timeout=5s");

    private SafeSettings() {}

    /// Refuses a database that could forget what was acknowledged.
    ///
    /// It asks on our own connection, so a setting of the role or of the database counts too.
    public static void require(Database database) {
        try (var connection = database.dataSource().getConnection()) {
            int version = Integer.parseInt(setting(connection, "server_version_num"));
            if (version < OLDEST_VERSION) {
                throw new UnusableDatabase(
                        "PostgreSQL 15 or newer is needed, and %s is %s"
                                .formatted(database, setting(connection, "server_version")));
            }
            for (var name : NAMES) {
                if (setting(connection, name).equals("off")) {
                    throw unsafe(database, name);
                }
            }
        } catch (SQLException e) {
            throw new UnusableDatabase(
                    "cannot connect to %s: %s".formatted(database, e.getMessage()), e);
        }
    }

    private static UnusableDatabase unsafe(Database database, String name) {
        return new UnusableDatabase(
                """
                refusing to start: %s has %s = off, so a crash could lose acknowledged writes. \
                Set %s = on in postgresql.conf (or where the role or the database sets it), reload \
                PostgreSQL and start again.\
                """
                        .formatted(database, name, name));
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("select current_setting(?)")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
