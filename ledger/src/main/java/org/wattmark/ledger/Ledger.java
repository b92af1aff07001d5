package org.wattmark.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private final StagedMap<Asset, KnownAsset> assets;
    private final TransferRules rules;
    private final Standings standings;
    private final Expiries expiries;

    public Ledger(Staging staging) {
        this.staging = staging;
        this.accounts = staging.map("account");
        this.assets = staging.map("asset");
        this.balances = staging.totals("balance");
        this.holds = staging.map("hold");
        this.rules = new TransferRules(accounts, balances, assets);
        this.standings = new Standings(staging, accounts, assets, rules);
        this.expiries = new Expiries(staging, holds);
        staging.add(this);
    }

    /// Opens an account, with the one beside it that its holds reserve into. An account that is
    /// known already stays as it is.
    public void open(Account account) {
        standings.open(account);
    }

    public OpenAccounts.Opened open(OpenAccounts command) {
        command.accounts().forEach(this::open);
        return new OpenAccounts.Opened(true);
    }

    public StandingChange set(SetStanding command) {
        return standings.set(command);
    }

    public StandingChange set(SetFreeze command) {
        return standings.set(command);
    }

    /// Whether it was opened and not closed since.
    public boolean isOpen(AccountId account) {
        var known = accounts.get(account);
        return known != null && known.standing() != Account.Standing.CLOSED;
    }

    public Optional<Account> account(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /// Empty until something of it was transferred.
    public Optional<KnownAsset> asset(Asset asset) {
        return Optional.ofNullable(assets.get(asset));
    }

    /// What the account has of the asset and no hold reserves, in the asset's base unit.
    public long balance(AccountId account, Asset asset) {
        return rules.balance(account, asset);
    }

    /// What holds reserve of the account's asset.
    public long reserved(AccountId account, Asset asset) {
        return balance(account.reserved(), asset);
    }

    public Optional<Hold> hold(UUID id) {
        return Optional.ofNullable(holds.get(id));
    }

    /// Who has how much of the asset that no hold reserves, by the accounts' ids; without where it
    /// ends. It looks into every balance: for what happens rarely.
    public SortedMap<AccountId, Long> holdings(Asset asset) {
        var holdings = new TreeMap<AccountId, Long>(Comparator.comparing(AccountId::value));
        balances.asMap()
                .forEach((key, amount) -> {
                    if (key.asset().equals(asset) && amount > 0 && isHolders(key.account())) {
                        holdings.put(key.account(), amount);
                    }
                });
        return holdings;
    }

    private boolean isHolders(AccountId id) {
        var account = accounts.get(id);
        return account != null && !id.isReserved() && account.kind() == Account.Kind.HOLDER;
    }

    /// Lets transfers go back that wait to be posted. What reserves for a market or a stake names
    /// no payee, and its machine has to be asked.
    ///
    /// @param ids of the transfers that give back, one for each
    public void releasePending(Predicate<Hold> which, Supplier<UUID> ids) {
        var waiting =
                holds.values().stream()
                        .filter(hold -> hold.isPendingTransfer() && which.test(hold))
                        .sorted(Comparator.comparing(Hold::id))
                        .toList();
        for (var hold : waiting) {
            if (release(ids.get(), hold.id()) instanceof Posting.Rejected rejected) {
                throw new IllegalStateException("a release cannot be rejected: " + rejected);
            }
        }
    }

    /// @param transfer under an id that follows from its command's: any other is the id of a
    ///   [PostTransfer]
    public Posting post(Transfer transfer) {
        return postAlone(TransferPosted.plain(transfer));
    }

    /// Posts transfers that are linked: each sees the ones before it, and if one is rejected none
    /// is posted.
    public Posting post(List<Transfer> linked) {
        return postTogether(linked, (each, tally) -> post(TransferPosted.plain(each), tally));
    }

    /// Reserves a part of the account's balance under the hold's id. No hold may ever have had this
    /// id: whoever asks takes the id of a command, which is decided once.
    public Posting reserve(UUID hold, AccountId account, Asset asset, long amount) {
        if (holds.containsKey(hold)) {
            return new Rejected(0, Reason.HOLD_ID_IN_USE);
        }
        var transfer = Transfer.numbered(hold, 0, account, account.reserved(), asset, amount);
        return postAlone(new TransferPosted(transfer, Role.RESERVES, hold));
    }

    /// Gives back what is left of a hold; the hold ends.
    public Posting release(UUID id, UUID hold) {
        return settle(List.of(new Step.Release(id, hold)));
    }

    /// Posts captures of holds and plain transfers together: all of them, or none.
    public Posting settle(List<Step> steps) {
        return postTogether(steps, this::post);
    }

    /// Posts what is asked for alone, under the id of its command.
    public Posting post(Leg leg) {
        if (Transfer.isDerived(leg.id())) {
            return new Rejected(0, Reason.ID_IS_DERIVED);
        }
        return leg instanceof PostTransfer wish && wish.isItsOwnRecord()
                ? postAlone(TransferPosted.plain(wish.transfer()))
                : postTogether(List.of(leg), this::post);
    }

    public Posting post(PostLinked group) {
        return Transfer.isDerived(group.id())
                ? new Rejected(0, Reason.ID_IS_DERIVED)
                : postTogether(group.legs(), this::post);
    }

    /// A hold that cannot go back, because its holder's balance would overflow, waits.
    public Expiry release(ReleaseExpired wish) {
        var tally = new Tally();
        var due = expiries.after(null, staging.now());
        while (due != null && tally.receipts.size() < wish.most()) {
            var id = Transfer.derivedId(wish.id(), tally.receipts.size());
            if (release(id, due.hold(), tally) == Reason.HOLD_UNKNOWN) {
                throw new IllegalStateException("expires and is no hold: " + due.hold());
            }
            due = expiries.after(due, staging.now());
        }
        return new Expiry.Released(tally.receipts, due != null);
    }

    /// The shortest way, for the commonest wish.
    private Posting postAlone(TransferPosted fact) {
        var reason = rules.whyNot(fact);
        return reason == null
                ? new Posted(List.of(staging.record(fact).receipt()))
                : new Rejected(0, reason);
    }

    private <S> Posting postTogether(List<S> steps, Poster<S> poster) {
        var mark = staging.mark();
        var tally = new Tally();
        for (int i = 0; i < steps.size(); i++) {
            var reason = poster.post(steps.get(i), tally);
            if (reason != null) {
                staging.rollBackTo(mark);
                return new Rejected(i, reason);
            }
        }
        return tally.posted();
    }

    private @Nullable Reason post(Step step, Tally tally) {
        return switch (step) {
            case Step.Plain(var transfer) -> post(TransferPosted.plain(transfer), tally);
            case Step.Capture(var id, var hold, var to, var amount) ->
                    capture(id, hold, to, amount, tally);
            case Step.Release(var id, var hold) -> release(id, hold, tally);
        };
    }

    private @Nullable Reason post(Leg leg, Tally tally) {
        return switch (leg) {
            case PostTransfer wish when wish.isItsOwnRecord() ->
                    post(TransferPosted.plain(wish.transfer()), tally);
            case PostTransfer wish when wish.pending() && holds.containsKey(wish.id()) ->
                    Reason.HOLD_ID_IN_USE;
            case PostTransfer wish when wish.balancing() != PostTransfer.Balancing.NONE ->
                    balance(wish, tally);
            case PostTransfer wish -> post(asAsked(wish, Role.PLAIN), tally);
            case PostPending wish -> postPending(wish, tally);
            case VoidPending(var id, var pending) -> {
                tally.leftToLedger = true;
                yield isPending(pending) ? release(id, pending, tally) : Reason.HOLD_UNKNOWN;
            }
        };
    }

    private @Nullable Reason balance(PostTransfer wish, Tally tally) {
        tally.leftToLedger = true;
        long movable = rules.movable(wish);
        if (movable > 0) {
            var transfer = wish.transfer().withAmount(movable);
            return post(
                    asAsked(
                            new PostTransfer(
                                    transfer,
                                    wish.balancing(),
                                    wish.pending(),
                                    wish.timeoutSeconds()),
                            Role.BALANCES),
                    tally);
        }
        var reason = rules.whyNot(asAsked(wish, Role.BALANCES));
        return reason != null && reason.compareTo(Reason.NOTHING_TO_BALANCE) < 0
                ? reason
                : Reason.NOTHING_TO_BALANCE;
    }

    /// @param role of a transfer that is not pending
    private TransferPosted asAsked(PostTransfer wish, Role role) {
        var transfer = wish.transfer();
        if (!wish.pending()) {
            return new TransferPosted(transfer, role, transfer.id());
        }
        int timeout = wish.timeoutSeconds();
        var terms =
                new HoldTerms(
                        transfer.credit(),
                        timeout == 0 ? null : staging.now().plusSeconds(timeout));
        return new TransferPosted(
                transfer.into(transfer.debit().reserved()), Role.RESERVES, transfer.id(), terms);
    }

    private @Nullable Reason postPending(PostPending wish, Tally tally) {
        var hold = holds.get(wish.pending());
        var payee = hold == null ? null : hold.terms().payee();
        if (hold == null || payee == null) {
            return Reason.HOLD_UNKNOWN;
        }
        long amount = wish.amount() == PostPending.WHOLE ? hold.remaining() : wish.amount();
        tally.leftToLedger |= amount != wish.amount() || amount != hold.remaining();
        var reason = capture(wish.id(), hold.id(), payee, amount, tally);
        return reason == null && amount < hold.remaining()
                ? release(Transfer.derivedId(wish.id(), 0), hold.id(), tally)
                : reason;
    }

    private boolean isPending(UUID id) {
        var hold = holds.get(id);
        return hold != null && hold.isPendingTransfer();
    }

    private @Nullable Reason capture(UUID id, UUID holdId, AccountId to, long amount, Tally tally) {
        var hold = holds.get(holdId);
        if (hold == null) {
            return Reason.HOLD_UNKNOWN;
        }
        if (hold.terms().isExpired(staging.now())) {
            return Reason.HOLD_EXPIRED;
        }
        if (!hold.terms().allows(to)) {
            return Reason.HOLD_NAMES_ANOTHER_PAYEE;
        }
        if (amount > hold.remaining()) {
            return Reason.EXCEEDS_HOLD;
        }
        var transfer = new Transfer(id, hold.account().reserved(), to, hold.asset(), amount);
        return post(new TransferPosted(transfer, Role.CAPTURES, holdId), tally);
    }

    private @Nullable Reason release(UUID id, UUID holdId, Tally tally) {
        var hold = holds.get(holdId);
        if (hold == null) {
            return Reason.HOLD_UNKNOWN;
        }
        var holder = hold.account();
        var transfer = new Transfer(id, holder.reserved(), holder, hold.asset(), hold.remaining());
        return post(new TransferPosted(transfer, Role.RELEASES, holdId), tally);
    }

    /// Records the transfer if no rule speaks against it. Whatever moves, moves here or in
    /// [#postAlone].
    private @Nullable Reason post(TransferPosted fact, Tally tally) {
        var reason = rules.whyNot(fact);
        if (reason == null) {
            tally.add(staging.record(fact).receipt(), fact.transfer().amount());
        }
        return reason;
    }

    @Override
    public void restored() {
        expiries.forget();
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case TransferPosted posted -> apply(posted);
            case AccountOpened(var account) -> standings.opened(entry, account);
            case AccountStandingSet set -> standings.set(set);
            case AssetFreezeSet set -> standings.set(set);
            default -> {}
        }
    }

    private void apply(TransferPosted posted) {
        var transfer = posted.transfer();
        standings.moves(transfer.asset());
        add(transfer.debit(), transfer.asset(), -transfer.amount());
        add(transfer.credit(), transfer.asset(), transfer.amount());
        switch (posted.role()) {
            case PLAIN, BALANCES -> {}
            case RESERVES -> begin(posted);
            case CAPTURES, RELEASES -> use(posted.hold(), transfer.amount());
        }
    }

    private void begin(TransferPosted posted) {
        var transfer = posted.transfer();
        var hold =
                new Hold(
                        posted.hold(),
                        transfer.debit(),
                        transfer.asset(),
                        transfer.amount(),
                        posted.terms());
        holds.put(hold.id(), hold);
        expiries.begins(hold);
    }

    private void use(UUID id, long amount) {
        var hold = holds.get(id);
        if (hold == null) {
            throw new IllegalStateException("no such hold: " + id);
        }
        if (hold.remaining() == amount) {
            holds.remove(id);
            expiries.ends(hold);
        } else {
            holds.put(id, hold.less(amount));
        }
    }

    private void add(AccountId account, Asset asset, long delta) {
        var key = new BalanceKey(account, asset);
        balances.put(key, Math.addExact(balances.getOrDefault(key, 0L), delta));
    }

    /// Posts one of several steps, and says why it cannot.
    private interface Poster<S> {

        @Nullable Reason post(S step, Tally tally);
    }

    /// What has been posted of several steps.
    private static final class Tally {

        final List<Receipt> receipts = new ArrayList<>();
        final List<Long> amounts = new ArrayList<>();

        /// Whether the amounts are news to whoever asked.
        boolean leftToLedger;

        void add(Receipt receipt, long amount) {
            receipts.add(receipt);
            amounts.add(amount);
        }

        Posted posted() {
            return new Posted(receipts, leftToLedger ? amounts : List.of());
        }
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
