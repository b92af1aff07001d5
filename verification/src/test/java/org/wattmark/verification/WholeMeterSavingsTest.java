package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.wattmark.verification.Reports.finding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;
import org.wattmark.verification.WholeMeterReadings.Frequency;
import org.wattmark.verification.WholeMeterReadings.Meter;
import org.wattmark.verification.WholeMeterReadings.NonRoutine;
import org.wattmark.verification.WholeMeterReadings.Site;
import org.wattmark.verification.WholeMeterReadings.Usage;

/// On buildings whose truth is known. [WholeMeterReferenceTest] has the reference's samples.
class WholeMeterSavingsTest {

    private static final SimulatedBuilding BUILDING =
            SimulatedBuilding.of(new Random(1), 0.10, 0.05);

    @Test
    void withoutNoiseTheModelIsTheBuildingAndTheSavingIsTheTruth() {
        var exact = SimulatedBuilding.of(new Random(5), 0.10, 0);

        var savings = savings(exact.daily());

        assertThat(savings.model().heatingPoint()).isEqualTo(55);
        assertThat(savings.model().coolingPoint()).isEqualTo(65);
        assertThat(savings.model().base()).isCloseTo(8_000, within(0.5));
        assertThat(savings.savings()).isCloseTo(exact.truth, within(exact.truth * 1e-4));
    }

    /// The twin of the reference's samples. Beyond a 90 % interval lies one in twenty on each side:
    /// of 100 buildings more than 10 with a chance of 1 %.
    @Test
    void whatIsCreditedIsAtMostWhatWasTrulySavedButForOneInTwenty() {
        int above = 0;

        for (int seed = 0; seed < 100; seed++) {
            var building = SimulatedBuilding.of(new Random(seed), 0.10, 0.10);
            above += lowerBound(building) > building.truth ? 1 : 0;
        }

        assertThat(above).isLessThanOrEqualTo(10);
    }

    @Test
    void aBuildingWithoutASavingEarnsNothingButForOneInTwenty() {
        int earning = 0;

        for (int seed = 0; seed < 100; seed++) {
            earning += lowerBound(SimulatedBuilding.of(new Random(seed), 0, 0.10)) > 0 ? 1 : 0;
        }

        assertThat(earning).isLessThanOrEqualTo(10);
    }

    private static double lowerBound(SimulatedBuilding building) {
        var savings = savings(building.daily());
        return savings.savings() - savings.uncertainty().wattHours();
    }

    /// The worked example of `docs/methodologies/whole-meter-savings.md`.
    @Test
    void theWorkedBuildingComesToTheGram() {
        var quantified = Reports.quantify(BUILDING.daily());

        var line = quantified.reduction().orElseThrow().lines().getFirst();
        assertThat(line.energy()).isEqualTo(new Energy(521_154));
        assertThat(line.gross()).isEqualByComparingTo("128203.884");
        assertThat(quantified.taken(Cause.UNCERTAINTY)).isEqualByComparingTo("7936.206");
        assertThat(line.net()).isEqualTo(new Co2e(120_266));
    }

    @Test
    void savingsLessUncertaintyAreCreditedByTheGrid() {
        var quantified = Reports.quantify(BUILDING.daily());

        var savings = savings(BUILDING.daily());
        long credited =
                (long) Math.floor(savings.savings())
                        - (long) Math.ceil(savings.uncertainty().wattHours());
        var line = quantified.reduction().orElseThrow().lines().getFirst();
        assertThat(quantified.open()).isEmpty();
        assertThat(quantified.factors().getFirst().id()).isEqualTo("ifi-2021/USA/cm-firm");
        assertThat(line.energy().wattHours()).isEqualTo((long) Math.floor(savings.savings()));
        assertThat(line.net().grams()).isCloseTo(credited * 246 / 1_000, within(1L));
        assertThat(quantified.net().grams()).isLessThan((long) (BUILDING.truth * 246 / 1_000));
    }

    @Test
    void billsShowTheSameSavingWithMoreUncertainty() {
        var daily = savings(BUILDING.daily());
        var monthly = savings(BUILDING.monthly());

        assertThat(monthly.savings()).isCloseTo(daily.savings(), within(daily.savings() * 0.2));
        assertThat(Reports.quantify(BUILDING.monthly()).net().isZero()).isFalse();
    }

    @Test
    void aMeterThatShowsLessProvesNoMeasure() {
        var unproved = withReported(Reports.reported("USA", Document.Kind.METER_RECORD));

        var quantified = Reports.quantify(unproved);

        assertThat(finding(quantified, Code.MEASURE).outcome()).isEqualTo(Outcome.REJECT);
        assertThat(quantified.reduction()).isEmpty();
    }

