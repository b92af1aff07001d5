package org.wattmark.server.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What moved an account's balance of one asset between two places of the journal, in pages.
///
/// @param fromSequence the first entry that it may have
/// @param toSequence the first entry that it no longer has
/// @param opening the balance before `from_sequence`, in the asset's base unit
/// @param closing the balance before `to_sequence`
/// @param nextCursor opaque: send it as `cursor` for the next page; absent on the last
record Statement(
        String account,
        String asset,
        long fromSequence,
        long toSequence,
        long opening,
        long closing,
        List<Line> data,
        @Nullable String nextCursor,
        boolean hasMore) {

    Statement {
        data = List.copyOf(data);
    }

    /// @param net what the transfer adds to the balance
    /// @param balance after it
    record Line(TransferView transfer, long net, long balance) {}
}
