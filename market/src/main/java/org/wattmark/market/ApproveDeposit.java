package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Says that the money is there, as a second person; it is posted.
///
/// @param operator the person who approves: another than who asked
public record ApproveDeposit(UUID id, UUID operator, UUID deposit) implements Command<DepositStep> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/approve-deposit/v1").id(operator).id(deposit).toByteArray();
    }

    @Override
    public DepositStep idStandsForAnother() {
        return new DepositStep.Denied(DepositStep.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
