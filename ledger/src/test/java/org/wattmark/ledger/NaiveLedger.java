package org.wattmark.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;

/// The rules of the ledger once more, as plainly as can be: a group works on a copy of all state,
/// which is kept if every step went well. Numbers do not end. Of every transfer all that speaks
/// against it is gathered, and the first of it in order of precedence is the reason.
final class NaiveLedger {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    final Map<AccountId, Kind> kinds = new HashMap<>();
    final Map<AccountId, Standing> standings = new HashMap<>();
    final Set<Asset> frozen = new HashSet<>();
    Instant now = Books.NOON;
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

    boolean isEmpty(AccountId account) {
        return free.entrySet().stream()
                        .filter(each -> each.getKey().account().equals(account))
                        .allMatch(each -> each.getValue().signum() == 0)
                && holds.values().stream().noneMatch(hold -> hold.account().equals(account));
    }

    Optional<Rejected> reserve(UUID id, AccountId account, Asset asset, long amount) {
        return together(
                List.of(id),
                _ ->
                        holds.containsKey(id)
                                ? Optional.of(Reason.HOLD_ID_IN_USE)
                                : reserve(id, account, asset, amount, HoldTerms.NONE));
    }

    Optional<Rejected> settle(List<Step> steps) {
        return together(steps, this::take);
    }

    Optional<Rejected> post(List<Leg> legs) {
        return together(legs, this::take);
    }

    /// Gives back what has expired, and says how many holds that was.
    long releaseExpired() {
        return List.copyOf(holds.values()).stream()
                .filter(hold -> hold.terms().isExpired(now))
                .sorted(
                        Comparator.comparing((Hold hold) -> hold.terms().expires())
                                .thenComparing(Hold::id))
                .filter(hold -> release(hold.id()).isEmpty())
                .count();
    }

    private <S> Optional<Rejected> together(
            List<S> steps, Function<? super S, Optional<Reason>> take) {
        var freeBefore = new HashMap<>(free);
        var holdsBefore = new HashMap<>(holds);
        for (int i = 0; i < steps.size(); i++) {
            var reason = take.apply(steps.get(i));
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
            case Step.Capture(var _, var hold, var to, var amount) -> capture(hold, to, amount);
            case Step.Release(var _, var hold) -> release(hold);
        };
    }

    private Optional<Reason> take(Leg leg) {
        return switch (leg) {
            case PostTransfer wish -> take(wish);
            case PostPending(var _, var id, var amount) -> {
                var hold = holds.get(id);
                if (hold == null || hold.terms().payee() == null) {
                    yield Optional.of(Reason.HOLD_UNKNOWN);
                }
                long posted = amount == 0 ? hold.remaining() : amount;
                var reason = capture(id, hold.terms().payee(), posted);
                yield reason.isEmpty() && holds.containsKey(id) ? release(id) : reason;
            }
            case VoidPending(var _, var id) -> {
                var hold = holds.get(id);
                yield hold == null || hold.terms().payee() == null
                        ? Optional.of(Reason.HOLD_UNKNOWN)
                        : release(id);
            }
        };
    }

    private Optional<Reason> take(PostTransfer wish) {
        var asked = wish.transfer();
        var most = BigInteger.valueOf(asked.amount());
        if (wish.balancing().boundsDebit()) {
            most = most.min(free(asked.debit(), asked.asset()));
        }
        if (wish.balancing().boundsCredit()) {
            most = most.min(free(asked.credit(), asked.asset()).negate());
        }
        if (most.signum() <= 0) {
            var reasons = EnumSet.of(Reason.NOTHING_TO_BALANCE);
            reasons.addAll(
                    against(
                            asked.debit(),
                            asked.credit(),
                            asked.asset(),
                            asked.amount(),
                            wish.pending()));
            return first(reasons);
        }
        var transfer = asked.withAmount(most.longValueExact());
        if (!wish.pending()) {
            return plain(transfer);
        }
        var expires = wish.timeoutSeconds() == 0 ? null : now.plusSeconds(wish.timeoutSeconds());
        return reserve(
                transfer.id(),
                transfer.debit(),
                transfer.asset(),
                transfer.amount(),
                new HoldTerms(transfer.credit(), expires));
    }

    private Optional<Reason> plain(Transfer transfer) {
        var reason =
                first(
                        against(
                                transfer.debit(),
                                transfer.credit(),
                                transfer.asset(),
                                transfer.amount(),
                                false));
        if (reason.isEmpty()) {
            add(transfer.debit(), transfer.asset(), -transfer.amount());
            add(transfer.credit(), transfer.asset(), transfer.amount());
        }
        return reason;
    }

    private Optional<Reason> reserve(
            UUID id, AccountId account, Asset asset, long amount, HoldTerms terms) {
        var reason = first(against(account, terms.payee(), asset, amount, true));
        if (reason.isEmpty()) {
            add(account, asset, -amount);
            holds.put(id, new Hold(id, account, asset, amount, terms));
        }
        return reason;
    }

