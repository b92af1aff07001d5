package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.emissions.InventoryLine.Method.LOCATION_BASED;
import static org.wattmark.emissions.InventoryLine.Method.MARKET_BASED;

import java.math.BigDecimal;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.InventoryMaker.Market;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

/// The worked firm of the documentation: UK factors of 2024, to the gram.
class WorkedFirmTest {

    private static Firm worked() {
        return Firm.british()
                .uses("52310", "kWh", "gas")
                .uses("3100", "l", "diesel")
                .uses("1.4", "kg", "R410A")
                .uses("84000", "kWh", "electricity")
                .uses("12000", "pkm", "short-haul flight")
                .uses("8000", "tkm", "road freight")
                .uses("1400", "hours", "homeworking")
                .uses("4.2", "t", "landfill");
    }

    @Test
    void comesOutToTheGram() {
        var inventory = worked().inventory();

        assertThat(inventory.questions()).isEmpty();
        assertThat(inventory.total(Scope.ONE, LOCATION_BASED)).isEqualTo(new Co2e(20_050_748));
        assertThat(inventory.total(Scope.TWO, LOCATION_BASED)).isEqualTo(new Co2e(17_392_200));
        assertThat(inventory.exact(Scope.THREE, LOCATION_BASED))
                .isEqualByComparingTo("14864591.74");
        assertThat(inventory.total(Scope.THREE, LOCATION_BASED)).isEqualTo(new Co2e(14_864_592));
        assertThat(inventory.total(LOCATION_BASED)).isEqualTo(new Co2e(52_307_540));
    }

    @Test
    void countsCertificatesInTheMarketBasedTotalOnly() {
        var certificates =
                new ContractualInstrument(
                        new UUID(2, 1),
                        ContractualInstrument.Kind.CERTIFICATE,
                        Energy.ofKilowattHours(50_000),
                        BigDecimal.ZERO,
                        Firm.UK,
                        Year.of(2024),
                        Optional.empty(),
                        "REGO 2024, 50 MWh",
                        false);

        var inventory = worked().inventory(new Market(List.of(certificates), List.of(), List.of()));

        assertThat(inventory.total(Scope.TWO, MARKET_BASED)).isEqualTo(new Co2e(7_039_700));
        assertThat(inventory.total(Scope.TWO, LOCATION_BASED)).isEqualTo(new Co2e(17_392_200));
        assertThat(inventory.total(LOCATION_BASED)).isEqualTo(new Co2e(52_307_540));
    }

    @Test
    void countsEnergyWhoseAttributeWasSoldLikeThatOfTheGrid() {
        var sold =
                new SoldAttribute(
                        new UUID(3, 1),
                        Firm.UK,
                        Optional.empty(),
                        Energy.ofKilowattHours(12_400),
                        "credits of a claim");

        var inventory = worked().inventory(new Market(List.of(), List.of(sold), List.of()));

        assertThat(inventory.total(Scope.TWO, MARKET_BASED))
                .isEqualTo(new Co2e(17_392_200 + 2_567_420)); // 12,400 × 0.20705
        assertThat(inventory.total(Scope.TWO, LOCATION_BASED)).isEqualTo(new Co2e(17_392_200));
    }

    @Test
    void explainsANumberSoThatItCanBeComputedByHand() {
        var line =
                worked().inventory().lines().stream()
                        .filter(each -> each.category() == Category.STATIONARY_COMBUSTION)
                        .findFirst()
                        .orElseThrow();

        var explained = line.explain();

        assertThat(explained.formula())
                .isEqualTo(
                        "52310 kWh (Gross CV) × 0.1829 kg CO₂e per kWh (Gross CV)"
                                + " = 9567.499 kg CO₂e");
        assertThat(explained.source()).contains("DESNZ").contains("2024");
        assertThat(explained.licence()).isEqualTo("Open Government Licence v3.0");
        assertThat(explained.because()).anyMatch(it -> it.contains("gross calorific value"));
        assertThat(explained.rounding()).contains("rounded up once");
    }

    @Test
    void keepsBiogenicCarbonOutsideOfScopes() {
        var inventory = Firm.british().uses("3100", "litres", "diesel").inventory();

        assertThat(inventory.exact(Scope.OUTSIDE, LOCATION_BASED).signum()).isPositive();
        assertThat(inventory.total(Scope.ONE, LOCATION_BASED)).isEqualTo(new Co2e(7_789_649));
    }

    @Test
    void tellsTheEnergyInFuels() {
        var inventory = Firm.british().uses("3100", "litres", "diesel").inventory();

        var line = inventory.lines().getFirst();

        // 2.51279 kg a litre by 0.23908 or so a kWh (gross): some 10.5 kWh in a litre of diesel.
        assertThat(line.kilowattHours().orElseThrow())
                .isBetween(new BigDecimal("31000"), new BigDecimal("34000"));
    }
}
