package org.wattmark.server.audit;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Whether what was committed since the last look conserves every asset, asked of the database in
/// one snapshot: a second opinion beside the rules in memory, a minute old at most.
///
/// A row of the journal balances by construction. So what can be wrong is that balances moved by
/// something else than the journal says, that entries are gone, or that a balance fell where none
/// may. What was changed long ago is looked at one settlement at a time; all of it `wattmark audit`
/// finds.
final class Conservation {

    /// Ten times what a sequencer leaves unsettled: it settles after 100,000 entries.
    static final long MOST_UNSETTLED = 1_000_000;

    /// How many balances are followed from one look to the next.
    private static final int SAMPLE = 1_000;

    /// What balances moved by, of some settlements: whether each is what the journal says (S), and
    /// the sums of the accounts that are followed (N). One pass over the entries for each side,
    /// which takes half as long as one for both.
    private static final String MOVED =
            """
            with due as materialized (
                select next_sequence, first_sequence, moved from settlement
                where next_sequence > :from and next_sequence <= :to
            ), net as materialized (
                select next_sequence, account, asset, sum(amount) as delta
                from (
                    select next_sequence, debit as account, asset, -sum(amount) as amount
                    from due join journal
                        on sequence >= first_sequence and sequence < next_sequence
                    where debit is not null
                    group by next_sequence, debit, asset
                    union all
                    select next_sequence, credit, asset, sum(amount)
                    from due join journal
                        on sequence >= first_sequence and sequence < next_sequence
                    where credit is not null
                    group by next_sequence, credit, asset
                ) as side
                group by next_sequence, account, asset
            ), sums as (
                select next_sequence, asset, sum(abs(delta)) as total
                from net where delta <> 0 group by next_sequence, asset
            ), expected as (
                select next_sequence, jsonb_object_agg(code, total) as moved
                from sums join asset on number = asset group by next_sequence
            )
            select 'S' as kind, due.next_sequence as one, due.first_sequence as other,
                case when due.moved = coalesce(expected.moved, '{}') then 1 else 0 end as value
            from due left join expected on expected.next_sequence = due.next_sequence
            union all
            select 'N', account, asset, sum(delta) from net
            where account = any (:accounts) group by account, asset
            order by kind, one
            """;

    private static final String UNBALANCED =
            """
            select asset, sum(amount) as total,
                count(*) filter (where amount < 0 and not may_be_overdrawn) as below
            from balance group by asset
            having sum(amount) <> 0
                or count(*) filter (where amount < 0 and not may_be_overdrawn) > 0
            order by asset limit 10
            """;

    private final TransactionTemplate snapshot;
    private final JdbcClient jdbc;
    private final RandomGenerator random;
    private State state;

