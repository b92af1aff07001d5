package org.wattmark.tlog;

import java.util.List;

/// The leaf hashes of the journal, from which everything else in the log can be made again.
@FunctionalInterface
public interface Leaves {

    /// The leaves from `index` on, in order: as many as are handy at once, and none only at the
    /// end.
    List<Hash> from(long index);
}
