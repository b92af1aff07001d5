package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// Asks to found a project's pool, to invite somebody to it, to join it or to leave it.
///
/// @param organisation whose standing changes
/// @param standing what it is to be
public record ChangePool(
        UUID id, Actor actor, UUID project, UUID organisation, PoolStanding standing)
        implements Command<Pooling> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/change-pool/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(project)
                .id(organisation)
                .text(standing.name())
                .toByteArray();
    }

    @Override
    public Pooling idStandsForAnother() {
        return new Pooling.Refused(Pooling.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
