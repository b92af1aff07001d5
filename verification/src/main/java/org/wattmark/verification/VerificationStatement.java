package org.wattmark.verification;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;

/// What was verified, by whom and by which rules: the claim's figures and everything that is needed
/// to compute them again. Its bytes are a leaf of the log; they name no person.
///
/// @param factors that the figures were made with, each by its role
/// @param meterClass of the worst meter; absent where reported data are quantified
/// @param reduction the figures of each vintage
/// @param tier how well the evidence is attested: reported data that nobody but their owner attests
///   are T0, and T1 by a verifier's statement that names their documents
/// @param findings digest of the check report
/// @param evidence digest of the reading batches' receipts, or of the reported data
/// @param documents that the verifier has seen, by their SHA-256
/// @param at when it was made, to the microsecond, as the caller says
public record VerificationStatement(
        ClaimId claim,
        UUID project,
        Period monitoringPeriod,
        MethodologyId methodology,
        List<CitedFactor> factors,
        Optional<MeterClass> meterClass,
        Reduction reduction,
        AssuranceTier tier,
        UnitClass unitClass,
        VerifiedBy verifiedBy,
        Sha256 findings,
        Sha256 evidence,
        List<Sha256> documents,
        Instant at) {

    /// As many as a leaf of 4 KiB has room for.
    public static final int MOST_FACTORS = 24;

    public static final int MOST_DOCUMENTS = 16;

    private static final int MOST_BYTES = 3_800;

    /// A monitoring period of twelve months touches two civil years at most.
    private static final int MAX_VINTAGES = 2;

    public VerificationStatement {
        int vintages = reduction.lines().size();
        if (vintages < 1 || vintages > MAX_VINTAGES) {
            throw new IllegalArgumentException("a statement has one or two vintages");
        }
        if (factors.size() > MOST_FACTORS || documents.size() > MOST_DOCUMENTS) {
            throw new IllegalArgumentException("a statement has no room for so much");
        }
        if (!at.equals(at.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException("a statement's time is in microseconds: " + at);
        }
        // Where the table has a number from is said by the table.
        factors = factors.stream().map(VerificationStatement::unsourced).toList();
        documents = documents.stream().sorted(Comparator.comparing(Sha256::hex)).toList();
    }

    private static CitedFactor unsourced(CitedFactor factor) {
        return new CitedFactor(
                factor.role(), factor.library(), factor.id(), factor.value(), factor.unit(), "");
    }

    /// What a claim's statement will be if nothing changes: nobody stands for it yet, in name of
    /// which `undecided` does.
    public static VerificationStatement draft(Claim claim, Assessment assessment, Instant at) {
        return new VerificationStatement(
                claim.id(),
                claim.project(),
                claim.monitoringPeriod(),
                assessment.methodology(claim),
                assessment.factors(),
                assessment.meterClass(),
                assessment.reduction().orElseThrow(),
                claim.tier(),
                claim.unitClass(),
                UNDECIDED,
                assessment.report().sha256(),
                assessment.evidence(),
                List.of(),
                at);
    }

    private static final VerifiedBy UNDECIDED = new VerifiedBy.Machine("undecided", 1);

    /// The same figures, for which somebody stands. What only its owner attested is attested by the
    /// verifier who names the documents seen.
    public VerificationStatement by(VerifiedBy who, List<Sha256> seen, Instant when) {
        boolean attested =
                tier == AssuranceTier.T0 && who instanceof VerifiedBy.Verifier && !seen.isEmpty();
        return new VerificationStatement(
                claim,
                project,
                monitoringPeriod,
                methodology,
                factors,
                meterClass,
                reduction,
                attested ? AssuranceTier.T1 : tier,
                unitClass,
                who,
                findings,
                evidence,
                seen,
                when);
    }

    /// The same, of figures that carry something else in.
    public VerificationStatement carrying(Reduction other) {
        return new VerificationStatement(
                claim,
                project,
                monitoringPeriod,
                methodology,
                factors,
                meterClass,
                other,
                tier,
                unitClass,
                verifiedBy,
                findings,
                evidence,
                documents,
                at);
    }

    /// What may be issued on it, of all vintages.
    public Co2e net() {
        return reduction.net();
    }

    /// Within the 4 KiB of a leaf.
    public byte[] canonicalBytes() {
        var bytes = StatementBytes.write(this);
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a statement of " + bytes.length + " bytes");
        }
        return bytes;
    }

    /// Reads what [#canonicalBytes] wrote; whatever is wrong with a stranger's bytes is
    /// `Malformed`.
    public static VerificationStatement parse(byte[] bytes) throws Canonical.Malformed {
        return StatementBytes.read(bytes);
    }

    public Sha256 sha256() {
        return Sha256.of(canonicalBytes());
    }
}
