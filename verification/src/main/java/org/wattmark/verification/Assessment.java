package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.ArrayList;
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

    /// Of a claim on metered series, where no hourly factors are known.
    ///
    /// @param carriedIn what the project's statement before left of each vintage, in g
    public static Assessment of(
            Claim claim,
            Evidence evidence,
            GridFactors factors,
            Map<Year, BigDecimal> carriedIn,
            Instant now) {
        return of(claim, evidence, Optional.empty(), factors, carriedIn, now);
    }

    /// Of a claim on metered series.
    ///
    /// @param byTheHour hourly factors of the grid, if an operator has loaded some; where they tell
    ///   of all of the energy they are used
    /// @param carriedIn what the project's statement before left of each vintage, in g
    public static Assessment of(
            Claim claim,
            Evidence evidence,
            Optional<HourlyEvidence> byTheHour,
            GridFactors factors,
            Map<Year, BigDecimal> carriedIn,
            Instant now) {
        var choice = choice(claim, evidence, factors);
        var chosen =
                choice.chosen().filter(factor -> SolarDisplacement.KINDS.contains(factor.kind()));
        var hourly =
                chosen.flatMap(annual ->
                        byTheHour.filter(it ->
                                HourlySolarDisplacement.covers(
                                        it.intervals(), it.table(), annual)));
        var reduction =
                chosen.map(annual ->
                        hourly.map(it -> quantify(evidence, it, annual, carriedIn))
                                .orElseGet(() ->
                                        SolarDisplacement.quantify(
                                                evidence.energy(),
                                                annual,
                                                evidence.meterClass(),
                                                carriedIn)));
        var checks = new Checks(claim, evidence, factors, choice, reduction, now);
        var cited = new ArrayList<CitedFactor>();
        chosen.ifPresent(factor -> cited.add(cited(factors, factor)));
        hourly.ifPresent(it -> cited.add(HourlySolarDisplacement.cited(it.table())));
        return new Assessment(
                cited,
                Optional.of(evidence.meterClass()),
                reduction,
                checks.report(),
                evidence.digest());
    }

    private static Reduction quantify(
            Evidence evidence,
            HourlyEvidence hourly,
            EmissionFactor annual,
            Map<Year, BigDecimal> carriedIn) {
        return HourlySolarDisplacement.quantify(
                        hourly.intervals(),
                        hourly.table(),
                        annual,
                        evidence.meterClass(),
                        evidence.zone(),
                        carriedIn)
                .reduction();
    }

    /// By whose rules the figures were made: the claim's methodology, in the version that could be
    /// used.
    MethodologyId methodology(Claim claim) {
        boolean byTheHour =
                factors.stream().anyMatch(each -> each.role().equals(HourlySolarDisplacement.ROLE));
        return byTheHour ? HourlySolarDisplacement.ID : claim.methodology();
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
