package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.util.Map;
import java.util.Optional;
import org.wattmark.emissions.CreditingChoice;
import org.wattmark.emissions.GridFactors;

/// A claim quantified and checked: the same claim, evidence, factors and time give the same
/// assessment, wherever and whenever it is made.
///
/// @param reduction absent where no factor could be resolved
public record Assessment(
        CreditingChoice factor, Optional<Reduction> reduction, CheckReport report) {

    /// @param carriedIn what the project's statement before left of each vintage, in g
    public static Assessment of(
            Claim claim,
            Evidence evidence,
            GridFactors factors,
            Map<Year, BigDecimal> carriedIn,
            Instant now) {
        var choice =
                claim.forcedFactor()
                        .map(factors::forced)
                        .orElseGet(() -> factors.forSolarCredits(evidence.region()));
        var reduction =
                choice.chosen()
                        .filter(factor -> SolarDisplacement.KINDS.contains(factor.kind()))
                        .map(factor ->
                                SolarDisplacement.quantify(
                                        evidence.energy(),
                                        factor,
                                        evidence.meterClass(),
                                        carriedIn));
        var checks = new Checks(claim, evidence, factors, choice, reduction, now);
        return new Assessment(choice, reduction, checks.report());
    }
}
