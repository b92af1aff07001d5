package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// Asks to use units of a block for good.
///
/// @param holder whose units: the account of the organisation that acts
/// @param quantity at least 1 g
/// @param beneficiary in whose name, 1 to 200 characters
/// @param purpose at most 500 characters
public record RetireCredits(
        UUID id, AccountId holder, UUID block, Co2e quantity, String beneficiary, String purpose)
        implements Command<Retirement> {

    public RetireCredits {
        if (quantity.isZero()) {
            throw new IllegalArgumentException("a retirement takes at least 1 g");
        }
        Disclosed.require(beneficiary, purpose);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/retire-credits/v1")
                .text(holder.value())
                .id(block)
                .co2e(quantity)
                .text(beneficiary)
                .text(purpose)
                .toByteArray();
    }

    @Override
    public Retirement idStandsForAnother() {
        return new Retirement.Refused(Retirement.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
