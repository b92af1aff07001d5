package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.emissions.CreditingChoice;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.GridFactors;
import org.wattmark.metering.Sha256;

/// A claim quantified and checked: the same claim, evidence, factors and time give the same
/// assessment, wherever and whenever it is made.
///
/// @param factors that the figures were made with, each by its role
/// @param meterClass of the worst meter; absent where reported data are quantified
/// @param reduction absent where it could not be quantified
/// @param evidence digest of what was quantified
public record Assessment(
        List<CitedFactor> factors,
        Optional<MeterClass> meterClass,
        Optional<Reduction> reduction,
        CheckReport report,
        Sha256 evidence) {

    public Assessment {
        factors = List.copyOf(factors);
    }

    /// Of a claim on metered series.
    ///
    /// @param carriedIn what the project's statement before left of each vintage, in g
    public static Assessment of(
            Claim claim,
            Evidence evidence,
            GridFactors factors,
            Map<Year, BigDecimal> carriedIn,
            Instant now) {
        var choice = choice(claim, evidence, factors);
        var chosen =
                choice.chosen().filter(factor -> SolarDisplacement.KINDS.contains(factor.kind()));
        var reduction =
                chosen.map(factor ->
                        SolarDisplacement.quantify(
                                evidence.energy(), factor, evidence.meterClass(), carriedIn));
        var checks = new Checks(claim, evidence, factors, choice, reduction, now);
        return new Assessment(
                chosen.map(factor -> List.of(cited(factors, factor))).orElse(List.of()),
                Optional.of(evidence.meterClass()),
                reduction,
                checks.report(),
                evidence.digest());
    }

    static CreditingChoice choice(Claim claim, Evidence evidence, GridFactors factors) {
        return claim.forcedFactor()
                .map(factors::forced)
                .orElseGet(() -> factors.forSolarCredits(evidence.region()));
    }

    /// The name that a statement has for the factor by which energy became grams.
    static final String GRID = "grid";

    private static CitedFactor cited(GridFactors factors, EmissionFactor factor) {
        return new CitedFactor(
                GRID,
                factors.set().toString(),
                factor.id(),
                factor.gramsPerKilowattHour(),
                "g/kWh",
                "");
    }

    /// Of a claim on reported data.
    ///
    /// @param beside what else stands of the project and at its site
    public static Assessment ofReported(
            Claim claim,
            ReportedEvidence beside,
            FactorLibraries factors,
            Map<Year, BigDecimal> carriedIn) {
        var data = claim.data().orElseThrow();
        var found =
                Methodologies.of(data)
                        .quantify(
                                data, claim.monitoringPeriod(), beside.zone(), carriedIn, factors);
        var fits = found.factors().size() <= VerificationStatement.MOST_FACTORS;
        return new Assessment(
                fits ? found.factors() : List.of(),
                Optional.empty(),
                fits ? found.reduction() : Optional.empty(),
                new ReportedChecks(claim, beside, found).report(),
                data.sha256());
    }
}
