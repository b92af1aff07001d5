package org.wattmark.rewards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.units.Money;
import org.wattmark.units.Share;

/// Rewards that are locked for a term. They earn a part of the fees that an operator shares, and
/// lower their owner's own trading fees; when the term is over they come back.
public final class Stakes implements Machine {

    private final Staging staging;
    private final Ledger ledger;
    private final Programmes programmes;
    private final Rewards rewards;
    private final StakingRules rules;
    private final StagedMap<UUID, Stake> stakes;
    private final StagedMap<StakedKey, Long> staked;

    /// What an account has locked in one programme.
    public record StakedKey(UUID programme, AccountId account) {}

    public Stakes(
            Staging staging,
            Ledger ledger,
            Programmes programmes,
            Rewards rewards,
            StakingRules rules) {
        this.staging = staging;
        this.ledger = ledger;
        this.programmes = programmes;
        this.rewards = rewards;
        this.rules = rules;
        this.stakes = staging.map("reward_stake");
        this.staked = staging.map("reward_staked");
        staging.add(this);
    }

    public Optional<Stake> stake(UUID id) {
        return Optional.ofNullable(stakes.get(id));
    }

    /// The part of a fee in this currency that is not asked of the account, for what it has locked.
    public Share feeDiscount(AccountId account, Currency currency) {
        long most = 0;
        for (var programme : programmes.payingIn(currency)) {
            var key = new StakedKey(programme.id(), account);
            most = Math.max(most, staked.getOrDefault(key, 0L));
        }
        return rules.off(most);
    }

    /// Locks rewards, which lie in a hold from then on.
    public Locking lock(LockStake command) {
        var programme = programmes.programme(command.programme()).orElse(null);
        if (programme == null) {
            return new Locking.Refused(Locking.Reason.PROGRAMME_UNKNOWN);
        }
        var term = rules.term(command.days()).orElse(null);
        if (term == null) {
            return new Locking.Refused(Locking.Reason.TERM_UNKNOWN);
        }
        if (command.microUnits() > free(programme, command.owner())) {
            return new Locking.Refused(Locking.Reason.NOT_ENOUGH_REWARDS);
        }
        var now = staging.now();
        var stake =
                Stake.locked(
                        command.id(),
                        programme.id(),
                        programme.holder(command.owner()),
                        command.microUnits(),
                        term.weightBasisPoints(),
                        now,
                        now.plus(term.length()));
        var reserved =
                ledger.reserve(stake.id(), stake.account(), programme.asset(), stake.microUnits());
        return switch (reserved) {
            case Posting.Posted _ ->
                    new Locking.Locked(stake, staging.record(new StakeLocked(stake)).receipt());
            case Posting.Rejected _ -> new Locking.Refused(Locking.Reason.STANDS_STILL);
        };
    }

    /// What an owner may lock: not what it owes to the pool.
    private long free(Programme programme, UUID owner) {
        return ledger.balance(programme.holder(owner), programme.asset())
                - rewards.debt(programme.id(), owner);
    }

    /// Gives a stake back whose term is over, with what it earned: both, or nothing.
    public Unlocking unlock(UnlockStake command) {
        var stake = stakes.get(command.stake());
        if (stake == null) {
            return new Unlocking.Refused(Unlocking.Reason.STAKE_UNKNOWN);
        }
        var programme = programmes.programme(stake.programme()).orElseThrow();
        if (!stake.account().equals(programme.holder(command.owner()))) {
            return new Unlocking.Refused(Unlocking.Reason.NOT_YOUR_STAKE);
        }
        if (stake.state() == Stake.State.UNLOCKED) {
            return new Unlocking.Refused(Unlocking.Reason.ALREADY_UNLOCKED);
        }
        if (staging.now().isBefore(stake.until())) {
            return new Unlocking.Refused(Unlocking.Reason.TERM_NOT_OVER);
        }
        if (ledger.settle(steps(command.id(), stake, programme)) instanceof Posting.Rejected) {
            return new Unlocking.Refused(Unlocking.Reason.STANDS_STILL);
        }
        var entry = staging.record(new StakeUnlocked(stake.id(), stake.earned()));
        return new Unlocking.Unlocked(
                stake.unlocked(), new Money(stake.earned(), programme.currency()), entry.receipt());
    }

    private static List<Step> steps(UUID command, Stake stake, Programme programme) {
        var steps = new ArrayList<Step>();
        steps.add(new Step.Release(Transfer.derivedId(command, 0), stake.id()));
        if (stake.earned() > 0) {
            steps.add(
                    new Step.Plain(
                            Transfer.numbered(
                                    command,
                                    1,
                                    programme.stakeIncome().id(),
                                    stake.account(),
                                    programme.money(),
                                    stake.earned())));
        }
        return steps;
    }

    boolean anyEarns(Programme programme) {
        return stakes.values().stream()
                .anyMatch(stake ->
                        stake.programme().equals(programme.id()) && stake.earnsAt(staging.now()));
    }

    /// Sets fees aside for the stakes that earn now.
    Posting share(UUID command, AccountId fees, Programme programme, Money money) {
        var posting =
                ledger.post(
                        Transfer.numbered(
                                command,
                                0,
                                fees,
                                programme.stakeIncome().id(),
                                programme.money(),
                                money.minorUnits()));
        if (posting instanceof Posting.Posted) {
            staging.record(new FeesShared(command, programme.id(), money, staging.now()));
        }
        return posting;
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case StakeLocked(var stake) -> {
                stakes.put(stake.id(), stake);
                add(stake, stake.microUnits());
            }
            case StakeUnlocked(var id, var earned) -> {
                var stake = stake(id).orElseThrow();
                if (stake.earned() != earned || stake.state() != Stake.State.LOCKED) {
                    throw new IllegalStateException("is not what stake " + id + " earned");
                }
                stakes.put(id, stake.unlocked());
                add(stake, -stake.microUnits());
            }
            case FeesShared shared -> apply(shared);
            default -> {}
        }
    }

    private void add(Stake stake, long microUnits) {
        var key = new StakedKey(stake.programme(), stake.account());
        long sum = Math.addExact(staked.getOrDefault(key, 0L), microUnits);
        if (sum == 0) {
            staked.remove(key);
        } else {
            staked.put(key, sum);
        }
    }

    private void apply(FeesShared shared) {
        var earning =
                stakes.values().stream()
                        .filter(stake -> stake.programme().equals(shared.programme()))
                        .filter(stake -> stake.earnsAt(shared.at()))
                        .sorted(Comparator.comparing(Stake::id))
                        .toList();
        var parts =
                Parts.of(shared.money().minorUnits(), earning.stream().map(Stake::weight).toList());
        for (int i = 0; i < earning.size(); i++) {
            var stake = earning.get(i);
            stakes.put(stake.id(), stake.plus(parts.get(i)));
        }
    }
}