    private Optional<Reason> capture(UUID id, AccountId to, long amount) {
        var hold = holds.get(id);
        if (hold == null) {
            return Optional.of(Reason.HOLD_UNKNOWN);
        }
        var reasons = EnumSet.noneOf(Reason.class);
        if (hold.terms().expires() != null && !hold.terms().expires().isAfter(now)) {
            reasons.add(Reason.HOLD_EXPIRED);
        }
        if (hold.terms().payee() != null && !hold.terms().payee().equals(to)) {
            reasons.add(Reason.HOLD_NAMES_ANOTHER_PAYEE);
        }
        if (amount > hold.remaining()) {
            reasons.add(Reason.EXCEEDS_HOLD);
        }
        reasons.addAll(againstStanding(hold.account(), to, hold.asset()));
        reasons.addAll(againstReceiving(to, hold.asset(), amount));
        if (reasons.isEmpty()) {
            holds.remove(id);
            if (amount < hold.remaining()) {
                holds.put(id, hold.less(amount));
            }
            add(to, hold.asset(), amount);
        }
        return first(reasons);
    }

    private Optional<Reason> release(UUID id) {
        var hold = holds.get(id);
        if (hold == null) {
            return Optional.of(Reason.HOLD_UNKNOWN);
        }
        var reasons = againstReceiving(hold.account(), hold.asset(), hold.remaining());
        if (reasons.isEmpty()) {
            holds.remove(id);
            add(hold.account(), hold.asset(), hold.remaining());
        }
        return first(reasons);
    }

    private Set<Reason> against(
            AccountId debit, @Nullable AccountId credit, Asset asset, long n, boolean reserves) {
        var reasons = EnumSet.noneOf(Reason.class);
        var kind = kinds.get(debit);
        if (kind == null) {
            reasons.add(Reason.DEBIT_ACCOUNT_UNKNOWN);
        }
        if (debit.isTest() != asset.isTest()
                || (credit != null && credit.isTest() != asset.isTest())) {
            reasons.add(Reason.TEST_AND_LIVE_DO_NOT_MIX);
        }
        if (reserves && kind != Kind.HOLDER) {
            reasons.add(Reason.ONLY_A_HOLDER_RESERVES);
        }
        if (kind == Kind.SINK) {
            reasons.add(Reason.DEBIT_ACCOUNT_IS_A_SINK);
        }
        var amount = BigInteger.valueOf(n);
        var rest = free(debit, asset).subtract(amount);
        if (rest.signum() < 0 && (kind == Kind.HOLDER || kind == Kind.SINK)) {
            reasons.add(Reason.EXCEEDS_BALANCE);
        }
        if (rest.negate().compareTo(MOST) > 0) {
            reasons.add(Reason.BALANCE_WOULD_OVERFLOW);
        }
        reasons.addAll(againstStanding(debit, credit, asset));
        if (!reserves && credit != null) {
            reasons.addAll(againstReceiving(credit, asset, n));
        } else if (reserved(debit, asset).add(amount).compareTo(MOST) > 0) {
            reasons.add(Reason.BALANCE_WOULD_OVERFLOW);
        }
        if (credit != null && !kinds.containsKey(credit)) {
            reasons.add(Reason.CREDIT_ACCOUNT_UNKNOWN);
        }
        return reasons;
    }

    private Set<Reason> againstStanding(AccountId debit, @Nullable AccountId credit, Asset asset) {
        var reasons = EnumSet.noneOf(Reason.class);
        var giver = standings.getOrDefault(debit, Standing.OPEN);
        var taker = credit == null ? Standing.OPEN : standings.getOrDefault(credit, Standing.OPEN);
        if (giver == Standing.CLOSED) {
            reasons.add(Reason.DEBIT_ACCOUNT_CLOSED);
        }
        if (taker == Standing.CLOSED) {
            reasons.add(Reason.CREDIT_ACCOUNT_CLOSED);
        }
        if (giver == Standing.FROZEN) {
            reasons.add(Reason.DEBIT_ACCOUNT_FROZEN);
        }
        if (taker == Standing.FROZEN) {
            reasons.add(Reason.CREDIT_ACCOUNT_FROZEN);
        }
        if (frozen.contains(asset)) {
            reasons.add(Reason.ASSET_FROZEN);
        }
        return reasons;
    }

    private Set<Reason> againstReceiving(AccountId to, Asset asset, long amount) {
        var reasons = EnumSet.noneOf(Reason.class);
        var received = free(to, asset).add(BigInteger.valueOf(amount));
        if (!kinds.containsKey(to)) {
            reasons.add(Reason.CREDIT_ACCOUNT_UNKNOWN);
        }
        if (to.isTest() != asset.isTest()) {
            reasons.add(Reason.TEST_AND_LIVE_DO_NOT_MIX);
        }
        if (kinds.get(to) == Kind.SOURCE && received.signum() > 0) {
            reasons.add(Reason.EXCEEDS_WHAT_SOURCE_GAVE);
        }
        if (received.compareTo(MOST) > 0) {
            reasons.add(Reason.BALANCE_WOULD_OVERFLOW);
        }
        return reasons;
    }

    private static Optional<Reason> first(Set<Reason> reasons) {
        return reasons.stream().sorted().findFirst();
    }

    private void add(AccountId account, Asset asset, long delta) {
        free.put(
                new BalanceKey(account, asset),
                free(account, asset).add(BigInteger.valueOf(delta)));
    }
}
