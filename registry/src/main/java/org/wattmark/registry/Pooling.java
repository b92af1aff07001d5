package org.wattmark.registry;

import org.wattmark.ledger.Receipt;
import org.wattmark.units.Co2e;

/// What came of a request about a pool.
public sealed interface Pooling {

    record Changed(PoolStanding standing, Receipt receipt) implements Pooling {}

    /// @param kept whole grams that stay with the pool until the next division
    record Divided(Co2e divided, Co2e given, Co2e kept, Receipt receipt) implements Pooling {}

    record Refused(Reason reason) implements Pooling {}

    /// In order of precedence.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        ROLE_MAY_NOT,
        PROJECT_UNKNOWN,
        NOT_YOUR_PROJECT,
        POOL_EXISTS,
        POOL_UNKNOWN,
        /// Who runs the pool is neither invited nor leaves.
        RUNS_THE_POOL,
        /// Already as asked, or there is no invitation to answer.
        NOT_IN_THIS_STANDING,
        POOL_FULL,
        BLOCK_UNKNOWN,
        ALREADY_DIVIDED,
        NOTHING_TO_DIVIDE,
        STANDS_STILL
    }
}
