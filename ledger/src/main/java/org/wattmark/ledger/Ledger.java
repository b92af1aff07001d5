package org.wattmark.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.ledger.TransferPosted.Role;

/// Double entry of any asset. What one account gives another receives, so nothing is made or lost;
/// no holder gives more than it has.
///
/// What a hold reserves lies in an account of its own beside the holder's, so a reservation is a
/// transfer like any other. Only the sequencer's thread calls this.
public final class Ledger implements Machine {

    private final Staging staging;
    private final StagedMap<AccountId, Account> accounts;
    private final StagedMap<BalanceKey, Long> balances;
    private final StagedMap<UUID, Hold> holds;

    public Ledger(Staging staging) {
        this.staging = staging;
        this.accounts = staging.map("account");
        this.balances = staging.map("balance");
        this.holds = staging.map("hold");
        staging.add(this);
    }

    /// Opens an account, with the one beside it that its holds reserve into. An account that is
    /// open already stays as it is.
    public void open(Account account) {
        if (account.id().isReserved()) {
            throw new IllegalArgumentException("opens with its holder only: " + account.id());
        }
        if (accounts.containsKey(account.id())) {
            return;
        }
        staging.record(new AccountOpened(account));
    }

    public OpenAccounts.Opened open(OpenAccounts command) {
        command.accounts().forEach(this::open);
        return new OpenAccounts.Opened(true);
    }

    public boolean isOpen(AccountId account) {
        return accounts.containsKey(account);
    }

    /// What the account has of the asset and no hold reserves, in the asset's base unit.
    public long balance(AccountId account, Asset asset) {
        return balances.getOrDefault(new BalanceKey(account, asset), 0L);
    }

    /// What holds reserve of the account's asset.
    public long reserved(AccountId account, Asset asset) {
        return balance(account.reserved(), asset);
    }

    public Optional<Hold> hold(UUID id) {
        return Optional.ofNullable(holds.get(id));
    }

    public Posting post(Transfer transfer) {
        return post(List.of(transfer));
    }

    /// Posts transfers that are linked: each sees the ones before it, and if one is rejected none
    /// is posted.
    public Posting post(List<Transfer> linked) {
        return postAll(linked.stream().map(TransferPosted::plain).toList());
    }

    /// Reserves a part of the account's balance under the hold's id, which must be unused.
    public Posting reserve(UUID hold, AccountId account, Asset asset, long amount) {
        if (holds.containsKey(hold)) {
            return new Rejected(0, Reason.HOLD_ID_IN_USE);
        }
        var transfer = Transfer.numbered(hold, 0, account, account.reserved(), asset, amount);
        return postAll(List.of(new TransferPosted(transfer, Role.RESERVES, hold)));
    }

    /// Gives back what is left of a hold; the hold ends.
    public Posting release(UUID id, UUID hold) {
        return settle(List.of(new Step.Release(id, hold)));
    }

