package org.wattmark.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Posting;
import org.wattmark.units.Canonical;

/// Posts linked steps on the ledger, as any capability's command would.
record MoveAssets(UUID id, List<Leg> legs) implements Command<Posting> {

    Posting on(Ledger ledger) {
        var steps = new ArrayList<Ledger.Step>();
        for (int i = 0; i < legs.size(); i++) {
            steps.add(legs.get(i).step(id, i));
        }
        return ledger.settle(steps);
    }

    @Override
    public byte[] content() {
        var content = Canonical.of("wattmark/simulated-move/v1").number(legs.size());
        legs.forEach(leg -> leg.addTo(content));
        return content.toByteArray();
    }

    @Override
    public Posting idStandsForAnother() {
        return new Posting.Rejected(0, Posting.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
