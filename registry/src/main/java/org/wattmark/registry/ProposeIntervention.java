package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Proposes an intervention that another person has to approve; its id is the command's.
///
/// @param person who proposes
public record ProposeIntervention(UUID id, UUID person, Intervention intervention, Grounds grounds)
        implements Command<InterventionStep> {

    @Override
    public byte[] content() {
        var head = Canonical.of("wattmark/propose-intervention/v1").id(person);
        return grounds.writeTo(intervention.writeTo(head)).toByteArray();
    }

    @Override
    public InterventionStep idStandsForAnother() {
        return new InterventionStep.Denied(InterventionStep.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
