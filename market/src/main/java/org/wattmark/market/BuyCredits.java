package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// Asks to buy from a listing at its price, all or none; the trade's id is the command's.
///
/// @param buyer the account of the organisation that acts
/// @param quantity at least 1 g
public record BuyCredits(UUID id, AccountId buyer, UUID listing, Co2e quantity)
        implements Command<Purchase> {

    public BuyCredits {
        Holder.require(buyer);
        if (quantity.isZero()) {
            throw new IllegalArgumentException("a purchase takes at least 1 g");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/buy-credits/v1")
                .text(buyer.value())
                .id(listing)
                .co2e(quantity)
                .toByteArray();
    }

    @Override
    public Purchase idStandsForAnother() {
        return new Purchase.Refused(Purchase.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
