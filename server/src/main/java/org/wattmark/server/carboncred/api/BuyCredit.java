package org.wattmark.server.carboncred.api;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Receipt;
import org.wattmark.market.BuyCredits;
import org.wattmark.market.Purchase;
import org.wattmark.market.Trade;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// Asks to buy the kilogram of a listing that a handle names.
///
/// @param purchase of 1,000 g of the listing; the trade's id is the command's
/// @param kilogram of the listing
record BuyCredit(BuyCredits purchase, long kilogram) implements Command<BuyCredit.Outcome> {

    static final Co2e KILOGRAM = Co2e.ofKilograms(1);

    BuyCredit {
        if (!purchase.quantity().equals(KILOGRAM)) {
            throw new IllegalArgumentException("a handle is to a kilogram: " + purchase);
        }
    }

    @Override
    public UUID id() {
        return purchase.id();
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/buy-credit/v1")
                .bytes(purchase.content())
                .number(kilogram)
                .toByteArray();
    }

    @Override
    public Outcome idStandsForAnother() {
        return new Outcome.Refused(Purchase.Reason.ID_STANDS_FOR_ANOTHER);
    }

    /// What came of it.
    sealed interface Outcome {

        record Bought(Trade trade, Receipt receipt) implements Outcome {}

        /// Somebody bought it before, or it never was one of the listing's.
        record Used(boolean used) implements Outcome {}

        /// As the exchange says.
        record Refused(Purchase.Reason reason) implements Outcome {}
    }
}
