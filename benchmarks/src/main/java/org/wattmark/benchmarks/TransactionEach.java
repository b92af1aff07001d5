package org.wattmark.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/// The rival: eight clients, and for each transfer one transaction that locks both balances in
/// order, checks, moves and records. It is what an ordinary application would do.
final class TransactionEach {

    private static final int CLIENTS = 8;
    private static final int ACCOUNTS = 1_000;

    private static final String MOVE =
            """
            with locked as (
                select id, amount from rival_balance where id in (?, ?) order by id for update
            ), moved as (
                update rival_balance set amount = rival_balance.amount + case id
                    when ? then -1 else 1 end
                where id in (?, ?) and (select amount from locked where id = ?) >= 1
                returning 1
            )
            insert into rival_transfer (id, debit, credit, amount)
            select ?, ?, ?, 1 where exists (select from moved)
            """;

    private final DataSource dataSource;

    TransactionEach(DataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table rival_balance (id integer primary key,"
                            + " amount bigint not null check (amount >= 0))");
            statement.execute(
                    "create table rival_transfer (id uuid primary key, debit integer not null,"
                            + " credit integer not null, amount bigint not null)");
            statement.execute(
                    "insert into rival_balance select n, 1000000000 from generate_series(1, "
                            + ACCOUNTS
                            + ") n");
        }
    }

    Measurement run(Duration length) throws Exception {
        var latencies = new Latencies();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> move(end, latencies)));
        }
        for (var client : clients) {
            client.join();
        }
        return new Measurement(
                "one transaction for each transfer, " + CLIENTS + " clients",
                latencies.count(),
                Duration.ofNanos(System.nanoTime() - start),
                latencies.all());
    }

    private void move(long end, Latencies latencies) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
                moveOne(connection);
                latencies.add(System.nanoTime() - began);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void moveOne(Connection connection) throws SQLException {
        var random = ThreadLocalRandom.current();
        int debit = 1 + random.nextInt(ACCOUNTS);
        int credit = 1 + (debit + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        try (var statement = connection.prepareStatement(MOVE)) {
            statement.setInt(1, debit);
            statement.setInt(2, credit);
            statement.setInt(3, debit);
            statement.setInt(4, debit);
            statement.setInt(5, credit);
            statement.setInt(6, debit);
            statement.setObject(7, UUID.randomUUID());
            statement.setInt(8, debit);
            statement.setInt(9, credit);
            statement.executeUpdate();
        }
        connection.commit();
    }
}
