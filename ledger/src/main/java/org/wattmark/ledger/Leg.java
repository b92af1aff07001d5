package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// What can be asked of the ledger alone, or linked with others in a [PostLinked].
public sealed interface Leg extends Command<Posting>
        permits PostTransfer, PostPending, VoidPending {

    /// The same under the id that it has as a part of a linked group.
    Leg withId(UUID id);

    /// Writes all that it says, but for its id.
    Canonical writeTo(Canonical canonical);

    @Override
    default Posting idStandsForAnother() {
        return new Posting.Rejected(0, Posting.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
