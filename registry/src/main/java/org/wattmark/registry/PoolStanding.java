package org.wattmark.registry;

/// How an organisation stands to the pool of a project.
public enum PoolStanding {
    /// The project's proponent, who has the pool and claims for all.
    RUNS,
    /// Asked to join; nothing of theirs is touched.
    INVITED,
    /// Has agreed that the proponent claims what its devices generate.
    JOINED,
    /// Declined, left, or was put out. What was claimed before is shared with them all the same.
    LEFT
}
