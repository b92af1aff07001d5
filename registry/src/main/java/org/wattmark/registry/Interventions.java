package org.wattmark.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Hold;
import org.wattmark.ledger.KnownAsset;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.StandingChange;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.InterventionStep.Denied;
import org.wattmark.registry.InterventionStep.Reason;
import org.wattmark.registry.InterventionStep.Taken;
import org.wattmark.registry.UnitsCancelled.Cause;
import org.wattmark.units.Co2e;

/// Two persons for whatever the registry does to units that were issued: one proposes, another
/// approves, and with that it takes effect, before anything that is decided later.
public final class Interventions implements Machine {

    private final Staging staging;
    private final Ledger ledger;
    private final Registry registry;
    private final Cancellations cancellations;
    private final Unwinding market;
    private final StagedMap<UUID, InterventionCase> cases;
    private final StagedMap<BlockFlag.Key, BlockFlag> flags;
    private final StagedMap<UUID, Eligibility> eligibilities;

    public Interventions(Staging staging, Ledger ledger, Registry registry, Unwinding market) {
        this.staging = staging;
        this.ledger = ledger;
        this.registry = registry;
        this.cancellations = new Cancellations(staging, ledger, registry);
        this.market = market;
        this.cases = staging.map("intervention");
        this.flags = staging.map("block_flag");
        this.eligibilities = staging.map("eligibility");
        staging.add(this);
    }

    /// Takes a proposal in; nothing changes yet.
    public InterventionStep propose(ProposeIntervention command) {
        var reason = whyNot(command.intervention());
        if (reason != null) {
            return new Denied(reason);
        }
        var proposal =
                InterventionCase.proposed(
                        command.id(), command.person(), command.intervention(), command.grounds());
        var receipt = staging.record(new InterventionProposed(proposal)).receipt();
        return new Taken(proposal.id(), proposal.state(), receipt);
    }

    /// Ends a proposal; approved by a second person it takes effect, or it stays undecided.
    public InterventionStep decide(DecideIntervention command) {
        var known = cases.get(command.intervention());
        if (known == null) {
            return new Denied(Reason.INTERVENTION_UNKNOWN);
        }
        if (known.state() != InterventionCase.State.PROPOSED) {
            return new Denied(Reason.ALREADY_DECIDED);
        }
        if (!command.approve()) {
            return end(known, InterventionCase.State.REJECTED, command.person());
        }
        if (known.proposedBy().equals(command.person())) {
            return new Denied(Reason.PROPOSER_DECIDES);
        }
        var reason = whyNot(known.intervention());
        if (reason != null) {
            return new Denied(reason);
        }
        var taken = end(known, InterventionCase.State.APPROVED, command.person());
        staging.record(new InterventionMade(known.id(), known.intervention(), known.grounds()));
        carryOut(known, new Steps(command.id()));
        return taken;
    }

    private Taken end(InterventionCase known, InterventionCase.State state, UUID person) {
        var entry = staging.record(new InterventionDecided(known.id(), state, person));
        return new Taken(known.id(), state, entry.receipt());
    }

    /// Ids of one command's steps, in their order.
    private static final class Steps implements Supplier<UUID> {

        private final UUID command;
        private int next;

        Steps(UUID command) {
            this.command = command;
        }

        @Override
        public UUID get() {
            return Transfer.derivedId(command, next++);
        }
    }

    /// What speaks against it when it is proposed must not when it is approved either.
    private @Nullable Reason whyNot(Intervention intervention) {
        return switch (intervention) {
            case Intervention.CancelUnits(var holder, var block, var quantity) ->
                    whyNotCancel(holder, block, quantity);
            case Intervention.SuspendBlock(var block) -> whyNotSetFreeze(block, true);
            case Intervention.ResumeBlock(var block) -> whyNotSetFreeze(block, false);
            case Intervention.SuspendAccount(var account) ->
                    whyNot(account, Account.Standing.FROZEN);
            case Intervention.ResumeAccount(var account) -> whyNot(account, Account.Standing.OPEN);
            case Intervention.RecallBlock(var block) -> whyNotTouch(block);
            case Intervention.ReverseReduction(var block, var lost) -> whyNotReverse(block, lost);
            case Intervention.ChangeFees _ -> null;
            case Intervention.RecordEligibility(var eligibility) ->
                    registry.project(eligibility.project()).isEmpty()
                            ? Reason.PROJECT_UNKNOWN
                            : null;
        };
    }

