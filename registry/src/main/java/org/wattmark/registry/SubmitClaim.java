package org.wattmark.registry;

import java.util.Set;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Claim;

/// Asks to close a monitoring period into a claim; the claim's id is the command's.
///
/// @param otherOwners of devices in the claim: members of the project's pool
public record SubmitClaim(Actor actor, Claim claim, Set<UUID> otherOwners)
        implements Command<Submission> {

    public SubmitClaim {
        otherOwners = Set.copyOf(otherOwners);
    }

    /// On nothing but one's own.
    public SubmitClaim(Actor actor, Claim claim) {
        this(actor, claim, Set.of());
    }

    @Override
    public UUID id() {
        return claim.id().value();
    }

    /// Whose the devices are follows from the claim, so they are no part of what is asked.
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
