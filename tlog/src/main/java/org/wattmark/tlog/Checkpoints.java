package org.wattmark.tlog;

import java.util.Optional;

/// The checkpoints that were published, every one of them, by size.
public interface Checkpoints {

    Optional<SignedCheckpoint> latest();

    /// The first checkpoint that covers leaf `index`. It never changes once there is one, but for
    /// the cosignatures that were added while it was the latest.
    default Optional<SignedCheckpoint> covering(long index) {
        return covering(index, 0);
    }

    /// The first checkpoint that covers leaf `index` with so many cosignatures or more; while there
    /// is none, the first that covers it.
    Optional<SignedCheckpoint> covering(long index, int cosignatures);

    /// Publishes `next` if the latest is still `latest`, and says whether it is now published.
    /// Doing it twice is doing it once. A smaller tree, or another root for the same size, is never
    /// published.
    boolean replace(Optional<SignedCheckpoint> latest, SignedCheckpoint next);
}
