package org.wattmark.registry;

import java.time.Year;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Asset;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// A contiguous range of serials under one issuance: one serial for each gram, from 1 on.
///
/// Holdings are quantities. A serial is given only at retirement or cancellation, and the next free
/// one at that, so ranges are disjoint by construction.
///
/// @param issued all of it, the buffer's part too
/// @param buffer set aside against reversals and errors
/// @param nextSerial the first that no retirement and no cancellation has taken
public record CreditBlock(
        UUID id,
        UUID project,
        ClaimId claim,
        Year vintage,
        UnitClass unitClass,
        Co2e issued,
        Co2e buffer,
        long nextSerial) {

    public CreditBlock {
        if (issued.isZero() || buffer.compareTo(issued) > 0) {
            throw new IllegalArgumentException("a block of " + issued + ", buffer " + buffer);
        }
    }

    public Asset asset() {
        return unitClass == UnitClass.TEST ? Asset.testCredits(id) : Asset.credits(id);
    }

    /// What was credited to the holder when the block was issued.
    public Co2e credited() {
        return issued.minus(buffer);
    }

    SerialRange next(Co2e quantity) {
        return SerialRange.starting(nextSerial, quantity);
    }

    CreditBlock after(SerialRange taken) {
        return new CreditBlock(
                id, project, claim, vintage, unitClass, issued, buffer, taken.last() + 1);
    }
}
