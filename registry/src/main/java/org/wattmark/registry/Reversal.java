package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// A part of a block's reductions that was lost or never was, and what stands in for it: units of
/// the buffer first, and beyond them what the proponent owes.
///
/// @param id of the intervention
/// @param proponent the organisation that owes
/// @param drawn cancelled of the buffer
/// @param owed beyond the buffer
/// @param left of it, until the proponent has cancelled as much
public record Reversal(
        UUID id,
        UUID block,
        UUID project,
        UUID proponent,
        UnitClass unitClass,
        Co2e lost,
        Co2e drawn,
        Co2e owed,
        Co2e left) {

    public Reversal {
        if (lost.isZero() || !drawn.plus(owed).equals(lost) || left.compareTo(owed) > 0) {
            throw new IllegalArgumentException(
                    lost + " lost, " + drawn + " drawn, " + owed + " owed, " + left + " left");
        }
    }

    /// Whether something of it is not stood in for.
    public boolean isOpen() {
        return !left.isZero();
    }

    /// Whose units stand in for what is owed.
    public AccountId debtor() {
        return SystemAccounts.holder(proponent, unitClass);
    }

    Reversal covered(Co2e quantity) {
        return new Reversal(
                id, block, project, proponent, unitClass, lost, drawn, owed, left.minus(quantity));
    }
}
