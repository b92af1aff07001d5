package org.wattmark.registry;

import java.util.List;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// A step of a claim's review, but for the verdict, which is [DecideClaim].
///
/// @param about the question that is answered; the step's own id for every other action
/// @param text what is declared, asked, answered, or why
/// @param attachments evidence by its SHA-256
public record ActOnClaim(
        UUID id,
        Actor actor,
        ClaimId claim,
        ClaimAction action,
        UUID about,
        String text,
        List<Sha256> attachments)
        implements Command<Verdict> {

    /// A step that is about nothing but the claim.
    public ActOnClaim(UUID id, Actor actor, ClaimId claim, ClaimAction action, String text) {
        this(id, actor, claim, action, id, text, List.of());
    }

    public ActOnClaim {
        attachments = List.copyOf(attachments);
    }

    ClaimStep step() {
        return new ClaimStep(
                id,
                claim,
                action,
                actor.person(),
                actor.organisation().id(),
                about,
                text,
                attachments);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/act-on-claim/v1")
                .text(actor.role().name())
                .bytes(step().content())
                .toByteArray();
    }

    @Override
    public Verdict idStandsForAnother() {
        return new Verdict.Denied(Verdict.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
