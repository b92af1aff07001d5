package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// Asks to remove units of one's own without a claim. It cannot be undone.
///
/// @param holder whose units: the account of the organisation that acts
/// @param quantity at least 1 g
/// @param reason for everybody to read, 1 to 500 characters
public record CancelCredits(UUID id, AccountId holder, UUID block, Co2e quantity, String reason)
        implements Command<Cancellation> {

    public CancelCredits {
        if (quantity.isZero()) {
            throw new IllegalArgumentException("a cancellation takes at least 1 g");
        }
        PublicWords.require(reason);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/cancel-credits/v1")
                .text(holder.value())
                .id(block)
                .co2e(quantity)
                .text(reason)
                .toByteArray();
    }

    @Override
    public Cancellation idStandsForAnother() {
        return new Cancellation.Refused(Cancellation.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
