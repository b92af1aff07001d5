package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.emissions.InventoryLine.Method.LOCATION_BASED;
import static org.wattmark.emissions.InventoryLine.Method.MARKET_BASED;

import java.math.BigDecimal;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.InventoryMaker.Market;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

class InventoryTest {

    @Test
    void takesFromABillThatStraddlesTheYearTheDaysOfTheYear() {
        var firm = Firm.british().uses("310", "kWh", "electricity", "2023-12-22", "2024-01-21");

        var inventory = firm.inventory();

        // 31 days of 10 kWh, of which 21 lie in 2024.
        assertThat(inventory.exact(Scope.TWO, LOCATION_BASED)).isEqualByComparingTo("43480.5");
        assertThat(inventory.months().get(YearMonth.of(2024, 2))).isEqualByComparingTo("0");
    }

    @Test
    void asksForWhatHasNoFactorAndCountsTheRest() {
        var firm = new Firm("DE", "").uses("100", "l", "diesel").uses("100", "kWh", "electricity");

        var inventory = firm.inventory();

        assertThat(inventory.isComplete()).isFalse();
        assertThat(inventory.questions())
                .extracting(question -> question.asked().reason())
                .containsExactly(FactorChoice.Reason.REGION_WITHOUT_FACTOR);
        assertThat(inventory.total(Scope.TWO, LOCATION_BASED)).isEqualTo(new Co2e(34_206));
    }

    @Test
    void countsTheShareOfASiteThatTheBoundarySays() {
        var firm = Firm.british();
        var half = Firm.site(2, "GB", "", 5_000);
        firm.activities.add(
                firm.bill(half, "1000", "kWh", "electricity", "2024-01-01", "2024-12-31"));

        var equity =
                Firm.MAKER.make(
                        new InventorySettings(
                                Year.of(2024), 1, Boundary.EQUITY_SHARE, false, Optional.empty()),
                        firm.activities,
                        Market.NONE);
        var control = firm.inventory();

        assertThat(equity.total(Scope.TWO, LOCATION_BASED)).isEqualTo(new Co2e(103_525));
        assertThat(control.total(Scope.TWO, LOCATION_BASED)).isEqualTo(new Co2e(207_050));
        assertThat(equity.lines().getFirst().explain().formula())
                .contains("× 0.5 (share of the site)");
    }

    @Test
    void takesTheFactorsOfTheCalendarYearThatHoldsMostDays() {
        assertThat(fiscal(4).factorYear()).isEqualTo(Year.of(2024));
        assertThat(fiscal(7).factorYear()).isEqualTo(Year.of(2024));
        assertThat(fiscal(8).factorYear()).isEqualTo(Year.of(2025));
        assertThat(fiscal(4).period().toString()).isEqualTo("2024-04-01 to 2025-03-31");
    }

    private static InventorySettings fiscal(int firstMonth) {
        return new InventorySettings(
                Year.of(2024), firstMonth, Boundary.OPERATIONAL_CONTROL, true, Optional.empty());
    }

    @Test
    void usesTheResidualMixWhereOneIsKnown() {
        var firm = Firm.british().uses("1000", "kWh", "electricity");
        var mix =
                new ResidualMix(
                        Firm.UK, Year.of(2024), new BigDecimal("350"), "a residual mix", "");

        var inventory = firm.inventory(new Market(List.of(), List.of(), List.of(mix)));

        assertThat(inventory.total(Scope.TWO, MARKET_BASED)).isEqualTo(new Co2e(350_000));
    }

    @Test
    void tellsWhyAnInstrumentCoversNothing() {
        var firm = Firm.british().uses("1000", "kWh", "electricity");
        var old = instrument(2023, 500);
        var much = instrument(2024, 1_500);

        var inventory = firm.inventory(new Market(List.of(old, much), List.of(), List.of()));

        assertThat(inventory.total(Scope.TWO, MARKET_BASED)).isEqualTo(Co2e.ZERO);
        assertThat(inventory.unused())
                .extracting(Inventory.UnusedInstrument::why)
                .containsExactlyInAnyOrder(
                        "It is of 2023, and the inventory of 2024.",
                        "The firm used no more electricity in this market.");
    }

    private static ContractualInstrument instrument(int vintage, long kilowattHours) {
        return new ContractualInstrument(
                new UUID(7, vintage),
                ContractualInstrument.Kind.CERTIFICATE,
                Energy.ofKilowattHours(kilowattHours),
                BigDecimal.ZERO,
                Firm.UK,
                Year.of(vintage),
                Optional.empty(),
                "certificates",
                false);
    }
}
