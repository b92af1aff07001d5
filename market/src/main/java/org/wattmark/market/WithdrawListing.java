package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Asks to take a listing back; what is left of it returns to the seller.
///
/// @param seller the account of the organisation that acts
public record WithdrawListing(UUID id, AccountId seller, UUID listing)
        implements Command<Withdrawal> {

    public WithdrawListing {
        Holder.require(seller);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/withdraw-listing/v1")
                .text(seller.value())
                .id(listing)
                .toByteArray();
    }

    @Override
    public Withdrawal idStandsForAnother() {
        return new Withdrawal.Refused(Withdrawal.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
