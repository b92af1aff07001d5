package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.units.Canonical;

/// A command of one transfer, in the place of whatever a market or a registry would ask.
record Pay(UUID id, AccountId from, AccountId to, Asset asset, long amount)
        implements Command<Posting> {

    /// Alice gives units to Bob.
    static Pay bob(long id, long amount) {
        return new Pay(Books.id(id), Books.ALICE, Books.BOB, Books.BLOCK, amount);
    }

    Transfer transfer() {
        return Transfer.numbered(id, 0, from, to, asset, amount);
    }

    @Override
    public byte[] content() {
        return Canonical.of("test/pay/v1")
                .text(from.value())
                .text(to.value())
                .text(asset.code())
                .number(amount)
                .toByteArray();
    }

    @Override
    public Posting idStandsForAnother() {
        return new Rejected(0, Reason.ID_STANDS_FOR_ANOTHER);
    }
}
