package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.verification.Reports.finding;
import static org.wattmark.verification.Reports.lamps;
import static org.wattmark.verification.Reports.lampsOf;
import static org.wattmark.verification.Reports.lampsReported;
import static org.wattmark.verification.Reports.number;
import static org.wattmark.verification.Reports.quantify;

import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.DeemedInstallations.Lamps;
import org.wattmark.verification.DeemedInstallations.Motors;
import org.wattmark.verification.DeemedInstallations.RunTime;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;

/// The worked example of `docs/methodologies/deemed-savings.md`, and the rules around it.
class DeemedSavingsTest {

    @Test
    void theWorkedLampsComeToTheGram() {
        var quantified = quantify(Reports.workedLamps());

        var line = quantified.reduction().orElseThrow().lines().getFirst();
        assertThat(line.energy()).isEqualTo(Energy.ofKilowattHours(15_600));
        assertThat(line.gross()).isEqualByComparingTo("3713478.260869565217");
        assertThat(quantified.net()).isEqualTo(new Co2e(3_713_478));
        assertThat(line.carriedOut()).isEqualByComparingTo("0.260869565217");
    }

    @Test
    void theDefaultFactorIsTheLowerOfMarginAndAverage() {
        var byDefault =
                new DeemedInstallations(
                        lampsReported(), List.of(lamps()), Share.NONE, Optional.empty());

        var quantified = quantify(byDefault);

        assertThat(quantified.factors())
                .extracting(CitedFactor::id)
                .containsExactly("ember-2024/GBR/average");
        assertThat(quantified.net())
                .isEqualTo(Co2e.floor(number("15600").multiply(number("215.79"))));
        assertThat(quantified.worst()).isEqualTo(Outcome.INFO);
    }

