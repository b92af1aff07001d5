package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Asks for a stake back whose term is over, with what it earned.
///
/// @param owner the organisation that acts
public record UnlockStake(UUID id, UUID owner, UUID stake) implements Command<Unlocking> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/unlock-stake/v1").id(owner).id(stake).toByteArray();
    }

    @Override
    public Unlocking idStandsForAnother() {
        return new Unlocking.Refused(Unlocking.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
