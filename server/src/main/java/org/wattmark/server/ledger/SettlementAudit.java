package org.wattmark.server.ledger;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.TransferPosted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each time that balances were settled, they moved by what the transfers since then say; they were
/// settled up to where the leader's row says; and the table of balances is what they then were, row
/// by row.
public final class SettlementAudit implements RowAudit {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// So many wrong rows tell the story.
    private static final int ENOUGH = 10;

    private final ArrayDeque<Settlement> settlements = new ArrayDeque<>();

    /// What each balance moved by since the last settlement.
    private final Map<BalanceKey, Amount> net = new HashMap<>();

    private final Map<BalanceKey, Amount> balances = new HashMap<>();
    private boolean isLoaded;
    private long settled;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        if (!isLoaded) {
            load(jdbc);
        }
        for (var entry : page) {
            if (entry.fact() instanceof TransferPosted posted) {
                var transfer = posted.transfer();
                move(transfer.debit(), transfer.asset(), -transfer.amount());
                move(transfer.credit(), transfer.asset(), transfer.amount());
            }
            var next = settlements.peek();
            if (next != null && next.nextSequence() == entry.sequence() + 1) {
                settlements.remove();
                check(next, found);
            }
        }
    }

    private void move(AccountId account, Asset asset, long amount) {
        net.computeIfAbsent(new BalanceKey(account, asset), _ -> new Amount()).add(amount);
    }

    private void load(JdbcClient jdbc) {
        isLoaded = true;
        jdbc.sql(
                        """
                        select next_sequence, first_sequence, moved from settlement
                        order by next_sequence
                        """)
                .query(row -> {
                    settlements.add(
                            new Settlement(
                                    row.getLong("next_sequence"),
                                    row.getLong("first_sequence"),
                                    JSON.readTree(row.getString("moved"))));
                });
    }

    private void check(Settlement settlement, Discrepancies found) {
        if (settlement.firstSequence() != settled
                || !settlement.moved().equals(JSON.readTree(moved()))) {
            found.add(
                    settlement.nextSequence() - 1,
                    "balances were settled here by other amounts than the transfers before it");
        }
        settled = settlement.nextSequence();
        net.forEach((key, amount) ->
                balances.computeIfAbsent(key, _ -> new Amount()).add(amount.value));
        net.clear();
    }

    private String moved() {
        var sums = new TreeMap<String, BigInteger>();
        net.forEach((key, amount) -> {
            if (amount.value != 0) {
                var size = BigInteger.valueOf(amount.value).abs();
                sums.merge(key.asset().code(), size, BigInteger::add);
            }
        });
        return new Moved(sums).asJson();
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        if (!settlements.isEmpty()) {
            found.add(-1, "balances were settled where no batch ends");
        }
        long stated = jdbc.sql("select settled_sequence from leader").query(Long.class).single();
        if (stated != settled) {
            found.add(-1, "balances are said to be settled at " + stated + ", not " + settled);
        }
        compareRows(jdbc, found);
    }

    /// Each row is used up by the balance that it is of, so one that stands there twice is found.
    private void compareRows(JdbcClient jdbc, Discrepancies found) {
        var wrong = new int[1];
        jdbc.sql(
                        """
                        select account.id, asset.code, balance.amount from balance
                        left join account on account.number = balance.account
                        left join asset on asset.number = balance.asset
                        """)
                .query(row -> {
                    var id = row.getString("id");
                    var code = row.getString("code");
                    long amount = row.getLong("amount");
                    var expected = expected(id, code);
                    if ((expected == null || expected.value != amount) && wrong[0]++ < ENOUGH) {
                        found.add(
                                -1,
                                "the row of balance of %s in %s is %d, but was settled at %s"
                                        .formatted(id, code, amount, expected));
                    }
                });
        balances.keySet().stream()
                .limit(ENOUGH)
                .forEach(key -> found.add(-1, "the row of balance of " + key + " is gone"));
    }

    private @Nullable Amount expected(@Nullable String id, @Nullable String code) {
        return id == null || code == null
                ? null
                : balances.remove(new BalanceKey(new AccountId(id), new Asset(code)));
    }

    private record Settlement(long nextSequence, long firstSequence, JsonNode moved) {}

    /// In the asset's base unit. It counts millions of transfers, so it is changed in place.
    private static final class Amount {

        private long value;

        void add(long more) {
            value = Math.addExact(value, more);
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }
}