    /// Posts captures of holds and plain transfers together: all of them, or none.
    public Posting settle(List<Step> steps) {
        var mark = staging.mark();
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < steps.size(); i++) {
            switch (postStep(steps.get(i))) {
                case Posted(var posted) -> receipts.addAll(posted);
                case Rejected(var _, var reason) -> {
                    staging.rollBackTo(mark);
                    return new Rejected(i, reason);
                }
            }
        }
        return new Posted(receipts);
    }

    private Posting postStep(Step step) {
        return switch (step) {
            case Step.Plain(var transfer) -> post(transfer);
            case Step.Capture(var id, var holdId, var to, var amount) ->
                    fromHold(id, holdId, Role.CAPTURES, to, amount);
            case Step.Release(var id, var holdId) -> {
                var hold = holds.get(holdId);
                yield hold == null
                        ? new Rejected(0, Reason.HOLD_UNKNOWN)
                        : fromHold(id, holdId, Role.RELEASES, hold.account(), hold.remaining());
            }
        };
    }

    private Posting fromHold(UUID id, UUID holdId, Role role, AccountId to, long amount) {
        var hold = holds.get(holdId);
        if (hold == null) {
            return new Rejected(0, Reason.HOLD_UNKNOWN);
        }
        if (amount > hold.remaining()) {
            return new Rejected(0, Reason.EXCEEDS_HOLD);
        }
        var transfer = new Transfer(id, hold.account().reserved(), to, hold.asset(), amount);
        return postAll(List.of(new TransferPosted(transfer, role, holdId)));
    }

    private Posting postAll(List<TransferPosted> facts) {
        var mark = staging.mark();
        var receipts = new ArrayList<Receipt>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            var reason = whyNot(facts.get(i));
            if (reason.isPresent()) {
                staging.rollBackTo(mark);
                return new Rejected(i, reason.get());
            }
            receipts.add(staging.record(facts.get(i)).receipt());
        }
        return new Posted(receipts);
    }

    private Optional<Reason> whyNot(TransferPosted posted) {
        var transfer = posted.transfer();
        var role = posted.role();
        // What is reserved moves by its hold alone; to anyone else that account does not exist.
        boolean takesReserved = role == Role.CAPTURES || role == Role.RELEASES;
        var debit = accounts.get(transfer.debit());
        if (debit == null || debit.id().isReserved() != takesReserved) {
            return Optional.of(Reason.DEBIT_ACCOUNT_UNKNOWN);
        }
        boolean givesReserved = role == Role.RESERVES;
        var credit = accounts.get(transfer.credit());
        if (credit == null || credit.id().isReserved() != givesReserved) {
            return Optional.of(Reason.CREDIT_ACCOUNT_UNKNOWN);
        }
        boolean test = transfer.asset().isTest();
        if (transfer.debit().isTest() != test || transfer.credit().isTest() != test) {
            return Optional.of(Reason.TEST_AND_LIVE_DO_NOT_MIX);
        }
        if (debit.kind() == Account.Kind.SINK) {
            return Optional.of(Reason.DEBIT_ACCOUNT_IS_A_SINK);
        }
        long given = balance(transfer.debit(), transfer.asset());
        if (!debit.mayBeOverdrawn() && transfer.amount() > given) {
            return Optional.of(Reason.EXCEEDS_BALANCE);
        }
        // A source may give at most 2^63 − 1 in all, so that every sum of balances stays exact.
        boolean overflows =
                given < Long.MIN_VALUE + 1 + transfer.amount()
                        || balance(transfer.credit(), transfer.asset())
                                > Long.MAX_VALUE - transfer.amount();
        return overflows ? Optional.of(Reason.BALANCE_WOULD_OVERFLOW) : Optional.empty();
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case AccountOpened(var account) -> {
                accounts.put(account.id(), account);
                if (account.kind() == Account.Kind.HOLDER) {
                    var reserved = account.id().reserved();
                    accounts.put(reserved, new Account(reserved, Account.Kind.HOLDER));
                }
            }
            case TransferPosted posted -> apply(posted);
            default -> {}
        }
    }

    private void apply(TransferPosted posted) {
        var transfer = posted.transfer();
        add(transfer.debit(), transfer.asset(), -transfer.amount());
        add(transfer.credit(), transfer.asset(), transfer.amount());
        switch (posted.role()) {
            case PLAIN -> {}
            case RESERVES ->
                    holds.put(
                            posted.hold(),
                            new Hold(
                                    posted.hold(),
                                    transfer.debit(),
                                    transfer.asset(),
                                    transfer.amount()));
            case CAPTURES, RELEASES -> {
                var hold = holds.get(posted.hold());
                if (hold == null) {
                    throw new IllegalStateException("no such hold: " + posted.hold());
                }
                if (hold.remaining() == transfer.amount()) {
                    holds.remove(posted.hold());
                } else {
                    holds.put(posted.hold(), hold.less(transfer.amount()));
                }
            }
        }
    }

    private void add(AccountId account, Asset asset, long delta) {
        var key = new BalanceKey(account, asset);
        balances.put(key, Math.addExact(balances.getOrDefault(key, 0L), delta));
    }

    /// One step of a settlement.
    public sealed interface Step {

        record Plain(Transfer transfer) implements Step {}

        record Capture(UUID id, UUID hold, AccountId to, long amount) implements Step {

            public Capture {
                if (amount < 1) {
                    throw new IllegalArgumentException("a capture takes at least 1, not " + amount);
                }
            }
        }

        record Release(UUID id, UUID hold) implements Step {}
    }
}
