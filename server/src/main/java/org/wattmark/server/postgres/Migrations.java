package org.wattmark.server.postgres;

import org.flywaydb.core.Flyway;

/// Brings the tables to the state that this program expects: the files in `db/migration`, in order.
public final class Migrations {

    private Migrations() {}

    /// For commands and tests; the server itself does the same as it starts.
    public static void apply(Database database) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
