package org.wattmark.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Hold;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.Registry;
import org.wattmark.registry.SystemAccounts;

/// Where holders sell credits to each other at a fixed price. Credits, payment and fee change hands
/// in one settlement: all of them, or none.
public final class Exchange implements Machine {

    /// The first step of a settlement.
    private static final int DELIVERY = 0;

    private final Staging staging;
    private final Ledger ledger;
    private final Registry registry;
    private final MarketRules rules;
    private final FeeDiscounts discounts;
    private final StagedMap<UUID, Listing> listings;

    public Exchange(Staging staging, Ledger ledger, Registry registry, MarketRules rules) {
        this(staging, ledger, registry, rules, FeeDiscounts.NONE);
    }

    public Exchange(
            Staging staging,
            Ledger ledger,
            Registry registry,
            MarketRules rules,
            FeeDiscounts discounts) {
        this.discounts = discounts;
        this.staging = staging;
        this.ledger = ledger;
        this.registry = registry;
        this.rules = rules;
        this.listings = staging.map("listing");
        staging.add(this);
    }

    /// Offers credits, which are reserved for it.
    public Offering list(ListCredits command) {
        if (!ledger.isOpen(command.seller())) {
            return new Offering.Refused(Offering.Reason.SELLER_UNKNOWN);
        }
        var block = registry.block(command.block());
        if (block.isEmpty()) {
            return new Offering.Refused(Offering.Reason.BLOCK_UNKNOWN);
        }
        var listing =
                Listing.open(
                        command.id(),
                        command.seller(),
                        command.block(),
                        block.get().unitClass(),
                        command.quantity(),
                        command.price());
        var reserved =
                ledger.reserve(
                        listing.id(),
                        listing.seller(),
                        block.get().asset(),
                        listing.quantity().grams());
        return switch (reserved) {
            case Posting.Posted _ ->
                    new Offering.Listed(
                            listing, staging.record(new CreditsListed(listing)).receipt());
            case Posting.Rejected(var _, var reason) -> new Offering.Refused(inMarketTerms(reason));
        };
    }

    private static Offering.Reason inMarketTerms(Posting.Reason reason) {
        return switch (reason) {
            case TEST_AND_LIVE_DO_NOT_MIX -> Offering.Reason.TEST_AND_LIVE_DO_NOT_MIX;
            case DEBIT_ACCOUNT_CLOSED -> Offering.Reason.SELLER_UNKNOWN;
            case DEBIT_ACCOUNT_FROZEN -> Offering.Reason.SELLER_FROZEN;
            case ASSET_FROZEN -> Offering.Reason.BLOCK_FROZEN;
            case EXCEEDS_BALANCE -> Offering.Reason.QUANTITY_EXCEEDS_HOLDING;
            default -> throw new IllegalStateException("a reservation is not " + reason);
        };
    }

    /// Takes a listing back; what is left of it returns to the seller.
    public Withdrawal withdraw(WithdrawListing command) {
        var listing = listings.get(command.listing());
        if (listing == null) {
            return new Withdrawal.Refused(Withdrawal.Reason.LISTING_UNKNOWN);
        }
        if (!listing.seller().equals(command.seller())) {
            return new Withdrawal.Refused(Withdrawal.Reason.NOT_YOUR_LISTING);
        }
        if (listing.state() != Listing.State.OPEN) {
            return new Withdrawal.Refused(Withdrawal.Reason.LISTING_CLOSED);
        }
        requirePosted(ledger.release(Transfer.derivedId(command.id(), 0), listing.id()));
        var entry = staging.record(new ListingWithdrawn(listing.id(), listing.left()));
        return new Withdrawal.Withdrawn(listing.withdrawn(), entry.receipt());
    }

    /// Takes listings back whose credits may not be sold any more, whoever offered them.
    ///
    /// @param which by the hold that keeps their credits
    /// @param ids of the transfers that give back, one for each
    public void unwind(Predicate<Hold> which, Supplier<UUID> ids) {
        var open =
                listings.values().stream()
                        .filter(each -> each.state() == Listing.State.OPEN)
                        .filter(each -> which.test(ledger.hold(each.id()).orElseThrow()))
                        .sorted(Comparator.comparing(Listing::id))
                        .toList();
        for (var listing : open) {
            requirePosted(ledger.release(ids.get(), listing.id()));
            staging.record(new ListingWithdrawn(listing.id(), listing.left()));
        }
    }

    /// Buys from a listing at its price: credits against money and fee, or nothing at all.
    public Purchase buy(BuyCredits command) {
        var listing = listings.get(command.listing());
        if (listing == null) {
            return new Purchase.Refused(Purchase.Reason.LISTING_UNKNOWN);
        }
        var obstacle = obstacleTo(command, listing);
        if (obstacle.isPresent()) {
            return new Purchase.Refused(obstacle.get());
        }
        var trade = trade(command, listing);
        ledger.open(SystemAccounts.fees(listing.unitClass()));
        return switch (ledger.settle(settlement(trade, listing))) {
            case Posting.Posted _ ->
                    new Purchase.Bought(trade, staging.record(new CreditsTraded(trade)).receipt());
            case Posting.Rejected(var index, var reason) ->
                    new Purchase.Refused(inMarketTerms(index == DELIVERY, reason));
        };
    }

