package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.verification.Given.FACTORS;
import static org.wattmark.verification.Given.NOW;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.emissions.HourlyGridFactors;
import org.wattmark.emissions.Source;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.VintageEnergy.Metered;

/// Claims by hourly factors: used where they tell of all of the energy, named by their digest, and
/// computed again to the same gram.
class HourlyAssessmentTest {

    private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private static final List<Metered> TWO_HOURS =
            List.of(
                    new Metered(Period.starting(NOON, HOUR), new Energy(3_000)),
                    new Metered(Period.starting(NOON.plus(HOUR), HOUR), new Energy(2_000)));

    private static HourlyGridFactors table(Map<Instant, BigDecimal> hours) {
        return new HourlyGridFactors(
                new EmissionFactorSet("simulated-gb", 1),
                FACTORS.region("GB").orElseThrow(),
                EmissionFactor.Gases.CO2E,
                EmissionFactor.Boundary.LIFE_CYCLE,
                new Source("loaded", "simulated", "1", "", "", ""),
                new TreeMap<>(hours));
    }

    private static final HourlyGridFactors BOTH =
            table(Map.of(NOON, new BigDecimal("50"), NOON.plus(HOUR), new BigDecimal("60.5")));

    private static VerificationStatement statement(HourlyGridFactors table) {
        var evidence = Given.evidence(new Energy(5_000));
        var hourly = Optional.of(new HourlyEvidence(table, TWO_HOURS));
        var claim = Given.claim();
        var assessment = Assessment.of(claim, evidence, hourly, FACTORS, Map.of(), NOW);
        return VerificationStatement.draft(claim, assessment, NOW);
    }

    private static Recomputation again(VerificationStatement statement, HourlyGridFactors table) {
        return Recomputation.ofHourly(
                statement, new HourlyEvidence(table, TWO_HOURS), Given.LONDON, FACTORS);
    }

    @Test
    void hoursThatTellOfAllEnergyAreUsedAndComputedAgain() {
        var statement = statement(BOTH);

        var again = again(statement, BOTH);

        // 3 kWh x 50 + 2 kWh x 60.5 = 271 g; class 1 takes 3 g of it.
        assertThat(statement.methodology()).isEqualTo(HourlySolarDisplacement.ID);
        assertThat(statement.net().grams()).isEqualTo(268);
        assertThat(statement.factors()).hasSize(2);
        assertThat(again).isInstanceOf(Recomputation.Same.class);
    }

    @Test
    void anotherTableIsNotTheOneThatTheStatementNames() {
        var other = table(Map.of(NOON, BigDecimal.ONE, NOON.plus(HOUR), BigDecimal.TWO));

        var again = again(statement(BOTH), other);

        assertThat(again).isInstanceOf(Recomputation.Differs.class);
        assertThat(again.toString()).contains("table of hours");
    }

    @Test
    void hoursThatLackSomeEnergyAreNotUsed() {
        var statement = statement(table(Map.of(NOON, new BigDecimal("50"))));

        assertThat(statement.methodology()).isEqualTo(SolarDisplacement.ID);
        assertThat(statement.factors()).hasSize(1);
        assertThat(again(statement, BOTH)).isInstanceOf(Recomputation.Differs.class);
    }
}
