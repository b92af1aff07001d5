package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Approves an intervention, as a second person, or rejects it.
///
/// @param person who decides; whoever proposed may reject, and never approve
public record DecideIntervention(UUID id, UUID person, UUID intervention, boolean approve)
        implements Command<InterventionStep> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/decide-intervention/v1")
                .id(person)
                .id(intervention)
                .number(approve ? 1 : 0)
                .toByteArray();
    }

    @Override
    public InterventionStep idStandsForAnother() {
        return new InterventionStep.Denied(InterventionStep.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
