package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// Asks to register a project; its id is the command's.
public record RegisterProject(Actor actor, Project project) implements Command<Registration> {

    @Override
    public UUID id() {
        return project.id();
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/register-project/v1")
                .id(actor.person())
                .text(actor.role().name())
                .bytes(new ProjectRegistered(project).content())
                .toByteArray();
    }

    @Override
    public Registration idStandsForAnother() {
        return new Registration.Refused(Registration.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
