package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Receipt;

/// What came of the wish to undo an import.
public sealed interface ImportUndo {

    /// @param accepted how many intervals count no more
    record Undone(UUID importId, int batches, int accepted, long energyWattHours, Receipt receipt)
            implements ImportUndo {}

    /// @param by what stands against it: a claim, or a reward programme
    /// @param explanation the time for which it stands
    record Refused(Reason reason, UUID by, String explanation) implements ImportUndo {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        IMPORT_UNKNOWN,
        IMPORT_ALREADY_UNDONE,
        /// A claim has reserved some of its energy, or credits were issued against it.
        IMPORT_IS_CLAIMED,
        /// A programme has rewarded some of its intervals.
        IMPORT_IS_REWARDED
    }
}
