package org.wattmark.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// A verifier's verdict on a claim that they have in hand.
///
/// @param approve false to refuse it
/// @param statement the draft that the verifier has seen and stands for, by its SHA-256: another
///   one is not verified by this
/// @param documents the evidence that the verifier has seen, by its SHA-256
/// @param opinion in the verifier's words
public record DecideClaim(
        UUID id,
        Actor actor,
        ClaimId claim,
        boolean approve,
        Optional<Sha256> statement,
        List<Sha256> documents,
        String opinion)
        implements Command<Verdict> {

    public DecideClaim(UUID id, Actor actor, ClaimId claim, boolean approve) {
        this(id, actor, claim, approve, Optional.empty(), List.of(), "");
    }

    public DecideClaim {
        documents = List.copyOf(documents);
    }

    ClaimStep step() {
        var attachments = new ArrayList<Sha256>();
        statement.ifPresent(attachments::add);
        attachments.addAll(documents);
        return new ClaimStep(
                id,
                claim,
                approve ? ClaimAction.VERIFY : ClaimAction.REFUSE,
                actor.person(),
                actor.organisation().id(),
                id,
                opinion,
                attachments);
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/decide-claim/v1")
                .text(actor.role().name())
                .number(statement.isPresent() ? 1 : 0)
                .bytes(step().content())
                .toByteArray();
    }

    @Override
    public Verdict idStandsForAnother() {
        return new Verdict.Denied(Verdict.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
