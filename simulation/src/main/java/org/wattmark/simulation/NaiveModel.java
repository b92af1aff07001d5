package org.wattmark.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Posting;

/// All rules of a world once more: told the requests in the order in which they were decided, it
/// says in [Words] what must have come of each. No faults, no batches, no ids, no clock.
final class NaiveModel {

    final NaiveBooks books = new NaiveBooks();
    final NaiveRegistry registry = new NaiveRegistry(books);
    private final Map<Integer, Listing> listings = new HashMap<>();
    private final Map<Integer, Deposit> deposits = new HashMap<>();
    private final Set<String> references = new HashSet<>();

    static final class Listing {
        final AccountId seller;
        final Asset credits;
        final long cents;
        long left;
        boolean open = true;

        Listing(AccountId seller, Asset credits, long cents, long left) {
            this.seller = seller;
            this.credits = credits;
            this.cents = cents;
            this.left = left;
        }
    }

    static final class Deposit {
        final Request.AskDeposit asked;
        String state = "REQUESTED";

        Deposit(Request.AskDeposit asked) {
            this.asked = asked;
        }

        String reference() {
            return asked.account().isTest()
                    + asked.money().currency().getCurrencyCode()
                    + asked.reference();
        }
    }

    Map<Integer, Listing> listings() {
        return listings;
    }

    Map<Integer, Deposit> deposits() {
        return deposits;
    }

    /// @param now when it was decided, by the clock of whoever decided
    String decide(Request request, Instant now) {
        books.now = now;
        return switch (request) {
            case Request.Open(var _, var account) -> {
                books.open(account);
                yield "opened";
            }
            case Request.Move move -> books.settle(move.legs());
            case Request.Reserve reserve -> {
                var reason =
                        books.reserve(
                                reserve.number(),
                                reserve.account(),
                                reserve.asset(),
                                reserve.amount());
                yield reason == null ? "posted 1" : Words.rejected(0, reason.name());
            }
            case Request.Post post -> books.post(post);
            case Request.Complete complete -> books.complete(complete);
            case Request.Cancel cancel -> books.cancel(cancel);
            case Request.Expire expire -> books.expire(expire.most());
            case Request.Freeze freeze -> books.freeze(freeze);
            case Request.Stand stand -> books.stand(stand);
            case Request.AskDeposit ask -> decide(ask);
            case Request.Approve approve -> decide(approve);
            case Request.Reject reject -> decide(reject);
            case Request.Register register -> registry.decide(register);
            case Request.Submit submit -> registry.decide(submit);
            case Request.Assess assess -> registry.decide(assess);
            case Request.Decide decide -> registry.decide(decide);
            case Request.Act act -> registry.decide(act);
            case Request.Design design -> registry.decide(design);
            case Request.Validate validate -> registry.decide(validate);
            case Request.Issue issue -> registry.decide(issue);
            case Request.Retire retire -> registry.decide(retire);
            case Request.Offer offer -> decide(offer);
            case Request.Withdraw withdraw -> decide(withdraw);
            case Request.Buy buy -> decide(buy);
        };
    }

    private String decide(Request.AskDeposit ask) {
        if (!books.isOpen(ask.account())) {
            return Words.refused("ACCOUNT_UNKNOWN");
        }
        var deposit = new Deposit(ask);
        if (!references.add(deposit.reference())) {
            return Words.refused("REFERENCE_IN_USE");
        }
        deposits.put(ask.number(), deposit);
        return "deposit REQUESTED";
    }

    private String decide(Request.Approve approve) {
        var deposit = deposits.get(approve.deposit());
        if (deposit == null) {
            return Words.refused("DEPOSIT_UNKNOWN");
        }
        if (!deposit.state.equals("REQUESTED")) {
            return Words.refused("ALREADY_DECIDED");
        }
        if (!approve.bySecond()) {
            return Words.refused("REQUESTER_DECIDES");
        }
        var money = deposit.asked.money();
        boolean test = deposit.asked.account().isTest();
        var code = money.currency().getCurrencyCode();
        var bank = (test ? "test:" : "") + "system:bank-" + code.toLowerCase(Locale.ROOT);
        var from = new Account(new AccountId(bank), Kind.SOURCE);
        var asset = new Asset((test ? "testmoney:" : "money:") + code);
        books.open(from);
        var reason = books.plain(from.id(), deposit.asked.account(), asset, money.minorUnits());
        if (reason == Posting.Reason.BALANCE_WOULD_OVERFLOW) {
            return Words.refused("TOO_MUCH_MONEY");
        }
        must(reason);
        deposit.state = "POSTED";
        return "deposit POSTED";
    }

