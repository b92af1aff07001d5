package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Asks to lock rewards for a term; the stake's id is the command's.
///
/// @param owner the organisation that acts
/// @param microUnits at least 1
/// @param days one of the terms that the rules offer
public record LockStake(UUID id, UUID owner, UUID programme, long microUnits, int days)
        implements Command<Locking> {

    public LockStake {
        if (microUnits < 1) {
            throw new IllegalArgumentException("a stake has at least one micro-unit");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/lock-stake/v1")
                .id(owner)
                .id(programme)
                .number(microUnits)
                .number(days)
                .toByteArray();
    }

    @Override
    public Locking idStandsForAnother() {
        return new Locking.Refused(Locking.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
