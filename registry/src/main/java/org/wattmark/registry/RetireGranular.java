package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// Asks to use watt-hours of a granular certificate for good.
///
/// @param holder whose: the account of the organisation that acts
/// @param quantity at least 1 Wh
/// @param consumption when the electricity was used that it is for
/// @param beneficiary in whose name, 1 to 200 characters
/// @param purpose at most 500 characters
public record RetireGranular(
        UUID id,
        AccountId holder,
        UUID certificate,
        Energy quantity,
        Period consumption,
        String beneficiary,
        String purpose)
        implements Command<GranularRetiring> {

    public RetireGranular {
        if (quantity.isZero()) {
            throw new IllegalArgumentException("a retirement takes at least 1 Wh");
        }
        Disclosed.require(beneficiary, purpose);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/retire-granular/v1")
                .text(holder.value())
                .id(certificate)
                .energy(quantity)
                .period(consumption)
                .text(beneficiary)
                .text(purpose)
                .toByteArray();
    }

    @Override
    public GranularRetiring idStandsForAnother() {
        return new GranularRetiring.Refused(GranularRetiring.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
