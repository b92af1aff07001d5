package org.wattmark.registry;

import java.util.UUID;
import java.util.function.Function;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Posting;
import org.wattmark.units.Canonical;

/// Something that the ledger alone does, such as a gift or a reservation.
record Act(UUID id, Function<Ledger, Posting> deed) implements Command<Posting> {

    @Override
    public byte[] content() {
        return Canonical.of("test/act").id(id).toByteArray();
    }

    @Override
    public Posting idStandsForAnother() {
        return new Posting.Rejected(0, Posting.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
