package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Says that the deposit is not to be; its reference is free again.
///
/// @param operator the person who rejects, who may be the one who asked
public record RejectDeposit(UUID id, UUID operator, UUID deposit) implements Command<DepositStep> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/reject-deposit/v1").id(operator).id(deposit).toByteArray();
    }

    @Override
    public DepositStep idStandsForAnother() {
        return new DepositStep.Denied(DepositStep.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