    private @Nullable Reason whyNotTouch(UUID block) {
        if (registry.block(block).isEmpty()) {
            return Reason.BLOCK_UNKNOWN;
        }
        return isRaised(block, BlockFlag.Kind.RECALLED) ? Reason.BLOCK_RECALLED : null;
    }

    private @Nullable Reason whyNotSetFreeze(UUID id, boolean frozen) {
        var reason = whyNotTouch(id);
        if (reason != null) {
            return reason;
        }
        return isFrozen(known(id).asset()) == frozen ? Reason.ALREADY_SO : null;
    }

    private @Nullable Reason whyNot(AccountId id, Account.Standing next) {
        var account = ledger.account(id).orElse(null);
        if (account == null || id.value().endsWith("/reserved")) {
            return Reason.ACCOUNT_UNKNOWN;
        }
        if (account.standing() == Account.Standing.CLOSED) {
            return Reason.ACCOUNT_CLOSED;
        }
        return account.standing() == next ? Reason.ALREADY_SO : null;
    }

    private @Nullable Reason whyNotCancel(AccountId holder, UUID id, Co2e quantity) {
        var reason = whyNotTouch(id);
        if (reason != null) {
            return reason;
        }
        var account = ledger.account(holder).orElse(null);
        if (account == null || account.kind() != Account.Kind.HOLDER) {
            return Reason.ACCOUNT_UNKNOWN;
        }
        var asset = known(id).asset();
        long has = ledger.balance(holder, asset) + ledger.reserved(holder, asset);
        return quantity.grams() > has ? Reason.QUANTITY_EXCEEDS_HOLDING : null;
    }

    private @Nullable Reason whyNotReverse(UUID id, Co2e lost) {
        var reason = whyNotTouch(id);
        if (reason != null) {
            return reason;
        }
        var left = known(id).issued().minus(registry.reversals().lost(id));
        return lost.compareTo(left) > 0 ? Reason.EXCEEDS_ISSUED : null;
    }

    private CreditBlock known(UUID block) {
        return registry.block(block).orElseThrow();
    }

    private boolean isFrozen(Asset asset) {
        return ledger.asset(asset).map(KnownAsset::frozen).orElse(false);
    }

    private boolean isRaised(UUID block, BlockFlag.Kind kind) {
        var flag = flags.get(new BlockFlag.Key(block, kind));
        return flag != null && flag.raised();
    }

    private void carryOut(InterventionCase made, Steps steps) {
        switch (made.intervention()) {
            case Intervention.CancelUnits(var holder, var block, var quantity) ->
                    cancel(made, known(block), holder, quantity, steps);
            case Intervention.SuspendBlock(var block) -> {
                var asset = known(block).asset();
                unwind(hold -> hold.asset().equals(asset), steps);
                require(ledger.set(new SetFreeze(made.id(), asset, true)));
            }
            case Intervention.ResumeBlock(var block) ->
                    require(ledger.set(new SetFreeze(made.id(), known(block).asset(), false)));
            case Intervention.SuspendAccount(var account) -> {
                unwind(hold -> hold.account().equals(account), steps);
                stand(account, Account.Standing.FROZEN);
            }
            case Intervention.ResumeAccount(var account) -> stand(account, Account.Standing.OPEN);
            case Intervention.RecallBlock(var block) -> recall(made, known(block), steps);
            case Intervention.ReverseReduction(var block, var lost) ->
                    reverse(made.id(), made.grounds().reason(), known(block), lost, steps);
            case Intervention.ChangeFees(var schedule) -> registry.fees().set(schedule);
            case Intervention.RecordEligibility _ -> {}
        }
    }

    /// What is under way with these holds goes back to their holders.
    private void unwind(Predicate<Hold> which, Steps steps) {
        market.unwind(which, steps);
        ledger.releasePending(which, steps);
    }

    private void stand(AccountId account, Account.Standing standing) {
        require(ledger.set(new SetStanding(Transfer.NO_REFERENCE, account, standing)));
    }

    private static void require(StandingChange change) {
        if (change instanceof StandingChange.Refused refused) {
            throw new IllegalStateException("it was looked at before: " + refused);
        }
    }

    /// What is on offer is taken back only if the rest is not enough.
    private void cancel(
            InterventionCase made,
            CreditBlock block,
            AccountId holder,
            Co2e quantity,
            Steps steps) {
        if (ledger.balance(holder, block.asset()) < quantity.grams()) {
            unwind(
                    hold -> hold.account().equals(holder) && hold.asset().equals(block.asset()),
                    steps);
        }
        var part = new Part(block, holder, quantity);
        takeOut(made.id(), made.grounds().reason(), Cause.INTERVENTION, List.of(part), steps);
    }

