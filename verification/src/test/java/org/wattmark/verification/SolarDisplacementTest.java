package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.VintageEnergy.Metered;

class SolarDisplacementTest {

    private static final Year VINTAGE = Year.of(2025);
    private static final EmissionFactor MARGIN = factor(Given.SOLAR_MARGIN);
    private static final EmissionFactor AVERAGE = factor("ember-2024/GBR/average");

    /// What the registry will set aside of what is verified.
    private static final Share BUFFER = Share.ofPercent(10);

    @Test
    void theWorkedExampleWithTheSolarMarginForced() {
        var reduction = quantify(Energy.ofKilowattHours(12_400), MARGIN, BigDecimal.ZERO);

        var line = reduction.lines().getFirst();
        assertThat(line.gross()).isEqualByComparingTo("3968000");
        assertThat(line.deduction()).isEqualTo(new Co2e(39_680));
        assertThat(line.net()).isEqualTo(new Co2e(3_928_320));
        assertThat(line.carriedOut()).isEqualByComparingTo("0");
        assertThat(BUFFER.ceilingOf(3_928_320)).isEqualTo(392_832);
        assertThat(afterBuffer(reduction)).isEqualTo(new Co2e(3_535_488));
    }

    @Test
    void theWorkedExampleWithTheBritishDefault() {
        var choice = Given.FACTORS.forSolarCredits("GB").chosen().orElseThrow();

        var reduction = quantify(Energy.ofKilowattHours(12_400), choice, BigDecimal.ZERO);

        var line = reduction.lines().getFirst();
        assertThat(choice).isEqualTo(AVERAGE);
        assertThat(line.gross()).isEqualByComparingTo("2675796");
        assertThat(line.deduction()).isEqualTo(new Co2e(26_758));
        assertThat(line.net()).isEqualTo(new Co2e(2_649_038));
        assertThat(afterBuffer(reduction)).isEqualTo(new Co2e(2_384_134));
    }

    private static Co2e afterBuffer(Reduction reduction) {
        var net = reduction.net();
        return net.minus(new Co2e(BUFFER.ceilingOf(net.grams())));
    }

    /// 20 W for 15 minutes are 5 Wh and 1.6 g: flooring each would keep 62.5 % of them.
    @Test
    void remaindersAreCarriedAndNotDropped() {
        var carried = BigDecimal.ZERO;
        long net = 0;

        for (int i = 0; i < 1_000; i++) {
            var line = quantify(new Energy(5), MARGIN, carried).lines().getFirst();
            carried = line.carriedOut();
            net += line.net().grams() + line.deduction().grams();
        }

        assertThat(net).isEqualTo(1_600);
        assertThat(carried).isEqualByComparingTo("0");
    }

    @Test
    void aDeductionNeverTakesMoreThanThereIs() {
        var line = quantify(new Energy(1), MARGIN, BigDecimal.ZERO).lines().getFirst();

        assertThat(line.gross()).isEqualByComparingTo("0.32");
        assertThat(line.deduction()).isEqualTo(Co2e.ZERO);
        assertThat(line.net()).isEqualTo(Co2e.ZERO);
        assertThat(line.carriedOut()).isEqualByComparingTo("0.32");
    }

    @Test
    void aRemainderStaysWithItsVintage() {
        var energy =
                List.of(
                        new VintageEnergy(Year.of(2026), new Energy(1)),
                        new VintageEnergy(Year.of(2025), new Energy(1)));
        var carriedIn = Map.of(Year.of(2025), new BigDecimal("0.7"));

        var reduction = SolarDisplacement.quantify(energy, MARGIN, MeterClass.CLASS_1, carriedIn);

        assertThat(reduction.lines()).extracting(Reduction.Line::vintage).isSorted();
        assertThat(reduction.carriedOut().get(Year.of(2025))).isEqualByComparingTo("0.02");
        assertThat(reduction.carriedOut().get(Year.of(2026))).isEqualByComparingTo("0.32");
    }

