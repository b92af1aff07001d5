package org.wattmark.ledger;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;

/// The rules of the ledger once more, as plainly as can be: a settlement works on a copy of all
/// state, which is kept if every step went well. Numbers do not end.
final class NaiveLedger {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Map<AccountId, Account.Kind> kinds = new HashMap<>();
    private Map<BalanceKey, BigInteger> free = new HashMap<>();
    private Map<UUID, Hold> holds = new HashMap<>();

    NaiveLedger(List<Account> accounts) {
        accounts.forEach(each -> kinds.put(each.id(), each.kind()));
    }

    BigInteger free(AccountId account, Asset asset) {
        return free.getOrDefault(new BalanceKey(account, asset), BigInteger.ZERO);
    }

    BigInteger reserved(AccountId account, Asset asset) {
        return holds.values().stream()
                .filter(hold -> hold.account().equals(account) && hold.asset().equals(asset))
                .map(hold -> BigInteger.valueOf(hold.remaining()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    Map<UUID, Hold> holds() {
        return holds;
    }

    Optional<Rejected> reserve(UUID id, AccountId account, Asset asset, long amount) {
        if (holds.containsKey(id)) {
            return Optional.of(new Rejected(0, Reason.HOLD_ID_IN_USE));
        }
        var kind = kinds.get(account);
        var reason =
                kind == null
                        ? Reason.DEBIT_ACCOUNT_UNKNOWN
                        : kind != Account.Kind.HOLDER
                                ? Reason.CREDIT_ACCOUNT_UNKNOWN
                                : free(account, asset).compareTo(BigInteger.valueOf(amount)) < 0
                                        ? Reason.EXCEEDS_BALANCE
                                        : null;
        if (reason != null) {
            return Optional.of(new Rejected(0, reason));
        }
        add(account, asset, -amount);
        holds.put(id, new Hold(id, account, asset, amount));
        return Optional.empty();
    }

    Optional<Rejected> settle(List<Step> steps) {
        var freeBefore = new HashMap<>(free);
        var holdsBefore = new HashMap<>(holds);
        for (int i = 0; i < steps.size(); i++) {
            var reason = take(steps.get(i));
            if (reason.isPresent()) {
                free = freeBefore;
                holds = holdsBefore;
                return Optional.of(new Rejected(i, reason.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Reason> take(Step step) {
        return switch (step) {
            case Step.Plain(var transfer) -> plain(transfer);
            case Step.Capture(var _, var hold, var to, var amount) -> fromHold(hold, to, amount);
            case Step.Release(var _, var id) -> {
                var hold = holds.get(id);
                yield hold == null
                        ? Optional.of(Reason.HOLD_UNKNOWN)
                        : fromHold(id, hold.account(), hold.remaining());
            }
        };
    }

    private Optional<Reason> plain(Transfer transfer) {
        var kind = kinds.get(transfer.debit());
        if (kind == null) {
            return Optional.of(Reason.DEBIT_ACCOUNT_UNKNOWN);
        }
        if (!kinds.containsKey(transfer.credit())) {
            return Optional.of(Reason.CREDIT_ACCOUNT_UNKNOWN);
        }
        if (kind == Account.Kind.SINK) {
            return Optional.of(Reason.DEBIT_ACCOUNT_IS_A_SINK);
        }
        var amount = BigInteger.valueOf(transfer.amount());
        var rest = free(transfer.debit(), transfer.asset()).subtract(amount);
        if (kind == Account.Kind.HOLDER && rest.signum() < 0) {
            return Optional.of(Reason.EXCEEDS_BALANCE);
        }
        var received = free(transfer.credit(), transfer.asset()).add(amount);
        if (rest.negate().compareTo(MOST) > 0 || received.compareTo(MOST) > 0) {
            return Optional.of(Reason.BALANCE_WOULD_OVERFLOW);
        }
        add(transfer.debit(), transfer.asset(), -transfer.amount());
        add(transfer.credit(), transfer.asset(), transfer.amount());
        return Optional.empty();
    }

    private Optional<Reason> fromHold(UUID id, AccountId to, long amount) {
        var hold = holds.get(id);
        if (hold == null) {
            return Optional.of(Reason.HOLD_UNKNOWN);
        }
        if (amount > hold.remaining()) {
            return Optional.of(Reason.EXCEEDS_HOLD);
        }
        if (!kinds.containsKey(to)) {
            return Optional.of(Reason.CREDIT_ACCOUNT_UNKNOWN);
        }
        if (free(to, hold.asset()).add(BigInteger.valueOf(amount)).compareTo(MOST) > 0) {
            return Optional.of(Reason.BALANCE_WOULD_OVERFLOW);
        }
        holds.remove(id);
        if (amount < hold.remaining()) {
            holds.put(id, hold.less(amount));
        }
        add(to, hold.asset(), amount);
        return Optional.empty();
    }

    private void add(AccountId account, Asset asset, long delta) {
        free.put(
                new BalanceKey(account, asset),
                free(account, asset).add(BigInteger.valueOf(delta)));
    }
}
