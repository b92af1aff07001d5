package org.wattmark.simulation;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Posting;
import org.wattmark.units.Canonical;

/// Reserves a part of a balance; the hold's id is the command's.
record ReserveAssets(UUID id, AccountId account, Asset asset, long amount)
        implements Command<Posting> {

    Posting on(Ledger ledger) {
        return ledger.reserve(id, account, asset, amount);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/simulated-reserve/v1")
                .text(account.value())
                .text(asset.code())
                .number(amount)
                .toByteArray();
    }

    @Override
    public Posting idStandsForAnother() {
        return new Posting.Rejected(0, Posting.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
