package org.wattmark.registry;

import java.util.Map;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.verification.Actor;

/// Asks to divide what was credited to a pool for a block.
///
/// @param generated in the block's claim and vintage, by each owner of its devices. It is worked
///   out of what is stored and not said by whoever asks, so it is no part of what they ask
public record DividePool(
        UUID id, Actor actor, UUID project, UUID block, Map<UUID, Energy> generated)
        implements Command<Pooling> {

    public DividePool {
        generated = Map.copyOf(generated);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/divide-pool/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(project)
                .id(block)
                .toByteArray();
    }

    @Override
    public Pooling idStandsForAnother() {
        return new Pooling.Refused(Pooling.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
