package org.wattmark.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.wattmark.server.ledger.BinaryCopy;

/// A careful rival: transfers in batches of a fixed size, one transaction each, made up beforehand.
/// It checks nothing in memory, keeps no answers and has no log; it is what PostgreSQL can take.
final class BatchedRival {

    enum How {
        UNNEST("unnest + net deltas of balances"),
        COPY("COPY + net deltas of balances"),
        COPY_ALONE("COPY of the transfers alone, no balances");

        private final String words;

        How(String words) {
            this.words = words;
        }
    }

    private static final String INSERT =
            "insert into rival_transfer (id, debit, credit, amount)"
                    + " select * from unnest(?, ?, ?, ?)";

    private static final String MOVE =
            """
            update rival_balance set amount = rival_balance.amount + change.delta
            from unnest(?, ?) as change (id, delta) where rival_balance.id = change.id
            """;

    private final DataSource dataSource;
    private final How how;
    private final int size;

    BatchedRival(DataSource dataSource, How how, int size) {
        this.dataSource = dataSource;
        this.how = how;
        this.size = size;
    }

    Measurement run(Duration length) throws SQLException {
        var latencies = new Latencies();
        long transfers = 0;
        long start = System.nanoTime();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            while (System.nanoTime() - start < length.toNanos()) {
                long began = System.nanoTime();
                write(connection);
                latencies.add(System.nanoTime() - began);
                transfers += size;
            }
        }
        return new Measurement(
                how.words + ", batches of " + size,
                transfers,
                Duration.ofNanos(System.nanoTime() - start),
                latencies.all());
    }

    private void write(Connection connection) throws SQLException {
        var random = ThreadLocalRandom.current();
        var ids = new UUID[size];
        var debits = new Integer[size];
        var credits = new Integer[size];
        var deltas = new HashMap<Integer, Long>();
        for (int i = 0; i < size; i++) {
            ids[i] = TimeOrderedId.next();
            int debit = random.nextInt(RivalTables.ACCOUNTS);
            int credit =
                    (debit + 1 + random.nextInt(RivalTables.ACCOUNTS - 1)) % RivalTables.ACCOUNTS;
            debits[i] = debit;
            credits[i] = credit;
            deltas.merge(debit, -1L, Long::sum);
            deltas.merge(credit, 1L, Long::sum);
        }
        if (how == How.UNNEST) {
            insert(connection, ids, debits, credits);
        } else {
            copy(connection, ids, debits, credits);
        }
        if (how != How.COPY_ALONE) {
            move(connection, deltas);
        }
        connection.commit();
    }

    private void insert(Connection connection, UUID[] ids, Integer[] debits, Integer[] credits)
            throws SQLException {
        var amounts = new Long[size];
        java.util.Arrays.fill(amounts, 1L);
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            statement.setArray(2, connection.createArrayOf("integer", debits));
            statement.setArray(3, connection.createArrayOf("integer", credits));
            statement.setArray(4, connection.createArrayOf("bigint", amounts));
            statement.executeUpdate();
        }
    }

    private void copy(Connection connection, UUID[] ids, Integer[] debits, Integer[] credits)
            throws SQLException {
        var rows = new BinaryCopy(60 * size);
        for (int i = 0; i < size; i++) {
            rows.row(4).uuid(ids[i]).integer(debits[i]).integer(credits[i]).bigint(1);
        }
        rows.into(connection, "rival_transfer (id, debit, credit, amount)");
    }

    private static void move(Connection connection, Map<Integer, Long> deltas) throws SQLException {
        try (var statement = connection.prepareStatement(MOVE)) {
            statement.setArray(1, connection.createArrayOf("integer", deltas.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", deltas.values().toArray()));
            statement.executeUpdate();
        }
    }
}
