package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Price;

/// Asks to offer credits of a block at a fixed price; the listing's id is the command's.
///
/// @param seller the account of the organisation that acts
/// @param quantity at least 1 g
/// @param price at least one minor unit for a tonne, and such that all of it can be counted
public record ListCredits(UUID id, AccountId seller, UUID block, Co2e quantity, Price price)
        implements Command<Offering> {

    public ListCredits {
        Holder.require(seller);
        if (quantity.isZero()) {
            throw new IllegalArgumentException("a listing offers at least 1 g");
        }
        if (price.perTonne().minorUnits() < 1) {
            throw new IllegalArgumentException("a tonne costs at least one minor unit");
        }
        requireCountable(quantity, price);
    }

    /// A part never costs more than the whole, so that no purchase can overflow.
    private static void requireCountable(Co2e quantity, Price price) {
        try {
            var _ = price.of(quantity);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    quantity + " at this price cost more than 2^63 - 1 minor units", e);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/list-credits/v1")
                .text(seller.value())
                .id(block)
                .co2e(quantity)
                .money(price.perTonne())
                .toByteArray();
    }

    @Override
    public Offering idStandsForAnother() {
        return new Offering.Refused(Offering.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
