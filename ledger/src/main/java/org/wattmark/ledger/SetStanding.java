package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// Freezes an account, opens it again, or closes it for good.
public record SetStanding(UUID id, AccountId account, Account.Standing standing)
        implements Command<StandingChange> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/set-standing/v1")
                .text(account.value())
                .text(standing.name())
                .toByteArray();
    }

    @Override
    public StandingChange idStandsForAnother() {
        return new StandingChange.Refused(StandingChange.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
