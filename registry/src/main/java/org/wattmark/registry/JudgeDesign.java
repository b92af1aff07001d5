package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// A validator's verdict on a project's design.
///
/// @param valid false to refuse it
public record JudgeDesign(
        UUID id, Actor actor, UUID project, int number, boolean valid, String opinion)
        implements Command<Designing> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/judge-design/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(project)
                .number(number)
                .number(valid ? 1 : 0)
                .text(opinion)
                .toByteArray();
    }

    @Override
    public Designing idStandsForAnother() {
        return new Designing.Denied(Designing.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
