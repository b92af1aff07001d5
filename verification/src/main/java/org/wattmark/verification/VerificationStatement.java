package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;

/// What was verified, by whom and by which rules: the claim's figures and everything that is needed
/// to compute them again. Its bytes are a leaf of the log; they name no person.
///
/// @param factor by which energy became grams
/// @param reduction the figures of each vintage
/// @param findings digest of the check report
/// @param evidence digest of the reading batches' receipts
/// @param at when it was made, to the microsecond, as the caller says
public record VerificationStatement(
        ClaimId claim,
        UUID project,
        Period monitoringPeriod,
        MethodologyId methodology,
        FactorUsed factor,
        MeterClass meterClass,
        Reduction reduction,
        AssuranceTier tier,
        UnitClass unitClass,
        VerifiedBy verifiedBy,
        Sha256 findings,
        Sha256 evidence,
        Instant at) {

    /// The factor's name and its exact value, so that neither can drift from the other unseen.
    public record FactorUsed(EmissionFactorSet set, String id, BigDecimal gramsPerKilowattHour) {

        public FactorUsed {
            gramsPerKilowattHour = Reduction.exact(gramsPerKilowattHour);
        }
    }

    /// A monitoring period of twelve months touches two civil years at most.
    private static final int MAX_VINTAGES = 2;

    public VerificationStatement {
        int vintages = reduction.lines().size();
        if (vintages < 1 || vintages > MAX_VINTAGES) {
            throw new IllegalArgumentException("a statement has one or two vintages");
        }
        if (!at.equals(at.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException("a statement's time is in microseconds: " + at);
        }
    }

    /// The statement of an approved claim.
    public static VerificationStatement of(
            ClaimCase approved,
            Assessment assessment,
            Evidence evidence,
            EmissionFactorSet set,
            Instant at) {
        if (approved.state() != ClaimState.APPROVED) {
            throw new IllegalArgumentException("only an approved claim has a statement");
        }
        var claim = approved.claim();
        return new VerificationStatement(
                claim.id(),
                claim.project(),
                claim.monitoringPeriod(),
                SolarDisplacement.ID,
                used(set, assessment.factor().chosen().orElseThrow()),
                evidence.meterClass(),
                assessment.reduction().orElseThrow(),
                claim.tier(),
                claim.unitClass(),
                approved.verifiedBy().orElseThrow(),
                assessment.report().sha256(),
                evidence.digest(),
                at);
    }

    private static FactorUsed used(EmissionFactorSet set, EmissionFactor factor) {
        return new FactorUsed(set, factor.id(), factor.gramsPerKilowattHour());
    }

    /// What may be issued on it, of all vintages.
    public Co2e net() {
        return reduction.net();
    }

    /// At most 1 KiB, well within the 4 KiB of a leaf.
    public byte[] canonicalBytes() {
        return StatementBytes.write(this);
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
