package org.wattmark.registry;

import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Claim;

/// A monitoring period is closed into a claim, and the attributes of its intervals are reserved for
/// it. The log shows which project and period; who asks, and which meters, only as a commitment.
public record ClaimSubmitted(Claim claim) implements Fact {

    public static final String DOMAIN = "wattmark/claim/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/claim-submitted/v1";

    @Override
    public byte[] content() {
        return ClaimBytes.write(claim);
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(claim.id().value())
                .id(claim.project())
                .period(claim.monitoringPeriod())
                .text(claim.unitClass().name())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static ClaimSubmitted of(byte[] content) throws Canonical.Malformed {
        return new ClaimSubmitted(ClaimBytes.read(content));
    }
}