    /// From whoever holds of it, and from the buffer.
    private void recall(InterventionCase made, CreditBlock block, Steps steps) {
        unwind(hold -> hold.asset().equals(block.asset()), steps);
        var parts = new ArrayList<Part>();
        ledger.holdings(block.asset())
                .forEach((holder, grams) -> parts.add(new Part(block, holder, new Co2e(grams))));
        takeOut(made.id(), made.grounds().reason(), Cause.RECALL, parts, steps);
    }

    /// The block's own buffer first, then that of the project's other blocks; never of another
    /// proponent's. What is lost beyond them the proponent owes.
    private void reverse(UUID id, String reason, CreditBlock block, Co2e lost, Steps steps) {
        var buffer = SystemAccounts.buffer(block.unitClass()).id();
        var parts = new ArrayList<Part>();
        var rest = lost;
        for (var each : bufferOrder(block)) {
            long has = ledger.balance(buffer, each.asset());
            var drawn = new Co2e(Math.min(has, rest.grams()));
            if (!drawn.isZero()) {
                parts.add(new Part(each, buffer, drawn));
                rest = rest.minus(drawn);
            }
        }
        takeOut(id, reason, Cause.REVERSAL, parts, steps);
        var project = registry.project(block);
        var reversal =
                new Reversal(
                        id,
                        block.id(),
                        project.id(),
                        project.proponent().id(),
                        block.unitClass(),
                        lost,
                        lost.minus(rest),
                        rest,
                        rest);
        staging.record(new ReductionReversed(reversal, reason));
    }

    /// A proponent has said that less was reduced than was issued: that takes nobody else.
    ///
    /// @param id of the reversal
    /// @param lost at most what [#reversible] says
    void reverse(UUID id, String reason, CreditBlock block, Co2e lost) {
        reverse(id, reason, block, lost, new Steps(id));
    }

    /// As much of it as the block can lose yet: of a recalled block nothing is left to back.
    Optional<Co2e> reversible(CreditBlock block, Co2e lost) {
        if (isRaised(block.id(), BlockFlag.Kind.RECALLED)) {
            return Optional.empty();
        }
        var left = block.issued().minus(registry.reversals().lost(block.id()));
        return Optional.of(lost.compareTo(left) < 0 ? lost : left).filter(grams -> !grams.isZero());
    }

    private List<CreditBlock> bufferOrder(CreditBlock block) {
        var order = new ArrayList<>(List.of(block));
        registry.blocks().stream()
                .filter(each -> each.project().equals(block.project()) && !each.equals(block))
                .sorted(Comparator.comparing(CreditBlock::vintage).thenComparing(CreditBlock::id))
                .forEach(order::add);
        return order;
    }

    /// Units of one holder that are to go.
    private record Part(CreditBlock block, AccountId holder, Co2e quantity) {}

    /// Cancels whatever stands still: that is lifted for just these entries, with nothing between.
    private void takeOut(UUID id, String reason, Cause cause, List<Part> parts, Steps steps) {
        var assets = new LinkedHashSet<Asset>();
        var accounts = new LinkedHashSet<AccountId>();
        for (var part : parts) {
            if (isFrozen(part.block().asset())) {
                assets.add(part.block().asset());
            }
            var end = SystemAccounts.cancelled(part.block().unitClass()).id();
            for (var account : List.of(part.holder(), end)) {
                if (whyNot(account, Account.Standing.FROZEN) == Reason.ALREADY_SO) {
                    accounts.add(account);
                }
            }
        }
        assets.forEach(asset -> require(ledger.set(new SetFreeze(id, asset, false))));
        accounts.forEach(account -> stand(account, Account.Standing.OPEN));
        for (var part : parts) {
            cancellations.cancel(
                    steps.get(), part.block(), part.holder(), part.quantity(), cause, id, reason);
        }
        accounts.forEach(account -> stand(account, Account.Standing.FROZEN));
        assets.forEach(asset -> require(ledger.set(new SetFreeze(id, asset, true))));
    }

