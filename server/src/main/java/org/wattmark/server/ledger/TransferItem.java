package org.wattmark.server.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Posting;

/// One item of a bulk request, as it was read.
sealed interface TransferItem {

    /// It says something that can be asked of the ledger.
    record Wish(Command<Posting> command) implements TransferItem {}

    /// It says nothing that could be asked: the ledger never hears of it, and its id is not taken.
    ///
    /// @param id null if that is what cannot be read
    record Faulty(@Nullable UUID id, TransferFault fault) implements TransferItem {}
}