    private String decide(Request.Reject reject) {
        var deposit = deposits.get(reject.deposit());
        if (deposit == null) {
            return Words.refused("DEPOSIT_UNKNOWN");
        }
        if (!deposit.state.equals("REQUESTED")) {
            return Words.refused("ALREADY_DECIDED");
        }
        deposit.state = "REJECTED";
        references.remove(deposit.reference());
        return "deposit REJECTED";
    }

    private String decide(Request.Offer offer) {
        if (!books.isOpen(offer.seller())) {
            return Words.refused("SELLER_UNKNOWN");
        }
        if (!registry.isIssued(offer.issuance())) {
            return Words.refused("BLOCK_UNKNOWN");
        }
        var credits = Cast.credits(offer.issuance());
        var reason = books.reserve(offer.number(), offer.seller(), credits, offer.grams());
        if (reason == Posting.Reason.EXCEEDS_BALANCE) {
            return Words.refused("QUANTITY_EXCEEDS_HOLDING");
        }
        if (reason == Posting.Reason.TEST_AND_LIVE_DO_NOT_MIX) {
            return Words.refused(reason.name());
        }
        must(reason);
        listings.put(
                offer.number(), new Listing(offer.seller(), credits, offer.cents(), offer.grams()));
        return "listed " + offer.grams();
    }

    private String decide(Request.Withdraw withdraw) {
        var listing = listings.get(withdraw.offer());
        if (listing == null) {
            return Words.refused("LISTING_UNKNOWN");
        }
        if (!listing.seller.equals(withdraw.seller())) {
            return Words.refused("NOT_YOUR_LISTING");
        }
        if (!listing.open) {
            return Words.refused("LISTING_CLOSED");
        }
        must(books.release(withdraw.offer()));
        listing.open = false;
        return "withdrawn " + listing.left;
    }

    private String decide(Request.Buy buy) {
        var listing = listings.get(buy.offer());
        if (listing == null) {
            return Words.refused("LISTING_UNKNOWN");
        }
        if (!listing.open) {
            return Words.refused("LISTING_CLOSED");
        }
        if (listing.seller.equals(buy.buyer())) {
            return Words.refused("OWN_LISTING");
        }
        if (buy.grams() > listing.left) {
            return Words.refused("QUANTITY_EXCEEDS_LISTING");
        }
        if (!books.isOpen(buy.buyer())) {
            return Words.refused("BUYER_UNKNOWN");
        }
        if (buy.buyer().isTest()) {
            return Words.refused("TEST_AND_LIVE_DO_NOT_MIX");
        }
        // A cent more for any part of a cent; the operator's 1 % gives such a part up.
        long price = (buy.grams() * listing.cents + 999_999) / 1_000_000;
        if (books.free(buy.buyer(), Cast.EUROS) < price) {
            return Words.refused("NOT_ENOUGH_MONEY");
        }
        long fee = price / 100;
        books.open(new Account(Cast.FEES, Kind.HOLDER));
        must(books.capture(buy.offer(), buy.buyer(), buy.grams()));
        if (price - fee > 0) {
            must(books.plain(buy.buyer(), listing.seller, Cast.EUROS, price - fee));
        }
        if (fee > 0) {
            must(books.plain(buy.buyer(), Cast.FEES, Cast.EUROS, fee));
        }
        listing.left -= buy.grams();
        listing.open = listing.left > 0;
        return Words.bought(price, fee, price - fee);
    }

    static void must(Posting.@Nullable Reason reason) {
        if (reason != null) {
            throw new IllegalStateException("the model contradicts itself: " + reason);
        }
    }
}
