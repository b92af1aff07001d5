package org.wattmark.server.interventions;

import java.util.List;
import org.wattmark.server.ledger.Tables;

/// The tables of interventions, cancellations, reversals and fees. A reversal refers to its
/// intervention, a paid fee to its schedule.
public final class InterventionTables {

    private InterventionTables() {}

    public static Tables all() {
        return new Tables(
                List.of(
                        new InterventionTable(),
                        new BlockFlagTable(),
                        new ReversalTable(),
                        new RegistryFeeTable(),
                        new EligibilityTable(),
                        new CorrectionTable()),
                List.of(new CancellationTable(), new ChargedFeeTable()));
    }
}