    @Test
    void aFactorAboveTheDefaultIsForAPerson() {
        var quantified = quantify(Reports.workedLamps());

        assertThat(finding(quantified, Code.FACTOR).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void aMarginForSunAndWindCountsNoEfficiency() {
        var solar =
                new DeemedInstallations(
                        lampsReported(),
                        List.of(lamps()),
                        Share.NONE,
                        Optional.of(Given.SOLAR_MARGIN));

        var quantified = quantify(solar);

        assertThat(quantified.reduction()).isEmpty();
        assertThat(finding(quantified, Code.FACTOR).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void anUnknownRegionIsRefusedAndNeverGuessed() {
        var nowhere =
                new DeemedInstallations(
                        Reports.reported("atlantis", Document.Kind.INVOICE),
                        List.of(lamps()),
                        Share.NONE,
                        Optional.empty());

        var quantified = quantify(nowhere);

        assertThat(quantified.reduction()).isEmpty();
        assertThat(quantified.net()).isEqualTo(Co2e.ZERO);
        assertThat(finding(quantified, Code.FACTOR).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void motorsDrawTheirOutputOverTheirEfficiency() {
        var motors =
                new Motors(
                        "pumps",
                        4,
                        number("7500"),
                        number("0.75"),
                        number("0.875"),
                        number("0.904"),
                        Optional.empty(),
                        RunTime.logged("4000"));

        var quantified = quantify(lampsOf(lampsReported(), motors));

        // 7500 × 0.75 × (1/0.875 − 1/0.904) × 4 × 4000 h = 3,299,620.7 Wh
        assertThat(quantified.reduction().orElseThrow().energy()).isEqualTo(new Energy(3_299_620));
    }

    @Test
    void whatTheLawWouldHaveSavedIsNobodysCredit() {
        var capped =
                new Lamps(
                        "LED tubes",
                        120,
                        number("90"),
                        number("40"),
                        Optional.of(number("60")),
                        RunTime.logged("2600"));

        var quantified = quantify(lampsOf(lampsReported(), capped));

        // Of 50 W, 30 W are the law's: 60 % of the worked 3,713,478.26 g.
        assertThat(quantified.taken(Cause.BASELINE_CAP))
                .isEqualByComparingTo("2228086.956521739131");
        assertThat(quantified.net()).isEqualTo(new Co2e(3_713_478 - 2_228_087));
    }

    @Test
    void aSampleCountsAtTheLowEndOfItsInterval() {
        var sampled = new RunTime(number("2600"), RunTime.Basis.SAMPLED, new Share(700));

        var quantified = quantify(lampsOf(lampsReported(), with(sampled)));

        assertThat(quantified.taken(Cause.UNCERTAINTY)).isEqualByComparingTo("259943.478260869566");
        assertThat(quantified.net()).isEqualTo(new Co2e(3_713_478 - 259_944));
        assertThat(finding(quantified, Code.SAMPLE).outcome()).isEqualTo(Outcome.INFO);
    }

    @Test
    void aSampleCoarserThanNinetyTenIsForAPerson() {
        var coarse = new RunTime(number("2600"), RunTime.Basis.SAMPLED, new Share(1_001));

        var quantified = quantify(lampsOf(lampsReported(), with(coarse)));

        assertThat(finding(quantified, Code.SAMPLE).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void noLampRunsLongerThanThePeriod() {
        var quantified = quantify(lampsOf(lampsReported(), with(RunTime.logged("8761"))));

        assertThat(finding(quantified, Code.PLAUSIBLE).outcome()).isEqualTo(Outcome.REJECT);
        assertThat(quantified.reduction()).isEmpty();
    }

    @Test
    void unmeasuredHoursAreAtMostThreeAndAHalfADay() {
        var most = new RunTime(number("1277.5"), RunTime.Basis.DEEMED, Share.NONE);
        var more = new RunTime(number("1277.6"), RunTime.Basis.DEEMED, Share.NONE);

        var good = quantify(lampsOf(lampsReported(), with(most)));
        var bad = quantify(lampsOf(lampsReported(), with(more)));

        assertThat(finding(good, Code.PLAUSIBLE).outcome()).isEqualTo(Outcome.INFO);
        assertThat(finding(bad, Code.PLAUSIBLE).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void lampsThatWorkOnElsewhereNeedTheirLeakage() {
        var moved =
                new Reported(
                        "GBR",
                        lampsReported().documents(),
                        new Leakage(true, Co2e.ZERO, "given to a school"));
        var estimated =
                new Reported(
                        "GBR",
                        lampsReported().documents(),
                        new Leakage(true, new Co2e(100_000), "half of them, at a school"));

        var held = quantify(lampsOf(moved, lamps()));
        var deducted = quantify(lampsOf(estimated, lamps()));

        assertThat(finding(held, Code.LEAKAGE).outcome()).isEqualTo(Outcome.HOLD);
        assertThat(deducted.net()).isEqualTo(new Co2e(3_613_478));
    }

    @Test
    void aMeasureThatNothingProvesIsForAPerson() {
        var bare = Reports.reported("GBR", Document.Kind.METER_RECORD);

        var quantified = quantify(lampsOf(bare, lamps()));

        assertThat(finding(quantified, Code.DOCUMENTS).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void aPeriodOverNewYearHasAVintageForEachYearAndLosesNothing() {
        var autumnToAutumn =
                new Period(
                        Instant.parse("2024-10-01T00:00:00Z"),
                        Instant.parse("2025-10-01T00:00:00Z"));

        var quantified =
                new DeemedSavings()
                        .quantify(
                                Reports.workedLamps(),
                                autumnToAutumn,
                                ZoneId.of("UTC"),
                                Map.of(Year.of(2025), number("0.9")),
                                Reports.FACTORS);

        var lines = quantified.reduction().orElseThrow().lines();
        assertThat(lines)
                .extracting(Reduction.Line::vintage)
                .containsExactly(Year.of(2024), Year.of(2025));
        assertThat(lines.getFirst().gross().add(lines.getLast().gross()))
                .isEqualByComparingTo("3713478.260869565217");
        assertThat(quantified.reduction().orElseThrow().energy())
                .isEqualTo(Energy.ofKilowattHours(15_600));
        // What was carried in is in the sum, and what neither vintage issues is carried on.
        assertThat(
                        lines.getFirst()
                                .carriedOut()
                                .add(lines.getLast().carriedOut())
                                .add(number(String.valueOf(quantified.net().grams()))))
                .isEqualByComparingTo("3713479.160869565217");
    }

    @Test
    void moreThanTwelveMonthsAreRefused() {
        var long13 =
                new Period(
                        Instant.parse("2024-12-31T00:00:00Z"),
                        Instant.parse("2026-01-01T00:00:00Z"));

        var quantified =
                new DeemedSavings()
                        .quantify(
                                Reports.workedLamps(),
                                long13,
                                Given.LONDON,
                                Reports.NOTHING_CARRIED,
                                Reports.FACTORS);

        assertThat(finding(quantified, Code.PERIOD).outcome()).isEqualTo(Outcome.REJECT);
        assertThat(quantified.reduction()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsNotEvenReported() {
        assertThatThrownBy(() ->
                        new Lamps(
                                "lamps",
                                10,
                                number("40"),
                                number("90"),
                                Optional.empty(),
                                RunTime.logged("1")))
                .hasMessageContaining("less efficient than before");
        assertThatThrownBy(() -> RunTime.logged("-1")).hasMessageContaining("not above 0");
    }

    @Test
    void everyStepOfTheSumIsTold() {
        var quantified = quantify(Reports.workedLamps());

        assertThat(quantified.steps())
                .extracting(Quantification.Step::result)
                .containsExactly("15600000", "3713478.260869565217");
        assertThat(quantified.steps().getFirst().inputs())
                .containsEntry("Pb", "90 W")
                .containsEntry("h", "2600 h");
    }

    private static Lamps with(RunTime runTime) {
        return new Lamps("LED tubes", 120, number("90"), number("40"), Optional.empty(), runTime);
    }
}
