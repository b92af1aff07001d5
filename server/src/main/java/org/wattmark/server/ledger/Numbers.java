package org.wattmark.server.ledger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.KnownAsset;
import org.wattmark.ledger.StagedMap.Change;

/// The short numbers that rows have for accounts and assets. A number never changes its meaning, so
/// what was read once is right for ever.
public final class Numbers {

    private final Map<AccountId, Long> numbers = new ConcurrentHashMap<>();
    private final Map<Long, AccountId> accounts = new ConcurrentHashMap<>();
    private final Map<Asset, Integer> assetNumbers = new ConcurrentHashMap<>();
    private final Map<Integer, Asset> assets = new ConcurrentHashMap<>();

    /// Learns of the accounts and assets that a batch brings.
    ///
    /// A batch that fails is decided anew, and its accounts get other numbers: the latest count.
    void learn(List<Change> changes) {
        for (var change : changes) {
            if (change.after() instanceof Account account) {
                learn(account.id(), account.number());
            } else if (change.after() instanceof KnownAsset known) {
                learn(known.asset(), known.number());
            }
        }
    }

    void learn(AccountId account, long number) {
        numbers.put(account, number);
        accounts.put(number, account);
    }

    void learn(Asset asset, int number) {
        assetNumbers.put(asset, number);
        assets.put(number, asset);
    }

    long of(AccountId account) {
        return known(numbers, account);
    }

    int of(Asset asset) {
        return known(assetNumbers, asset);
    }

    /// The account of this number, which is looked up if it is new here.
    AccountId account(long number, JdbcClient jdbc) {
        return found(
                accounts,
                number,
                it ->
                        jdbc.sql("select id from account where number = ?")
                                .param(it)
                                .query(String.class)
                                .optional()
                                .map(AccountId::new)
                                .orElse(null));
    }

    Asset asset(int number, JdbcClient jdbc) {
        return found(
                assets,
                number,
                it ->
                        jdbc.sql("select code from asset where number = ?")
                                .param(it)
                                .query(String.class)
                                .optional()
                                .map(Asset::new)
                                .orElse(null));
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        var value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("has no number: " + key);
        }
        return value;
    }

    private static <K, V> V found(Map<K, V> map, K key, Function<K, @Nullable V> lookUp) {
        var value = map.get(key);
        if (value == null) {
            value = lookUp.apply(key);
            if (value == null) {
                throw new UnreadableRow("nothing has the number " + key);
            }
            map.put(key, value);
        }
        return value;
    }
}
