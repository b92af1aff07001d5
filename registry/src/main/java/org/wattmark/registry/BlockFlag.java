package org.wattmark.registry;

import java.time.Instant;
import java.util.UUID;

/// Something that is to be known of a block's units, those already retired among them: it is what
/// their certificates say.
///
/// @param raised whether it counts; one that was lowered says since when it does not
/// @param since the time of the entry that raised or lowered it
/// @param sequence of that entry
/// @param reason for everybody to read
public record BlockFlag(Key key, boolean raised, Instant since, long sequence, String reason) {

    public enum Kind {
        /// Something is being looked into.
        SUSPENDED,
        /// Reductions were lost, and nothing stands in for a part of them yet.
        REVERSED,
        /// It should never have been issued. For good.
        RECALLED
    }

    public record Key(UUID block, Kind kind) {}
}
