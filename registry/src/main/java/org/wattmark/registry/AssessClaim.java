package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Transfer;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.Evidence;

/// Brings a claim's assessment to the registry. Wattmark itself sends it, once the claim's period
/// is closed and its evidence gathered.
///
/// @param attempt which assessment of the claim this is, from 0: one that the registry finds
///   outdated is made again
public record AssessClaim(ClaimId claim, int attempt, Assessment assessment, Evidence evidence)
        implements Command<Verdict> {

    @Override
    public UUID id() {
        return Transfer.derivedId(claim.value(), attempt);
    }

    /// The evidence of a closed period does not change, so its digest stands for it.
    @Override
    public byte[] content() {
        return Canonical.of("wattmark/assess-claim/v1")
                .id(claim.value())
                .number(attempt)
                .toByteArray();
    }

    @Override
    public Verdict idStandsForAnother() {
        throw new IllegalStateException("two claims derive one id: " + claim);
    }
}
