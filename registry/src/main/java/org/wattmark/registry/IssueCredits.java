package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// Asks to issue what was verified for a claim.
public record IssueCredits(UUID id, Actor actor, ClaimId claim) implements Command<Issuance> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/issue-credits/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(claim.value())
                .toByteArray();
    }

    @Override
    public Issuance idStandsForAnother() {
        return new Issuance.Refused(Issuance.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
