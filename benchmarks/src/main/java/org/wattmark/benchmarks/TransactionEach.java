package org.wattmark.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/// The ordinary rival: for each transfer one transaction that locks both balances in order, checks,
/// moves and records.
final class TransactionEach {

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

    TransactionEach(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Measurement run(Duration length, int clients) throws InterruptedException {
        var latencies = new Latencies();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().start(() -> move(end, latencies)));
        }
        for (var thread : threads) {
            thread.join();
        }
        return new Measurement(
                "one transaction for each transfer, "
                        + clients
                        + " client"
                        + (clients > 1 ? "s" : ""),
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
        int debit = random.nextInt(RivalTables.ACCOUNTS);
        int credit = (debit + 1 + random.nextInt(RivalTables.ACCOUNTS - 1)) % RivalTables.ACCOUNTS;
        try (var statement = connection.prepareStatement(MOVE)) {
            statement.setInt(1, debit);
            statement.setInt(2, credit);
            statement.setInt(3, debit);
            statement.setInt(4, debit);
            statement.setInt(5, credit);
            statement.setInt(6, debit);
            statement.setObject(7, TimeOrderedId.next());
            statement.setInt(8, debit);
            statement.setInt(9, credit);
            statement.executeUpdate();
        }
        connection.commit();
    }
}
