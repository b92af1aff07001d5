package org.wattmark.registry;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.UnitsCancelled.Cause;
import org.wattmark.units.Co2e;

/// Removes units without a claim: nothing ever debits the account where they end.
public final class Cancellations {

    private final Staging staging;
    private final Ledger ledger;
    private final Registry registry;

    public Cancellations(Staging staging, Ledger ledger, Registry registry) {
        this.staging = staging;
        this.ledger = ledger;
        this.registry = registry;
    }

    /// What a holder wishes.
    public Cancellation cancel(CancelCredits request) {
        if (!ledger.isOpen(request.holder())) {
            return new Cancellation.Refused(Cancellation.Reason.HOLDER_UNKNOWN);
        }
        var block = registry.block(request.block()).orElse(null);
        if (block == null) {
            return new Cancellation.Refused(Cancellation.Reason.BLOCK_UNKNOWN);
        }
        var reason = move(request.id(), block, request.holder(), request.quantity());
        if (reason != null) {
            return new Cancellation.Refused(reason);
        }
        var entry =
                record(
                        request.id(),
                        block,
                        request.holder(),
                        request.quantity(),
                        Cause.VOLUNTARY,
                        request.id(),
                        request.reason());
        return new Cancellation.Cancelled((UnitsCancelled) entry.fact(), entry.receipt());
    }

    /// Cancels what was looked at before: it cannot be refused.
    ///
    /// @param id of this cancellation alone
    void cancel(
            UUID id,
            CreditBlock block,
            AccountId holder,
            Co2e quantity,
            Cause cause,
            UUID under,
            String reason) {
        var obstacle = move(id, block, holder, quantity);
        if (obstacle != null) {
            throw new IllegalStateException("a cancellation cannot be refused: " + obstacle);
        }
        record(id, block, holder, quantity, cause, under, reason);
    }

    Cancellation.@Nullable Reason move(
            UUID id, CreditBlock block, AccountId holder, Co2e quantity) {
        var cancelled = SystemAccounts.cancelled(block.unitClass());
        ledger.open(cancelled);
        var transfer =
                Transfer.numbered(id, 0, holder, cancelled.id(), block.asset(), quantity.grams());
        return switch (ledger.post(transfer)) {
            case Posting.Posted _ -> null;
            case Posting.Rejected(var _, var reason) -> inRegistryTerms(reason);
        };
    }

    /// The block is asked for anew: one before it may have taken serials.
    Entry record(
            UUID id,
            CreditBlock block,
            AccountId holder,
            Co2e quantity,
            Cause cause,
            UUID under,
            String reason) {
        var serials = registry.block(block.id()).orElseThrow().next(quantity);
        return staging.record(
                new UnitsCancelled(
                        id, block.id(), serials, holder, cause, under, staging.now(), reason));
    }

    private static Cancellation.Reason inRegistryTerms(Posting.Reason reason) {
        return switch (reason) {
            case EXCEEDS_BALANCE -> Cancellation.Reason.QUANTITY_EXCEEDS_HOLDING;
            case TEST_AND_LIVE_DO_NOT_MIX -> Cancellation.Reason.TEST_AND_LIVE_DO_NOT_MIX;
            case DEBIT_ACCOUNT_UNKNOWN, DEBIT_ACCOUNT_CLOSED -> Cancellation.Reason.HOLDER_UNKNOWN;
            case DEBIT_ACCOUNT_FROZEN -> Cancellation.Reason.HOLDER_FROZEN;
            case ASSET_FROZEN -> Cancellation.Reason.BLOCK_FROZEN;
            case CREDIT_ACCOUNT_FROZEN, CREDIT_ACCOUNT_CLOSED ->
                    Cancellation.Reason.CANCELLATION_SUSPENDED;
            default -> throw new IllegalStateException("a cancellation is not " + reason);
        };
    }
}
