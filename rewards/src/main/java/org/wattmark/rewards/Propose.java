package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;

/// Proposes something that another person has to approve; the proposal's id is the command's, and
/// so is that of the tariff or programme that comes of it.
///
/// @param person who proposes
public record Propose(UUID id, UUID person, Motion motion) implements Command<ProposalStep> {

    public Propose {
        var named =
                switch (motion) {
                    case Motion.SetTariff(var tariff) -> tariff.id();
                    case Motion.BeginProgramme(var programme, var _) -> programme.id();
                    default -> id;
                };
        if (!named.equals(id)) {
            throw new IllegalArgumentException("what comes of a proposal has its id, " + id);
        }
    }

    @Override
    public byte[] content() {
        return motion.writeTo(Canonical.of("wattmark/propose-reward-motion/v1").id(person))
                .toByteArray();
    }

    @Override
    public ProposalStep idStandsForAnother() {
        return new ProposalStep.Denied(ProposalStep.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
