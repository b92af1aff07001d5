package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Asks to be paid what of one's rewards is free, in whole minor units.
///
/// @param owner the organisation that acts
public record PayOut(UUID id, UUID owner, UUID programme) implements Command<Payment> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/pay-rewards-out/v1").id(owner).id(programme).toByteArray();
    }

    @Override
    public Payment idStandsForAnother() {
        return new Payment.Refused(Payment.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
