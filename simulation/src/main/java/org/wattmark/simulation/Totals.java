package org.wattmark.simulation;

import java.util.HashMap;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.BalanceKey;
import org.wattmark.ledger.Hold;
import org.wattmark.market.Deposit;
import org.wattmark.market.Listing;
import org.wattmark.registry.CreditBlock;

/// The durable rows beside the model's: blocks, holds, listings, deposits.
final class Totals {

    private Totals() {}

    static void of(NaiveModel model, Store store) {
        blocks(model, store);
        holds(model, store);
        listings(model, store);
        deposits(model, store);
    }

    /// Of each block: issued = held + reserved + retired + buffer, and as many serials are used as
    /// grams are retired.
    private static void blocks(NaiveModel model, Store store) {
        same("blocks", model.registry.blocks().size(), store.map("credit_block").size());
        model.registry
                .blocks()
                .forEach((issuance, expected) -> {
                    var block = row(store, "credit_block", Cast.block(issuance), CreditBlock.class);
                    same("issued", expected.issued, block.issued().grams());
                    same("next serial", expected.nextSerial, block.nextSerial());
                    var sums = new HashMap<AccountId, Long>();
                    store.map("balance")
                            .forEach((row, balance) -> {
                                var key = (BalanceKey) row;
                                if (key.asset().equals(block.asset())) {
                                    sums.put(key.account(), (Long) balance);
                                }
                            });
                    same("given", -expected.issued, sums.getOrDefault(Cast.ISSUANCE, 0L));
                    same("buffer", expected.buffer, sums.getOrDefault(Cast.BUFFER, 0L));
                    same("retired", expected.nextSerial - 1, sums.getOrDefault(Cast.RETIRED, 0L));
                    long inHand =
                            sums.entrySet().stream()
                                    .filter(each -> each.getKey().value().startsWith("holder:"))
                                    .mapToLong(each -> each.getValue())
                                    .sum();
                    same(
                            "held",
                            expected.issued - expected.buffer - expected.nextSerial + 1,
                            inHand);
                });
    }

    private static void holds(NaiveModel model, Store store) {
        same("holds", model.books.holds().size(), store.map("hold").size());
        model.books
                .holds()
                .forEach((number, expected) -> {
                    var hold = row(store, "hold", Request.idOf(number), Hold.class);
                    same("hold " + number, expected.remaining(), hold.remaining());
                });
    }

    private static void listings(NaiveModel model, Store store) {
        same("listings", model.listings().size(), store.map("listing").size());
        model.listings()
                .forEach((number, expected) -> {
                    var listing = row(store, "listing", Request.idOf(number), Listing.class);
                    same("left of " + number, expected.left, listing.left().grams());
                    Broken.unless(
                            expected.open == (listing.state() == Listing.State.OPEN),
                            "I-13",
                            () -> "listing " + number + " is " + listing.state());
                });
    }

    private static void deposits(NaiveModel model, Store store) {
        same("deposits", model.deposits().size(), store.map("deposit").size());
        model.deposits()
                .forEach((number, expected) -> {
                    var deposit = (Deposit) store.map("deposit").get(Request.idOf(number));
                    Broken.unless(
                            deposit != null && deposit.state().name().equals(expected.state),
                            "I-9",
                            () ->
                                    "deposit "
                                            + number
                                            + " is "
                                            + deposit
                                            + ", not "
                                            + expected.state);
                });
    }

    private static <T> T row(Store store, String map, UUID key, Class<T> type) {
        var row = store.map(map).get(key);
        if (!type.isInstance(row)) {
            throw new Broken("I-1", "missing in " + map + ": " + key);
        }
        return type.cast(row);
    }

    private static void same(String what, long expected, long found) {
        Broken.unless(
                expected == found, "I-1", () -> what + ": " + found + ", by the model " + expected);
    }
}
