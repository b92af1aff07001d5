package org.wattmark.server.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a look at a source.
sealed interface Look {

    /// @param counts at most one of each channel
    /// @param watts the power at this moment, null if the source does not tell it
    record Seen(List<Count> counts, @Nullable Long watts) implements Look {}

    /// Nothing can be taken now: the source is away, as inverters are at night, or what it says
    /// cannot be.
    record Nothing(String why) implements Look {}
}
