package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.emissions.GridFactors;
import org.wattmark.units.Energy;
import org.wattmark.verification.Recomputation.Difference;
import org.wattmark.verification.Recomputation.Differs;
import org.wattmark.verification.Recomputation.Same;

class RecomputationTest {

    private static final VerificationStatement STATEMENT =
            Given.statement(Given.claim(UnitClass.LIVE, Optional.empty()));

    @Test
    void theSameInputsComeToTheSameGram() {
        var again = Recomputation.of(STATEMENT, Given.energy(), Given.FACTORS);

        assertThat(again).isEqualTo(new Same(STATEMENT.reduction()));
    }

    @Test
    @ResourceLock(Resources.LOCALE)
    @ResourceLock(Resources.TIME_ZONE)
    void neitherLocaleNorTimeZoneChangesAFigureOrAByte() {
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            // Turkish has a dotless i, Arabic and Hindi their own digits, Kiritimati is a day
            // ahead.
            for (var tag : List.of("tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "de-DE")) {
                for (var id : List.of("Pacific/Kiritimati", "America/St_Johns", "UTC")) {
                    Locale.setDefault(Locale.forLanguageTag(tag));
                    TimeZone.setDefault(TimeZone.getTimeZone(id));
                    assertSameBytes();
                }
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static void assertSameBytes() {
        var factors = GridFactors.shipped();

        var statement = Given.statement(Given.claim(UnitClass.LIVE, Optional.empty()));

        assertThat(statement.canonicalBytes()).isEqualTo(STATEMENT.canonicalBytes());
        assertThat(factors.sha256()).isEqualTo(Given.FACTORS.sha256());
        assertThat(factors.forSolarCredits("fi").chosen().orElseThrow().region().code())
                .isEqualTo("FIN");
        assertThat(Recomputation.of(STATEMENT, Given.energy(), factors)).isInstanceOf(Same.class);
    }

    @Test
    void otherEnergyIsExplainedFigureByFigure() {
        var energy =
                List.of(
                        new VintageEnergy(Year.of(2025), Energy.ofKilowattHours(12_401)),
                        new VintageEnergy(Year.of(2026), new Energy(10)));

        var again = Recomputation.of(STATEMENT, energy, Given.FACTORS);

        assertThat(differences(again))
                .containsExactly(
                        new Difference("2025 energy", "12400000 Wh", "12401000 Wh"),
                        new Difference("2025 gross in g", "2675796", "2676011.79"),
                        new Difference("2025 deduction", "26758 g CO₂e", "26761 g CO₂e"),
                        new Difference("2025 net", "2649038 g CO₂e", "2649250 g CO₂e"),
                        new Difference("2025 carried out in g", "0", "0.79"),
                        new Difference("2026 vintage", "none", "1 g CO₂e"));
    }

    @Test
    void missingEnergyIsADifference() {
        var again = Recomputation.of(STATEMENT, List.of(), Given.FACTORS);

        assertThat(differences(again))
                .containsExactly(new Difference("2025 vintage", "2649038 g CO₂e", "none"));
    }

    @Test
    void aFactorChangedUnderItsIdIsFound() {
        var changed = tableWith(new BigDecimal("215.80"));

        var again = Recomputation.of(STATEMENT, Given.energy(), changed);

        assertThat(differences(again))
                .containsExactly(new Difference("factor in g/kWh", "215.79", "215.80"));
    }

    @Test
    void anotherTableOrAMissingFactorIsADifference() {
        var other = GridFactors.of(new EmissionFactorSet("grid-factors", 2), List.of());
        var emptied = GridFactors.of(Given.FACTORS.set(), List.of());

        assertThat(differences(Recomputation.of(STATEMENT, Given.energy(), other)))
                .containsExactly(new Difference("factor set", "grid-factors/1", "grid-factors/2"));
        assertThat(differences(Recomputation.of(STATEMENT, Given.energy(), emptied)))
                .containsExactly(new Difference("factor", "ember-2024/GBR/average", "none"));
    }

    private static List<Difference> differences(Recomputation again) {
        return again instanceof Differs(var differences) ? differences : new ArrayList<>();
    }

    private static GridFactors tableWith(BigDecimal value) {
        var factor = Given.FACTORS.factor("ember-2024/GBR/average").orElseThrow();
        var changed =
                new EmissionFactor(
                        factor.region(),
                        factor.kind(),
                        value,
                        factor.year(),
                        factor.gases(),
                        factor.boundary(),
                        factor.source());
        return GridFactors.of(Given.FACTORS.set(), List.of(changed));
    }
}