    /// How much there is was looked at before; what stands still is for the ledger to say. The
    /// seller is debited first, so an account that cannot take money in is where fees go.
    private static Purchase.Reason inMarketTerms(boolean delivery, Posting.Reason reason) {
        return switch (reason) {
            case DEBIT_ACCOUNT_FROZEN ->
                    delivery ? Purchase.Reason.SELLER_FROZEN : Purchase.Reason.BUYER_FROZEN;
            case CREDIT_ACCOUNT_FROZEN, CREDIT_ACCOUNT_CLOSED ->
                    delivery ? Purchase.Reason.BUYER_FROZEN : Purchase.Reason.MARKET_SUSPENDED;
            case ASSET_FROZEN ->
                    delivery ? Purchase.Reason.BLOCK_FROZEN : Purchase.Reason.MONEY_FROZEN;
            default -> throw new IllegalStateException("a settlement is not " + reason);
        };
    }

    private Optional<Purchase.Reason> obstacleTo(BuyCredits command, Listing listing) {
        if (listing.state() != Listing.State.OPEN) {
            return Optional.of(Purchase.Reason.LISTING_CLOSED);
        }
        if (listing.seller().equals(command.buyer())) {
            return Optional.of(Purchase.Reason.OWN_LISTING);
        }
        if (command.quantity().compareTo(listing.left()) > 0) {
            return Optional.of(Purchase.Reason.QUANTITY_EXCEEDS_LISTING);
        }
        if (!ledger.isOpen(command.buyer())) {
            return Optional.of(Purchase.Reason.BUYER_UNKNOWN);
        }
        if (!listing.suits(command.buyer())) {
            return Optional.of(Purchase.Reason.TEST_AND_LIVE_DO_NOT_MIX);
        }
        long price = listing.price().of(command.quantity()).minorUnits();
        return ledger.balance(command.buyer(), listing.money()) < price
                ? Optional.of(Purchase.Reason.NOT_ENOUGH_MONEY)
                : Optional.empty();
    }

    private Trade trade(BuyCredits command, Listing listing) {
        var price = listing.price().of(command.quantity());
        var fee = rules.feeOn(price, discounts.off(listing.seller(), price.currency()));
        return new Trade(
                command.id(),
                listing.id(),
                listing.seller(),
                command.buyer(),
                listing.block(),
                listing.unitClass(),
                command.quantity(),
                price,
                fee,
                price.minus(fee),
                staging.now());
    }

    /// Delivery, proceeds and fee. Of the smallest prices the fee may take all, and rules may ask
    /// for no fee: what is nothing is not transferred.
    private static List<Step> settlement(Trade trade, Listing listing) {
        var steps = new ArrayList<Step>();
        steps.add(
                new Step.Capture(
                        Transfer.derivedId(trade.id(), 0),
                        listing.id(),
                        trade.buyer(),
                        trade.quantity().grams()));
        long proceeds = trade.proceeds().minorUnits();
        if (proceeds > 0) {
            steps.add(
                    new Step.Plain(
                            Transfer.numbered(
                                    trade.id(),
                                    1,
                                    trade.buyer(),
                                    trade.seller(),
                                    listing.money(),
                                    proceeds)));
        }
        long fee = trade.fee().minorUnits();
        if (fee > 0) {
            var fees = SystemAccounts.fees(trade.unitClass()).id();
            steps.add(
                    new Step.Plain(
                            Transfer.numbered(
                                    trade.id(), 2, trade.buyer(), fees, listing.money(), fee)));
        }
        return steps;
    }

    /// What is reserved may go back whatever stands still.
    private static void requirePosted(Posting posting) {
        if (posting instanceof Posting.Rejected rejected) {
            throw new IllegalStateException("a release cannot be rejected: " + rejected);
        }
    }

    public Optional<Listing> listing(UUID id) {
        return Optional.ofNullable(listings.get(id));
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case CreditsListed(var listing) -> listings.put(listing.id(), listing);
            case CreditsTraded(var trade) -> {
                var listing = known(trade.listing());
                listings.put(listing.id(), listing.without(trade.quantity()));
                staging.write(trade);
            }
            case ListingWithdrawn withdrawn -> {
                var listing = known(withdrawn.listing());
                listings.put(listing.id(), listing.withdrawn());
            }
            default -> {}
        }
    }

    private Listing known(UUID id) {
        var listing = listings.get(id);
        if (listing == null) {
            throw new IllegalStateException("no such listing: " + id);
        }
        return listing;
    }
}
