package org.wattmark.registry;

import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.wattmark.ledger.Hold;

/// Takes back what is under way with units that are to stand still or to go: whoever runs a market
/// does so. It is asked on the sequencer's thread.
@FunctionalInterface
public interface Unwinding {

    /// Where nothing is sold.
    Unwinding NOTHING = (_, _) -> {};

    /// @param which by the hold that keeps what is under way
    /// @param ids of the transfers that give back, one for each
    void unwind(Predicate<Hold> which, Supplier<UUID> ids);
}
