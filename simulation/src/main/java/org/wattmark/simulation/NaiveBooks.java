package org.wattmark.simulation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.Posting.Reason;

/// The rules of the ledger once more, as plainly as can be. Holds are numbered by the request that
/// made them; steps that belong together work on all state or put the old state back.
final class NaiveBooks {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    final NaiveStandings standings = new NaiveStandings();
    private Map<BalanceKey, Long> free = new HashMap<>();
    private Map<Integer, Hold> holds = new HashMap<>();

    /// When the request at hand was decided.
    Instant now = Instant.EPOCH;

    /// @param payee to whom alone it may go; anybody if null
    /// @param expires from when on it can only go back; never if null
    record Hold(
            AccountId account,
            Asset asset,
            long remaining,
            @Nullable AccountId payee,
            @Nullable Instant expires) {

        boolean isExpired(Instant now) {
            return expires != null && !expires.isAfter(now);
        }
    }

    void open(Account account) {
        standings.open(account);
    }

    boolean isOpen(AccountId account) {
        var standing = standings.standing(account);
        return standing != null && standing != Account.Standing.CLOSED;
    }

    long free(AccountId account, Asset asset) {
        return free.getOrDefault(new BalanceKey(account, asset), 0L);
    }

    Map<BalanceKey, Long> free() {
        return free;
    }

    Map<Integer, Hold> holds() {
        return holds;
    }

    /// What holds reserve, by the account that they reserve from.
    Map<BalanceKey, Long> reserved() {
        var sums = new HashMap<BalanceKey, Long>();
        for (var hold : holds.values()) {
            sums.merge(new BalanceKey(hold.account, hold.asset), hold.remaining, Math::addExact);
        }
        return sums;
    }

    long reserved(AccountId account, Asset asset) {
        long sum = 0;
        for (var hold : holds.values()) {
            if (hold.account.equals(account) && hold.asset.equals(asset)) {
                sum += hold.remaining;
            }
        }
        return sum;
    }

    String settle(List<Leg> legs) {
        var freeBefore = new HashMap<>(free);
        var holdsBefore = new HashMap<>(holds);
        for (int i = 0; i < legs.size(); i++) {
            var reason = take(legs.get(i));
            if (reason != null) {
                free = freeBefore;
                holds = holdsBefore;
                return Words.rejected(i, reason.name());
            }
        }
        return "posted " + legs.size();
    }

    private @Nullable Reason take(Leg leg) {
        return switch (leg) {
            case Leg.Plain(var from, var to, var asset, var amount) ->
                    plain(from, to, asset, amount);
            case Leg.Capture(var hold, var to, var amount) -> capture(hold, to, amount);
            case Leg.Release(var hold) -> release(hold);
        };
    }

    String post(Request.Post post) {
        var reason =
                post.timeout() < 0
                        ? plain(post.from(), post.to(), post.asset(), post.amount())
                        : reserve(
                                post.number(),
                                post.from(),
                                post.asset(),
                                post.amount(),
                                post.to(),
                                post.timeout() == 0 ? null : now.plusSeconds(post.timeout()));
        return reason == null ? "posted 1" : Words.rejected(0, reason.name());
    }

    String complete(Request.Complete complete) {
        var hold = holds.get(complete.pending());
        if (hold == null || hold.payee == null) {
            return Words.rejected(0, Reason.HOLD_UNKNOWN.name());
        }
        long amount = complete.amount() == 0 ? hold.remaining : complete.amount();
        var freeBefore = new HashMap<>(free);
        var holdsBefore = new HashMap<>(holds);
        var reason = capture(complete.pending(), hold.payee, amount);
        long rest = hold.remaining - amount;
        if (reason == null && rest > 0) {
            reason = release(complete.pending());
        }
        if (reason != null) {
            free = freeBefore;
            holds = holdsBefore;
            return Words.rejected(0, reason.name());
        }
        return complete.amount() == 0
                ? Words.posted(1, List.of(amount))
                : rest == 0 ? "posted 1" : Words.posted(2, List.of(amount, rest));
    }

    String cancel(Request.Cancel cancel) {
        var hold = holds.get(cancel.pending());
        var reason =
                hold == null || hold.payee == null
                        ? Reason.HOLD_UNKNOWN
                        : release(cancel.pending());
        return reason == null && hold != null
                ? Words.posted(1, List.of(hold.remaining))
                : Words.rejected(0, String.valueOf(reason));
    }

    /// Those first that expired first; what cannot go back waits.
    String expire(int most) {
        var due = new ArrayList<Integer>();
        holds.forEach((number, hold) -> {
            if (hold.isExpired(now)) {
                due.add(number);
            }
        });
        due.sort(
                Comparator.comparing((Integer number) -> expiryOf(number))
                        .thenComparing(Comparator.naturalOrder()));
        int released = 0;
        for (var number : due) {
            if (released == most) {
                return Words.expired(released, true);
            }
            released += release(number) == null ? 1 : 0;
        }
        return Words.expired(released, false);
    }

    private Instant expiryOf(int number) {
        var hold = holds.get(number);
        return hold == null || hold.expires == null ? Instant.MAX : hold.expires;
    }

    /// Whatever moved has left a balance, be it zero.
    String freeze(Request.Freeze freeze) {
        var isKnown = free.keySet().stream().anyMatch(key -> key.asset().equals(freeze.asset()));
        return standings.freeze(freeze, isKnown);
    }

