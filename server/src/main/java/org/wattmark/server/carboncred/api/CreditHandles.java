package org.wattmark.server.carboncred.api;

import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.market.Exchange;
import org.wattmark.market.Purchase;
import org.wattmark.registry.Registry;
import org.wattmark.registry.Retirement;
import org.wattmark.server.ledger.CommandHandlers;

/// Which handles were used. Whether a handle is free and whether the exchange sells are decided in
/// one command, so of many who want one kilogram one gets it, and the others keep their money.
public final class CreditHandles implements Machine {

    static final String HANDLES = "credit_handle";

    private final Staging staging;
    private final Exchange exchange;
    private final Registry registry;
    private final StagedMap<CreditHandle.Key, CreditHandle> used;

    public CreditHandles(Staging staging, Exchange exchange, Registry registry) {
        this.staging = staging;
        this.exchange = exchange;
        this.registry = registry;
        this.used = staging.map(HANDLES);
        staging.add(this);
    }

    /// What the sequencer has this machine decide.
    CommandHandlers commands() {
        return CommandHandlers.of(BuyCredit.class, BuyCredit.Outcome.class, this::buy)
                .and(RetireCredit.class, RetireCredit.Outcome.class, this::retire);
    }

    BuyCredit.Outcome buy(BuyCredit command) {
        var purchase = command.purchase();
        var key = new CreditHandle.Key(purchase.listing(), command.kilogram());
        if (used.containsKey(key)) {
            return new BuyCredit.Outcome.Used(true);
        }
        var listing = exchange.listing(purchase.listing());
        if (listing.isPresent() && !opens(listing.get().quantity().grams(), key.kilogram())) {
            return new BuyCredit.Outcome.Used(false);
        }
        return switch (exchange.buy(purchase)) {
            case Purchase.Bought(var trade, var receipt) -> {
                staging.record(
                        new HandleUsed(
                                HandleUsed.Use.BOUGHT,
                                key.listing(),
                                key.kilogram(),
                                trade.block(),
                                trade.buyer(),
                                trade.id()));
                yield new BuyCredit.Outcome.Bought(trade, receipt);
            }
            case Purchase.Refused(var reason) -> new BuyCredit.Outcome.Refused(reason);
        };
    }

    /// Whether a listing of so many grams has this kilogram, whole.
    private static boolean opens(long grams, long kilogram) {
        return kilogram < grams / BuyCredit.KILOGRAM.grams();
    }

    RetireCredit.Outcome retire(RetireCredit command) {
        var handle = used.get(command.handle());
        if (handle == null) {
            return new RetireCredit.Outcome.Denied(RetireCredit.Reason.NOT_BOUGHT);
        }
        var retirement = command.retirement();
        if (!handle.holder().equals(retirement.holder())) {
            return new RetireCredit.Outcome.Denied(RetireCredit.Reason.NOT_YOURS);
        }
        if (handle.retirement() != null) {
            return new RetireCredit.Outcome.Denied(RetireCredit.Reason.ALREADY_RETIRED);
        }
        if (!handle.block().equals(retirement.block())) {
            throw new IllegalArgumentException("a handle to another block: " + handle);
        }
        return switch (registry.retire(retirement)) {
            case Retirement.Retired(var statement, var receipt) -> {
                staging.record(
                        new HandleUsed(
                                HandleUsed.Use.RETIRED,
                                handle.key().listing(),
                                handle.key().kilogram(),
                                handle.block(),
                                handle.holder(),
                                statement.id()));
                yield new RetireCredit.Outcome.Retired(statement, receipt);
            }
            case Retirement.Refused(var reason) -> new RetireCredit.Outcome.Refused(reason);
        };
    }

    @Override
    public void apply(Entry entry) {
        if (entry.fact() instanceof HandleUsed it) {
            var key = new CreditHandle.Key(it.listing(), it.kilogram());
            switch (it.use()) {
                case BOUGHT ->
                        used.put(
                                key,
                                new CreditHandle(
                                        key, it.block(), it.holder(), it.reference(), null));
                case RETIRED -> {
                    var handle = used.get(key);
                    if (handle == null) {
                        throw new IllegalStateException("no such handle: " + key);
                    }
                    used.put(key, handle.retiredBy(it.reference()));
                }
            }
        }
    }
}