    /// @param random which balances are followed, and which old settlement is looked at again
    Conservation(DataSource dataSource, RandomGenerator random) {
        this.snapshot = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.snapshot.setReadOnly(true);
        this.snapshot.setIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ);
        this.jdbc = JdbcClient.create(dataSource);
        this.random = random;
        this.state = new State(-1, -1, Map.of());
    }

    private record Key(long account, long asset) {}

    /// What the last look saw.
    ///
    /// @param settled up to where the balances stood; -1 if there was no look yet
    private record State(long next, long settled, Map<Key, BigDecimal> followed) {}

    private record Leader(long next, long settled) {}

    /// Looks at what has come since the last look.
    ///
    /// @return what is wrong; empty as a rule
    List<String> look() {
        var wrong = new ArrayList<String>();
        state = snapshot.execute(_ -> look(wrong));
        return wrong;
    }

    private State look(List<String> wrong) {
        var leader =
                jdbc.sql("select next_sequence, settled_sequence from leader")
                        .query((row, _) -> new Leader(row.getLong(1), row.getLong(2)))
                        .single();
        if (leader.next() < state.next() || leader.settled() < state.settled()) {
            wrong.add(
                    "the journal ended at %d, settled at %d; now it ends at %d, settled at %d"
                            .formatted(
                                    state.next(),
                                    state.settled(),
                                    leader.next(),
                                    leader.settled()));
            return new State(leader.next(), leader.settled(), Map.of());
        }
        if (leader.next() - leader.settled() > MOST_UNSETTLED) {
            wrong.add(leader.next() - leader.settled() + " entries are not settled");
        }
        if (state.settled() >= 0) {
            requireEntries(leader, wrong);
            follow(leader, wrong);
        }
        lookBack(leader, wrong);
        requireBalance(wrong);
        return new State(leader.next(), leader.settled(), sample());
    }

    private void requireEntries(Leader leader, List<String> wrong) {
        long count =
                jdbc.sql("select count(*) from journal where sequence >= :from and sequence < :to")
                        .param("from", state.next())
                        .param("to", leader.next())
                        .query(Long.class)
                        .single();
        if (count != leader.next() - state.next()) {
            wrong.add(
                    "from %d to %d the journal has %d entries"
                            .formatted(state.next(), leader.next(), count));
        }
    }

    /// Each settlement since follows the one before and moved what the journal says; and the
    /// balances that were followed are what they were, and what the journal adds.
    private void follow(Leader leader, List<String> wrong) {
        var expected = new HashMap<>(state.followed());
        var settled = new long[] {state.settled()};
        moved(state.settled(), leader.settled(), expected.keySet().stream().toList())
                .query(row -> {
                    if (row.getString("kind").equals("N")) {
                        expected.computeIfPresent(key(row), (_, amount) -> amount.add(value(row)));
                    } else {
                        requireMoved(row, wrong);
                        if (row.getLong("other") != settled[0]) {
                            wrong.add("a settlement is missing at " + settled[0]);
                        }
                        settled[0] = row.getLong("one");
                    }
                });
        if (settled[0] != leader.settled()) {
            wrong.add("a settlement is missing at " + settled[0]);
        }
        var found = balancesOf(expected.keySet().stream().toList());
        expected.forEach((key, amount) -> {
            var amountFound = found.get(key);
            if (amountFound == null || amountFound.compareTo(amount) != 0) {
                wrong.add(
                        "the balance of account %d in asset %d is %s, but the journal makes it %s"
                                .formatted(key.account(), key.asset(), amountFound, amount));
            }
        });
    }

    private static void requireMoved(ResultSet row, List<String> wrong) throws SQLException {
        if (row.getLong("value") != 1) {
            wrong.add(
                    "from %d to %d balances moved by other amounts than the journal says"
                            .formatted(row.getLong("other"), row.getLong("one")));
        }
    }

    /// One settlement of the past, by chance.
    private void lookBack(Leader leader, List<String> wrong) {
        if (leader.settled() > 0) {
            long some = random.nextLong(leader.settled());
            jdbc.sql("select min(next_sequence) from settlement where next_sequence > :some")
                    .param("some", some)
                    .query(Long.class)
                    .optional()
                    .ifPresent(end ->
                            moved(end - 1, end, List.of())
                                    .query(row -> {
                                        requireMoved(row, wrong);
                                    }));
        }
    }

    private StatementSpec moved(long from, long to, List<Key> followed) {
        return jdbc.sql(MOVED)
                .param("from", from)
                .param("to", to)
                .param("accounts", accounts(followed));
    }

    private void requireBalance(List<String> wrong) {
        jdbc.sql(UNBALANCED)
                .query(row -> {
                    wrong.add(
                            "the balances of asset %d add up to %s, and %d are below zero"
                                    .formatted(
                                            row.getLong("asset"),
                                            row.getBigDecimal("total").toPlainString(),
                                            row.getLong("below")));
                });
    }

    /// Balances from some account on that chance names, so all have their turn.
    private Map<Key, BigDecimal> sample() {
        long last =
                jdbc.sql("select coalesce(max(account), 0) from balance")
                        .query(Long.class)
                        .single();
        var sample = new HashMap<Key, BigDecimal>();
        jdbc.sql(
                        """
                        select account as one, asset as other, amount as value from balance
                        where account >= :from order by account, asset limit :most
                        """)
                .param("from", random.nextLong(last + 1))
                .param("most", SAMPLE)
                .query(row -> {
                    sample.put(key(row), value(row));
                });
        return sample;
    }

    private Map<Key, BigDecimal> balancesOf(List<Key> keys) {
        var balances = new HashMap<Key, BigDecimal>();
        jdbc.sql(
                        """
                        select account as one, asset as other, amount as value from balance
                        where account = any (:accounts)
                        """)
                .param("accounts", accounts(keys))
                .query(row -> {
                    balances.put(key(row), value(row));
                });
        return balances;
    }

    private static Long[] accounts(List<Key> keys) {
        return keys.stream().map(Key::account).distinct().toArray(Long[]::new);
    }

    private static Key key(ResultSet row) {
        try {
            return new Key(row.getLong("one"), row.getLong("other"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigDecimal value(ResultSet row) {
        try {
            return row.getBigDecimal("value");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
