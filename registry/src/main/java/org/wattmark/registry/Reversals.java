package org.wattmark.registry;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.units.Co2e;

/// Reductions that were lost, and who owes what for them.
final class Reversals implements Machine {

    private final StagedMap<UUID, Reversal> reversals;

    Reversals(Staging staging) {
        this.reversals = staging.map("reversal");
        staging.add(this);
    }

    Optional<Reversal> reversal(UUID id) {
        return Optional.ofNullable(reversals.get(id));
    }

    /// Whether the organisation has something to make good before more is issued to it.
    boolean owes(UUID proponent) {
        return reversals.values().stream()
                .anyMatch(each -> each.isOpen() && each.proponent().equals(proponent));
    }

    boolean isOpen(UUID block) {
        return reversals.values().stream()
                .anyMatch(each -> each.isOpen() && each.block().equals(block));
    }

    /// What was lost of a block so far.
    Co2e lost(UUID block) {
        return reversals.values().stream()
                .filter(each -> each.block().equals(block))
                .map(Reversal::lost)
                .reduce(Co2e.ZERO, Co2e::plus);
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case ReductionReversed(var reversal, var _) -> reversals.put(reversal.id(), reversal);
            case ReversalCovered(var _, var id, var quantity) -> {
                var reversal = reversals.get(id);
                if (reversal == null) {
                    throw new IllegalStateException("no such reversal: " + id);
                }
                reversals.put(id, reversal.covered(quantity));
            }
            default -> {}
        }
    }
}
