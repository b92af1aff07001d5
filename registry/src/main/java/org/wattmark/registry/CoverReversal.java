package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// Asks to cancel units of one's own for reductions that were lost beyond the buffer.
///
/// @param holder the account of the organisation that acts, and that owes
/// @param block any of the same class whose reductions are not in doubt; the block itself too
public record CoverReversal(UUID id, AccountId holder, UUID reversal, UUID block, Co2e quantity)
        implements Command<Covering> {

    public CoverReversal {
        if (quantity.isZero()) {
            throw new IllegalArgumentException("nothing covers nothing");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/cover-reversal/v1")
                .text(holder.value())
                .id(reversal)
                .id(block)
                .co2e(quantity)
                .toByteArray();
    }

    @Override
    public Covering idStandsForAnother() {
        return new Covering.Refused(Covering.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
