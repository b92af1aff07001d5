package org.wattmark.server.certification;

import java.util.UUID;
import org.wattmark.ledger.Command;

/// Asks to withdraw a certified model.
public record WithdrawModel(UUID id, ModelWithdrawn withdrawal) implements Command<Certification> {

    @Override
    public byte[] content() {
        return withdrawal.content();
    }

    @Override
    public Certification idStandsForAnother() {
        return new Certification.Refused(Certification.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
