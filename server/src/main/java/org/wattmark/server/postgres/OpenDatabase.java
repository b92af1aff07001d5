package org.wattmark.server.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The database that the server works on, proven durable, and our own PostgreSQL when it is in one.
public final class OpenDatabase implements AutoCloseable {

    /// The name of the database in our own PostgreSQL.
    public static final String NAME = "wattmark";

    private final Database database;
    private final @Nullable PostgresCluster ours;

    private OpenDatabase(Database database, @Nullable PostgresCluster ours) {
        this.database = database;
        this.ours = ours;
    }

    /// Opens somebody else's PostgreSQL; closing leaves it alone.
    ///
    /// @throws UnusableDatabase when it cannot be reached or could lose acknowledged writes
    public static OpenDatabase at(Database database) {
        SafeSettings.require(database);
        return new OpenDatabase(database, null);
    }

    /// Starts our own PostgreSQL below `data`; closing stops it.
    public static OpenDatabase embeddedIn(Path data) {
        var home = homeIn(data);
        var cluster = PostgresCluster.start(PostgresBinaries.unpackedIn(home), home);
        try {
            cluster.makeDatabase(NAME);
            var database = cluster.database(NAME);
            SafeSettings.require(database);
            return new OpenDatabase(database, cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /// For a command that needs the tables while the server may or may not be running on `data`:
    /// the running server's database, or else one started for the time of the command.
    public static OpenDatabase besideServerIn(Path data) {
        return PostgresCluster.runningAt(homeIn(data), NAME)
                .map(OpenDatabase::at)
                .orElseGet(() -> embeddedIn(data));
    }

    private static Path homeIn(Path data) {
        return data.toAbsolutePath().normalize().resolve("postgres");
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        if (ours != null) {
            ours.close();
        }
    }
}
