package org.wattmark.registry;

import java.math.BigInteger;
import java.util.UUID;

/// What a project's pool has that rounding left over, and nobody's yet.
///
/// @param undividedNanograms divided with the next credits
public record PoolBalance(UUID project, BigInteger undividedNanograms) {

    static PoolBalance nothing(UUID project) {
        return new PoolBalance(project, BigInteger.ZERO);
    }
}