    @Test
    void theEngineersEstimateIsTheMostThatIsCredited() {
        var capped =
                BUILDING.readings(
                        Frequency.DAILY,
                        BUILDING.usage,
                        List.of(),
                        Energy.ofKilowattHours(100),
                        Share.NONE);

        var quantified = Reports.quantify(capped);

        assertThat(quantified.net().grams()).isBetween(24_598L, 24_600L); // 100 kWh × 246 g
        assertThat(quantified.taken(Cause.ENGINEERING_CAP).signum()).isPositive();
    }

    @Test
    void whatTheLawAskedForAndOtherChangesAreTakenOff() {
        var plain = Reports.quantify(BUILDING.daily()).net().grams();
        var half =
                BUILDING.readings(
                        Frequency.DAILY,
                        BUILDING.usage,
                        List.of(),
                        Energy.ofKilowattHours(100_000),
                        Share.ofPercent(50));
        var closed =
                BUILDING.readings(
                        Frequency.DAILY,
                        BUILDING.usage,
                        List.of(new NonRoutine("a floor stood empty", -100_000)));

        assertThat(Reports.quantify(half).net().grams()).isCloseTo(plain / 2, within(2L));
        assertThat(Reports.quantify(closed).net().grams()).isCloseTo(plain - 24_600, within(2L));
    }

