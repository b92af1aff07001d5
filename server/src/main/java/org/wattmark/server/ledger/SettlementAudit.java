package org.wattmark.server.ledger;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.TransferPosted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each time that balances were settled, they moved by what the transfers since then say; and they
/// were settled up to where the leader's row says.
public final class SettlementAudit implements RowAudit {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ArrayDeque<Settlement> settlements = new ArrayDeque<>();
    private final Map<String, Map<String, Long>> net = new TreeMap<>();
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
                var asset = net.computeIfAbsent(transfer.asset().code(), _ -> new HashMap<>());
                asset.merge(transfer.debit().value(), -transfer.amount(), Math::addExact);
                asset.merge(transfer.credit().value(), transfer.amount(), Math::addExact);
            }
            var next = settlements.peek();
            if (next != null && next.nextSequence() == entry.sequence() + 1) {
                settlements.remove();
                check(next, found);
            }
        }
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
        net.clear();
    }

    private String moved() {
        var sums = new TreeMap<String, BigInteger>();
        net.forEach((asset, accounts) -> {
            var sum =
                    accounts.values().stream()
                            .map(delta -> BigInteger.valueOf(delta).abs())
                            .reduce(BigInteger.ZERO, BigInteger::add);
            if (sum.signum() != 0) {
                sums.put(asset, sum);
            }
        });
        return new Moved(sums).asJson();
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        if (!settlements.isEmpty()) {
            found.add(-1, "balances were settled where no batch ends");
        }
        long stated =
                jdbc.sql("select settled_sequence from leader").query(Long.class).single();
        if (stated != settled) {
            found.add(-1, "balances are said to be settled at " + stated + ", not " + settled);
        }
    }

    private record Settlement(long nextSequence, long firstSequence, JsonNode moved) {}
}
