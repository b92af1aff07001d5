package org.wattmark.benchmarks;

import java.sql.SQLException;
import javax.sql.DataSource;

/// What the rivals write: a thousand balances, and transfers with a unique id.
final class RivalTables {

    static final int ACCOUNTS = 1_000;

    private RivalTables() {}

    static void make(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop table if exists rival_balance, rival_transfer");
            statement.execute(
                    "create table rival_balance (id integer primary key,"
                            + " amount bigint not null check (amount >= 0))"
                            + " with (fillfactor = 70)");
            statement.execute(
                    "create table rival_transfer (id uuid primary key, debit integer not null,"
                            + " credit integer not null, amount bigint not null)");
            statement.execute(
                    "insert into rival_balance select n, 1000000000 from generate_series(0, "
                            + (ACCOUNTS - 1)
                            + ") n");
        }
    }
}
