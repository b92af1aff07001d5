package org.wattmark.server.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.TransferPosted;

/// Each chunk of `account_history` that is said to be complete names the entries that moved each
/// account, all of them and no others, and what they add up to.
public final class AccountHistoryAudit implements RowAudit {

    /// So many wrong rows tell the story.
    private static final int ENOUGH = 10;

    private static final String ROWS =
            """
            select account.id, asset.code, places, net from account_history
            left join account on account.number = account_history.account
            left join asset on asset.number = account_history.asset
            where chunk = :chunk and account_history.account <> :mark
            """;

    private static final String MISPLACED =
            """
            select chunk from account_history
            where chunk >= :complete
                or account = :mark and (asset <> 0 or places <> '{}' or net <> 0)
            union all
            select chunk - 1 from (
                select chunk, lag(chunk, 1, -1::bigint) over (order by chunk) as before
                from account_history where account = :mark
            ) as marks
            where chunk <> before + 1
            order by 1 limit 10
            """;

    private final int size;
    private final Map<BalanceKey, Moves> chunk = new HashMap<>();
    private long complete = -1;
    private int wrong;

    public AccountHistoryAudit() {
        this(AccountHistory.CHUNK);
    }

    /// @param size of a chunk; it must be that which the table was made with
    AccountHistoryAudit(int size) {
        this.size = size;
    }

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        if (complete < 0) {
            complete =
                    jdbc.sql(AccountHistory.COMPLETE)
                            .param(AccountHistory.NO_ACCOUNT)
                            .query(Long.class)
                            .single();
        }
        for (var entry : page) {
            long number = entry.sequence() / size;
            if (number >= complete) {
                return;
            }
            int place = Math.toIntExact(entry.sequence() % size);
            if (entry.fact() instanceof TransferPosted posted) {
                var transfer = posted.transfer();
                moves(transfer.debit(), transfer.asset()).add(place, -transfer.amount());
                moves(transfer.credit(), transfer.asset()).add(place, transfer.amount());
            }
            if (place == size - 1) {
                compare(number, jdbc, found);
                chunk.clear();
            }
        }
    }

    private Moves moves(AccountId account, Asset asset) {
        return chunk.computeIfAbsent(new BalanceKey(account, asset), _ -> new Moves());
    }

    /// Each row is used up by the moves that it tells of.
    private void compare(long number, JdbcClient jdbc, Discrepancies found) {
        jdbc.sql(ROWS)
                .param("chunk", number)
                .param("mark", AccountHistory.NO_ACCOUNT)
                .query(row -> {
                    var id = row.getString("id");
                    var code = row.getString("code");
                    var expected = expected(id, code);
                    var places = (Integer[]) row.getArray("places").getArray();
                    var net = row.getBigDecimal("net");
                    if (expected == null
                            || !expected.isOf(places)
                            || net.compareTo(new BigDecimal(expected.net())) != 0) {
                        say(number, id, code, found);
                    }
                });
        chunk.keySet()
                .forEach(key -> say(number, key.account().value(), key.asset().code(), found));
    }

    private @Nullable Moves expected(@Nullable String id, @Nullable String code) {
        return id == null || code == null
                ? null
                : chunk.remove(new BalanceKey(new AccountId(id), new Asset(code)));
    }

    private void say(long number, @Nullable String id, @Nullable String code, Discrepancies found) {
        if (wrong++ < ENOUGH) {
            found.add(
                    -1,
                    "the history of %s in %s from entry %d on is not what the journal says"
                            .formatted(id, code, number * size));
        }
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        jdbc.sql(MISPLACED)
                .param("complete", Math.max(0, complete))
                .param("mark", AccountHistory.NO_ACCOUNT)
                .query(row -> {
                    found.add(
                            -1,
                            "the history of accounts has a part %d that is not there to have"
                                    .formatted(row.getLong(1)));
                });
    }

    /// The places of the entries that moved one account, in their order, and their sum.
    private static final class Moves {

        private int[] places = new int[8];
        private int count;
        private long net;
        private BigInteger carried = BigInteger.ZERO;

        void add(int place, long amount) {
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
            }
            places[count++] = place;
            long sum = net + amount;
            if (((net ^ sum) & (amount ^ sum)) < 0) { // beyond 8 bytes
                carried = carried.add(BigInteger.valueOf(net));
                sum = amount;
            }
            net = sum;
        }

        BigInteger net() {
            return carried.add(BigInteger.valueOf(net));
        }

        boolean isOf(Integer[] stored) {
            var sorted = stored.clone();
            Arrays.sort(sorted);
            boolean same = sorted.length == count;
            for (int i = 0; same && i < count; i++) {
                same = sorted[i] == places[i];
            }
            return same;
        }
    }
}
