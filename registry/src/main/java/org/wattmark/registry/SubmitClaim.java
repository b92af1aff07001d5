package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Claim;

/// Asks to close a monitoring period into a claim; the claim's id is the command's.
public record SubmitClaim(Actor actor, Claim claim) implements Command<Submission> {

    @Override
    public UUID id() {
        return claim.id().value();
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/submit-claim/v1")
                .id(actor.person())
                .text(actor.role().name())
                .bytes(ClaimBytes.write(claim))
                .toByteArray();
    }

    @Override
    public Submission idStandsForAnother() {
        return new Submission.Refused(Submission.Reason.ID_STANDS_FOR_ANOTHER, "");
    }
}
