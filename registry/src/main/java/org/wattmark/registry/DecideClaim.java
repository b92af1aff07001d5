package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;

/// A verifier's decision on a claim.
///
/// @param approve false to refuse it
public record DecideClaim(UUID id, Actor actor, ClaimId claim, boolean approve)
        implements Command<Verdict> {

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/decide-claim/v1")
                .id(actor.person())
                .id(actor.organisation().id())
                .text(actor.role().name())
                .id(claim.value())
                .number(approve ? 1 : 0)
                .toByteArray();
    }

    @Override
    public Verdict idStandsForAnother() {
        return new Verdict.Denied(Verdict.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
