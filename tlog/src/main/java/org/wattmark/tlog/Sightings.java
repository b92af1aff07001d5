package org.wattmark.tlog;

import java.util.Optional;

/// Which checkpoint a witness cosigned last, of each log by its origin. It only ever grows, and
/// what it says is there after a crash.
public interface Sightings {

    Optional<Checkpoint> latest(String origin);

    /// Remembers `next` if what stands for its origin is still `latest`, and says whether it does.
    /// A smaller tree, or another root for the same size, is never remembered.
    boolean replace(Optional<Checkpoint> latest, Checkpoint next);
}
