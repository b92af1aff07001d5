package org.wattmark.registry;

import java.util.UUID;

/// An organisation and the pool of a project.
///
/// @param carriedNanograms its own, and not yet a gram: paid with its next share
public record PoolMember(Key key, PoolStanding standing, long carriedNanograms) {

    /// One row for each organisation of each pool; a pool has its project's id.
    public record Key(UUID project, UUID organisation) {}

    PoolMember standing(PoolStanding next) {
        return new PoolMember(key, next, carriedNanograms);
    }

    PoolMember carrying(long nanograms) {
        return new PoolMember(key, standing, nanograms);
    }
}