    /// Makes good what was lost beyond the buffer, out of the proponent's own units.
    public Covering cover(CoverReversal command) {
        var reversal = registry.reversals().reversal(command.reversal()).orElse(null);
        var reason =
                reversal == null ? Covering.Reason.REVERSAL_UNKNOWN : whyNot(command, reversal);
        if (reversal == null || reason != null) {
            return new Covering.Refused(reason == null ? Covering.Reason.REVERSAL_UNKNOWN : reason);
        }
        var block = known(command.block());
        var obstacle =
                cancellations.move(command.id(), block, command.holder(), command.quantity());
        if (obstacle != null) {
            return new Covering.Refused(inTermsOfCover(obstacle));
        }
        cancellations.record(
                command.id(),
                block,
                command.holder(),
                command.quantity(),
                Cause.REPLACEMENT,
                reversal.id(),
                "In place of reductions that were lost");
        var entry =
                staging.record(
                        new ReversalCovered(command.id(), reversal.id(), command.quantity()));
        return new Covering.Covered(
                registry.reversals().reversal(reversal.id()).orElseThrow(), entry.receipt());
    }

    private Covering.@Nullable Reason whyNot(CoverReversal command, Reversal reversal) {
        if (!command.holder().equals(reversal.debtor())) {
            return Covering.Reason.NOT_YOUR_REVERSAL;
        }
        if (command.quantity().compareTo(reversal.left()) > 0) {
            return Covering.Reason.EXCEEDS_WHAT_IS_OWED;
        }
        var block = registry.block(command.block()).orElse(null);
        if (block == null) {
            return Covering.Reason.BLOCK_UNKNOWN;
        }
        return !block.id().equals(reversal.block()) && registry.reversals().isOpen(block.id())
                ? Covering.Reason.BLOCK_IN_DOUBT
                : null;
    }

    private static Covering.Reason inTermsOfCover(Cancellation.Reason reason) {
        return switch (reason) {
            case TEST_AND_LIVE_DO_NOT_MIX -> Covering.Reason.TEST_AND_LIVE_DO_NOT_MIX;
            case CANCELLATION_SUSPENDED, HOLDER_FROZEN, BLOCK_FROZEN ->
                    Covering.Reason.STANDS_STILL;
            case HOLDER_UNKNOWN, QUANTITY_EXCEEDS_HOLDING ->
                    Covering.Reason.QUANTITY_EXCEEDS_HOLDING;
            case BLOCK_UNKNOWN, ID_STANDS_FOR_ANOTHER ->
                    throw new IllegalStateException("looked at before: " + reason);
        };
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case InterventionProposed(var proposal) -> cases.put(proposal.id(), proposal);
            case InterventionDecided(var id, var state, var person) -> {
                var known = cases.get(id);
                if (known == null) {
                    throw new IllegalStateException("no such intervention: " + id);
                }
                cases.put(id, known.decided(state, person));
            }
            case InterventionMade made -> made(entry, made);
            case ReductionReversed(var reversal, var reason) -> {
                if (reversal.isOpen()) {
                    set(entry, reversal.block(), BlockFlag.Kind.REVERSED, true, reason);
                }
            }
            // The registry's machine, which is older, has taken it over already.
            case ReversalCovered covered -> covered(entry, covered);
            default -> {}
        }
    }

    private void made(Entry entry, InterventionMade made) {
        var reason = made.grounds().reason();
        switch (made.intervention()) {
            case Intervention.SuspendBlock(var block) ->
                    set(entry, block, BlockFlag.Kind.SUSPENDED, true, reason);
            case Intervention.ResumeBlock(var block) ->
                    set(entry, block, BlockFlag.Kind.SUSPENDED, false, reason);
            case Intervention.RecallBlock(var block) ->
                    set(entry, block, BlockFlag.Kind.RECALLED, true, reason);
            case Intervention.RecordEligibility(var eligibility) ->
                    eligibilities.put(eligibility.project(), eligibility);
            default -> {}
        }
    }

    private void covered(Entry entry, ReversalCovered covered) {
        var reversal = registry.reversals().reversal(covered.reversal()).orElseThrow();
        if (!registry.reversals().isOpen(reversal.block())) {
            set(
                    entry,
                    reversal.block(),
                    BlockFlag.Kind.REVERSED,
                    false,
                    "What was lost has been made good");
        }
    }

    private void set(Entry entry, UUID block, BlockFlag.Kind kind, boolean raised, String reason) {
        var key = new BlockFlag.Key(block, kind);
        flags.put(key, new BlockFlag(key, raised, entry.at(), entry.sequence(), reason));
    }
}