    @Test
    void whatWouldRaiseTheSavingIsForAPersonAndNotAdded() {
        var plain = Reports.quantify(BUILDING.daily()).net();
        var extended =
                BUILDING.readings(
                        Frequency.DAILY,
                        BUILDING.usage,
                        List.of(new NonRoutine("a second shift", 900_000)));

        var quantified = Reports.quantify(extended);

        assertThat(quantified.net()).isEqualTo(plain);
        assertThat(finding(quantified, Code.NON_ROUTINE).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void thirtySevenDaysMayBeMissingAndNotThirtyEight() {
        var enough = Reports.quantify(without(37));
        var tooFew = Reports.quantify(without(38));

        assertThat(finding(enough, Code.DATA_SUFFICIENCY).outcome()).isEqualTo(Outcome.INFO);
        assertThat(finding(tooFew, Code.DATA_SUFFICIENCY).outcome()).isEqualTo(Outcome.REJECT);
        assertThat(tooFew.reduction()).isEmpty();
    }

    @Test
    void zeroIsMissingForElectricityAndARecordOfLessThanHalfADayToo() {
        var rows = new ArrayList<>(BUILDING.usage);
        for (int i = 100; i < 120; i++) {
            rows.set(i, Usage.day(rows.get(i).from(), 0));
        }
        for (int i = 120; i < 130; i++) {
            var day = rows.get(i);
            rows.set(i, new Usage(day.from(), day.to(), day.wattHours(), new Share(4_999), false));
        }

        var baseline =
                WholeMeterSavings.baseline(BUILDING.readings(Frequency.DAILY, rows, List.of()));

        assertThat(baseline.missingDays()).isEqualTo(30);
    }

    @Test
    void aDayThatWasRecordedInPartIsMadeUpToAWhole() {
        var rows = new ArrayList<>(BUILDING.usage);
        var day = rows.get(100);
        rows.set(
                100,
                new Usage(day.from(), day.to(), Optional.of(6_000L), Share.ofPercent(75), false));

        var baseline =
                WholeMeterSavings.baseline(BUILDING.readings(Frequency.DAILY, rows, List.of()));

        assertThat(baseline.rows())
                .filteredOn(row -> row.from().equals(day.from()))
                .extracting(MeterRows.Row::wattHours)
                .containsExactly(8_000.0);
    }

    @Test
    void estimatedBillsAreJoinedWithTheNextAndCountAsMissing() {
        var bills = new ArrayList<>(BUILDING.bills());
        var march = bills.get(2);
        bills.set(
                2,
                new Usage(march.from(), march.to(), march.wattHours(), Share.ofPercent(100), true));

        var baseline =
                WholeMeterSavings.baseline(
                        BUILDING.readings(Frequency.MONTHLY_BILLS, bills, List.of()));

        assertThat(baseline.rows()).hasSize(11);
        assertThat(baseline.missingDays()).isEqualTo(61);
    }

    @Test
    void offCycleAndOverlongBillsAreDropped() {
        var bills =
                List.of(
                        Usage.read(day(1, 1), day(1, 25), 1),
                        Usage.read(day(1, 25), day(2, 19), 1),
                        Usage.read(day(2, 19), day(3, 25), 1),
                        Usage.read(day(3, 25), day(4, 30), 1));

        var baseline =
                MeterRows.of(
                        BUILDING.readings(Frequency.MONTHLY_BILLS, bills, List.of()),
                        day(1, 1),
                        day(5, 1));

        assertThat(baseline.rows()).extracting(MeterRows.Row::days).containsExactly(25L, 35L);
    }

    @Test
    void generationBehindTheMeterThatCameSinceIsRefused() {
        var solar = withSite(new Site(12, true, false));
        var charger = withSite(new Site(12, false, true));
        var far = withSite(new Site(201, false, false));

        assertThat(finding(Reports.quantify(solar), Code.NET_METERING).outcome())
                .isEqualTo(Outcome.REJECT);
        assertThat(finding(Reports.quantify(charger), Code.NET_METERING).outcome())
                .isEqualTo(Outcome.HOLD);
        assertThat(finding(Reports.quantify(far), Code.PLAUSIBLE).outcome())
                .isEqualTo(Outcome.HOLD);
    }

    @Test
    void aDayFarAboveTheOthersIsForAPerson() {
        var rows = new ArrayList<>(BUILDING.usage);
        rows.set(50, Usage.day(rows.get(50).from(), 900_000));

        var quantified = Reports.quantify(BUILDING.readings(Frequency.DAILY, rows, List.of()));

        assertThat(finding(quantified, Code.OUTLIERS).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void moreUseThanBeforeEarnsNothing() {
        var worse = SimulatedBuilding.of(new Random(2), -0.10, 0.05);

        var quantified = Reports.quantify(worse.daily());

        assertThat(quantified.net().isZero()).isTrue();
        assertThat(finding(quantified, Code.NET).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void aGasMeterKnowsNoCoolingAndItsZerosAreReadings() {
        var summer = new ArrayList<Usage>();
        for (var row : BUILDING.usage) {
            boolean warm = row.from().getMonthValue() >= 6 && row.from().getMonthValue() <= 8;
            summer.add(warm ? Usage.day(row.from(), 0) : row);
        }
        var gas = gas(summer, Optional.of("epa-hub-2025/t1-natural-gas-natural-gas-mmbtu"));

        var quantified = Reports.quantify(gas);

        assertThat(WholeMeterSavings.baseline(gas).missingDays()).isZero();
        assertThat(savings(gas).model().coolingPoint()).isZero();
        assertThat(quantified.reduction().orElseThrow().energy()).isEqualTo(Energy.ZERO);
        assertThatThrownBy(() -> gas(summer, Optional.empty())).hasMessageContaining("factor");
    }

    private static WholeMeterReadings gas(List<Usage> rows, Optional<String> factor) {
        var daily = BUILDING.daily();
        return new WholeMeterReadings(
                daily.reported(),
                Meter.GAS,
                Frequency.DAILY,
                rows,
                daily.temperatures(),
                daily.measure(),
                daily.engineeringEstimate(),
                Share.NONE,
                List.of(),
                daily.site(),
                factor);
    }

    private static MeterSavings savings(WholeMeterReadings data) {
        return MeterSavings.of(
                data,
                WholeMeterSavings.baseline(data),
                WholeMeterSavings.reporting(data, Given.YEAR_2025, Given.LONDON));
    }

    private static WholeMeterReadings without(int days) {
        var rows = new ArrayList<>(BUILDING.usage);
        for (int i = 0; i < days; i++) {
            var day = rows.get(20 + i);
            rows.set(
                    20 + i,
                    new Usage(day.from(), day.to(), Optional.empty(), Share.ofPercent(100), false));
        }
        return BUILDING.readings(Frequency.DAILY, rows, List.of());
    }

    private static WholeMeterReadings withReported(Reported reported) {
        var daily = BUILDING.daily();
        return with(daily, reported, daily.site());
    }

    private static WholeMeterReadings withSite(Site site) {
        var daily = BUILDING.daily();
        return with(daily, daily.reported(), site);
    }

    private static WholeMeterReadings with(WholeMeterReadings data, Reported reported, Site site) {
        return new WholeMeterReadings(
                reported,
                data.meter(),
                data.frequency(),
                data.usage(),
                data.temperatures(),
                data.measure(),
                data.engineeringEstimate(),
                data.askedByLaw(),
                data.nonRoutine(),
                site,
                data.factor());
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2024, month, day);
    }
}
