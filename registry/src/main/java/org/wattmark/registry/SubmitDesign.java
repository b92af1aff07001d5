package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// Lists a project: brings its design, the first or the next.
///
/// @param design whose number the registry gives, whatever it says
public record SubmitDesign(UUID id, Actor actor, Design design) implements Command<Designing> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/submit-design/v1")
                .id(actor.organisation().id())
                .text(actor.role().name())
                .bytes(new DesignSubmitted(design).content())
                .toByteArray();
    }

    @Override
    public Designing idStandsForAnother() {
        return new Designing.Denied(Designing.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
