package org.wattmark.server.ledger;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.Batch;
import org.wattmark.server.ledger.MapTable.Row;

/// How much was moved when balances were settled: the sum of the absolute changes of balances, by
/// asset.
record Moved(Map<String, BigInteger> byAsset) {

    static Moved of(Batch batch) {
        var sums = new TreeMap<String, BigInteger>();
        for (var change : batch.changes()) {
            if (change.key() instanceof BalanceKey key) {
                Row<BalanceKey, Long> row = Row.of(change);
                var size = BigInteger.valueOf(BalanceTable.delta(row)).abs();
                if (size.signum() != 0) {
                    sums.merge(key.asset().code(), size, BigInteger::add);
                }
            }
        }
        return new Moved(sums);
    }

    /// Asset codes need no escape in JSON.
    String asJson() {
        return byAsset.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\": " + each.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