    @Test
    void marginsThatOverstateAreNotCreditedBy() {
        var operating = factor("ifi-2021/GBR/om");

        assertThatThrownBy(() -> quantify(new Energy(1), operating, BigDecimal.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ifi-2021/GBR/om");
    }

    /// 23:45 on New Year's Eve in Denver is 06:45 UTC of the new year, and still the old vintage.
    @Test
    void vintagesAreCivilYearsOfTheSite() {
        var denver = ZoneId.of("America/Denver");
        var eve = quarter("2026-01-01T06:45:00Z", 3);
        var newYear = quarter("2026-01-01T07:00:00Z", 4);

        var there = VintageEnergy.byCivilYear(List.of(newYear, eve), denver);
        var inUtc = VintageEnergy.byCivilYear(List.of(newYear, eve), ZoneId.of("UTC"));

        assertThat(there)
                .containsExactly(
                        new VintageEnergy(Year.of(2025), new Energy(3)),
                        new VintageEnergy(Year.of(2026), new Energy(4)));
        assertThat(inUtc).containsExactly(new VintageEnergy(Year.of(2026), new Energy(7)));
    }

    @Test
    void whatWasNotMeteredCountsAsNothing() {
        var energy = VintageEnergy.byCivilYear(List.of(), Given.LONDON);

        var reduction = SolarDisplacement.quantify(energy, MARGIN, MeterClass.CLASS_1, Map.of());

        assertThat(reduction.net()).isEqualTo(Co2e.ZERO);
    }

    @Seeded
    void howeverEnergyIsSplitIntoClaimsNoGramIsMadeOrLost(RandomGenerator random) {
        var factor = random.nextBoolean() ? MARGIN : AVERAGE;
        var carried = BigDecimal.ZERO;
        var energy = Energy.ZERO;
        long issued = 0;
        long deducted = 0;

        for (int i = 0; i < 50; i++) {
            var part = new Energy(random.nextLong(1L << random.nextInt(1, 40)));
            var line = quantify(part, factor, carried).lines().getFirst();
            energy = energy.plus(part);
            carried = line.carriedOut();
            issued += line.net().grams();
            deducted += line.deduction().grams();
        }

        var whole = factor.gramsFor(energy);
        assertThat(BigDecimal.valueOf(issued + deducted).add(carried)).isEqualByComparingTo(whole);
        // Fifty claims may each round less than a gram of deduction away, and never more than that.
        var rightful = whole.multiply(new BigDecimal("0.99")).add(BigDecimal.valueOf(50));
        assertThat(BigDecimal.valueOf(issued)).isLessThanOrEqualTo(rightful);
    }

    @Seeded(worlds = 20)
    void theOrderOfIntervalsDoesNotMatter(RandomGenerator random) {
        var intervals = new ArrayList<Metered>();
        var start = Instant.parse("2025-12-31T00:00:00Z");
        for (int i = 0; i < 300; i++) {
            intervals.add(quarter(start.plusSeconds(900L * i).toString(), random.nextLong(5_000)));
        }

        var sorted = VintageEnergy.byCivilYear(intervals, Given.LONDON);
        Collections.shuffle(intervals, Random.from(random));
        var shuffled = VintageEnergy.byCivilYear(intervals, Given.LONDON);

        assertThat(shuffled).isEqualTo(sorted).hasSize(2);
    }

    private static Metered quarter(String start, long wattHours) {
        var interval = Period.starting(Instant.parse(start), Duration.ofMinutes(15));
        return new Metered(interval, new Energy(wattHours));
    }

    private static Reduction quantify(Energy energy, EmissionFactor factor, BigDecimal carriedIn) {
        return SolarDisplacement.quantify(
                List.of(new VintageEnergy(VINTAGE, energy)),
                factor,
                MeterClass.CLASS_1,
                Map.of(VINTAGE, carriedIn));
    }

    private static EmissionFactor factor(String id) {
        return Given.FACTORS.factor(id).orElseThrow();
    }
}
