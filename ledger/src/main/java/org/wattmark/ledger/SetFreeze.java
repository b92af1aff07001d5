package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// Freezes an asset, such as a credit block whose reduction is in doubt, or lets it move again.
public record SetFreeze(UUID id, Asset asset, boolean frozen) implements Command<StandingChange> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/set-freeze/v1")
                .text(asset.code())
                .number(frozen ? 1 : 0)
                .toByteArray();
    }

    @Override
    public StandingChange idStandsForAnother() {
        return new StandingChange.Refused(StandingChange.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
