package org.wattmark.registry;

import java.util.List;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.verification.Assessment;
import org.wattmark.verification.Reduction;

/// Brings a claim's assessment to the registry. Wattmark itself sends it, once the claim's period
/// is closed and its evidence gathered.
///
/// @param attempt which assessment of the claim this is, from 0: one that the registry finds
///   outdated is made again
public record AssessClaim(ClaimId claim, int attempt, Assessment assessment)
        implements Command<Verdict> {

    /// The same figures are the same command; what is carried in anew makes another.
    @Override
    public UUID id() {
        return canonical().derivedId();
    }

    /// The evidence of a closed period does not change, so what changes is what is carried in.
    @Override
    public byte[] content() {
        return canonical().toByteArray();
    }

    private Canonical canonical() {
        var lines = assessment.reduction().map(Reduction::lines).orElse(List.of());
        var bytes =
                Canonical.of("wattmark/assess-claim/v1")
                        .id(claim.value())
                        .number(attempt)
                        .number(lines.size());
        lines.forEach(line -> bytes.number(line.vintage().getValue()).decimal(line.carriedIn()));
        return bytes;
    }

    @Override
    public Verdict idStandsForAnother() {
        throw new IllegalStateException("two claims derive one id: " + claim);
    }
}