    String stand(Request.Stand stand) {
        boolean isEmpty =
                free.entrySet().stream()
                                .noneMatch(each ->
                                        each.getKey().account().equals(stand.account())
                                                && each.getValue() != 0)
                        && holds.values().stream()
                                .noneMatch(hold -> hold.account.equals(stand.account()));
        return standings.stand(stand, isEmpty);
    }

    @Nullable Reason plain(AccountId from, AccountId to, Asset asset, long amount) {
        var kind = standings.kind(from);
        if (kind == null) {
            return Reason.DEBIT_ACCOUNT_UNKNOWN;
        }
        if (standings.kind(to) == null) {
            return Reason.CREDIT_ACCOUNT_UNKNOWN;
        }
        if (mixes(from, asset) || mixes(to, asset)) {
            return Reason.TEST_AND_LIVE_DO_NOT_MIX;
        }
        var still = standings.whyNotNow(from, to, asset);
        if (still != null) {
            return still;
        }
        if (kind == Kind.SINK) {
            return Reason.DEBIT_ACCOUNT_IS_A_SINK;
        }
        var rest = big(free(from, asset)).subtract(big(amount));
        if (kind == Kind.HOLDER && rest.signum() < 0) {
            return Reason.EXCEEDS_BALANCE;
        }
        var obstacle = whyNotReceived(to, asset, amount);
        if (obstacle == Reason.EXCEEDS_WHAT_SOURCE_GAVE) {
            return obstacle;
        }
        if (obstacle != null || rest.negate().compareTo(MOST) > 0) {
            return Reason.BALANCE_WOULD_OVERFLOW;
        }
        free.put(new BalanceKey(from, asset), rest.longValueExact());
        give(to, asset, amount);
        return null;
    }

    private @Nullable Reason whyNotReceived(AccountId to, Asset asset, long amount) {
        var received = big(free(to, asset)).add(big(amount));
        if (standings.kind(to) == Kind.SOURCE && received.signum() > 0) {
            return Reason.EXCEEDS_WHAT_SOURCE_GAVE;
        }
        return received.compareTo(MOST) > 0 ? Reason.BALANCE_WOULD_OVERFLOW : null;
    }

    private void give(AccountId to, Asset asset, long amount) {
        free.put(new BalanceKey(to, asset), Math.addExact(free(to, asset), amount));
    }

    @Nullable Reason reserve(int number, AccountId account, Asset asset, long amount) {
        return reserve(number, account, asset, amount, null, null);
    }

    private @Nullable Reason reserve(
            int number,
            AccountId account,
            Asset asset,
            long amount,
            @Nullable AccountId payee,
            @Nullable Instant expires) {
        if (holds.containsKey(number)) {
            return Reason.HOLD_ID_IN_USE;
        }
        var kind = standings.kind(account);
        if (kind == null) {
            return Reason.DEBIT_ACCOUNT_UNKNOWN;
        }
        if (payee != null && standings.kind(payee) == null) {
            return Reason.CREDIT_ACCOUNT_UNKNOWN;
        }
        if (mixes(account, asset) || (payee != null && mixes(payee, asset))) {
            return Reason.TEST_AND_LIVE_DO_NOT_MIX;
        }
        if (kind != Kind.HOLDER) {
            return Reason.ONLY_A_HOLDER_RESERVES;
        }
        var still = standings.whyNotNow(account, payee, asset);
        if (still != null) {
            return still;
        }
        if (free(account, asset) < amount) {
            return Reason.EXCEEDS_BALANCE;
        }
        if (big(amount).add(big(reserved(account, asset))).compareTo(MOST) > 0) {
            return Reason.BALANCE_WOULD_OVERFLOW;
        }
        free.put(new BalanceKey(account, asset), free(account, asset) - amount);
        holds.put(number, new Hold(account, asset, amount, payee, expires));
        return null;
    }

    /// All of it, back to its holder: whatever stands still.
    @Nullable Reason release(int number) {
        var hold = holds.get(number);
        if (hold == null) {
            return Reason.HOLD_UNKNOWN;
        }
        var obstacle = whyNotReceived(hold.account, hold.asset, hold.remaining);
        if (obstacle == null) {
            give(hold.account, hold.asset, hold.remaining);
            holds.remove(number);
        }
        return obstacle;
    }

    @Nullable Reason capture(int number, AccountId to, long amount) {
        var hold = holds.get(number);
        if (hold == null) {
            return Reason.HOLD_UNKNOWN;
        }
        if (hold.isExpired(now)) {
            return Reason.HOLD_EXPIRED;
        }
        if (hold.payee != null && !hold.payee.equals(to)) {
            return Reason.HOLD_NAMES_ANOTHER_PAYEE;
        }
        if (amount > hold.remaining) {
            return Reason.EXCEEDS_HOLD;
        }
        if (standings.kind(to) == null) {
            return Reason.CREDIT_ACCOUNT_UNKNOWN;
        }
        if (mixes(to, hold.asset)) {
            return Reason.TEST_AND_LIVE_DO_NOT_MIX;
        }
        var still = standings.whyNotNow(hold.account, to, hold.asset);
        if (still != null) {
            return still;
        }
        var obstacle = whyNotReceived(to, hold.asset, amount);
        if (obstacle != null) {
            return obstacle;
        }
        give(to, hold.asset, amount);
        if (hold.remaining == amount) {
            holds.remove(number);
        } else {
            long rest = hold.remaining - amount;
            holds.put(number, new Hold(hold.account, hold.asset, rest, hold.payee, hold.expires));
        }
        return null;
    }

    private static boolean mixes(AccountId account, Asset asset) {
        return account.value().startsWith("test:") != asset.code().startsWith("test");
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}
