package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.ActivityUnits.Reading.Asked;
import org.wattmark.emissions.ActivityUnits.Reading.Understood;
import org.wattmark.testing.Seeded;

class ActivityUnitsTest {

    private static String kilowattHours(String amount, String unit) {
        return new Quantity(new BigDecimal(amount), Firm.unit(unit))
                .in(Firm.unit("kWh"))
                .toString();
    }

    @Test
    void understandsWhatBillsSay() {
        assertThat(kilowattHours("1.2", "MWh")).isEqualTo("1200 kWh");
        assertThat(kilowattHours("1.2", "mwh")).isEqualTo("1200 kWh");
        assertThat(kilowattHours("3.6", "GJ")).isEqualTo("1000 kWh");
        assertThat(kilowattHours("1", "TJ")).isEqualTo("277777.777777777778 kWh");
        assertThat(kilowattHours("9", "therms")).isEqualTo("263.701 kWh");
        assertThat(Firm.unit("m³")).isEqualTo(Firm.unit("cubic metres"));
        assertThat(Firm.unit("Mg").inBase()).isEqualByComparingTo("1000");
        assertThat(Firm.unit("dl").inBase()).isEqualByComparingTo("0.1");
    }

    @Test
    void asksWhatMayBeMeantInTwoWays() {
        for (var unit : new String[] {"gal", "gallons", "ton", "tons", "units", "kW"}) {
            assertThat(ActivityUnits.read(unit)).as(unit).isInstanceOf(Asked.class);
        }
        assertThat(((Asked) ActivityUnits.read("gal")).ask())
                .isEqualTo(
                        "“gal” may be meant in 2 ways: write gallons (US) or gallons (imperial)");
        assertThat(((Asked) ActivityUnits.read("kW")).ask()).contains("is power, not energy");
    }

    @Test
    void asksForAUnitThatNobodyKnows() {
        for (var unit : new String[] {"", "kwhh", "€", "K", "°C", "m/s", "x".repeat(5_000)}) {
            assertThat(ActivityUnits.read(unit)).as(unit).isInstanceOf(Asked.class);
        }
    }

    @Test
    void knowsTheUnitOfEveryFactor() {
        assertThat(Firm.FACTORS.all())
                .allMatch(
                        factor -> ActivityUnits.read(factor.unit().symbol()) instanceof Understood);
    }

    @Seeded
    void neverUnderstatesByAConversion(RandomGenerator random) {
        var units = new String[] {"kWh", "MWh", "GJ", "therm", "mmBtu", "Btu", "MJ"};
        var from = Firm.unit(units[random.nextInt(units.length)]);
        var to = Firm.unit(units[random.nextInt(units.length)]);
        var amount = new BigDecimal(random.nextLong(1, 1_000_000_000)).movePointLeft(3);

        var there = from.convert(amount, to);

        var joules = there.multiply(to.inBase()).subtract(amount.multiply(from.inBase()));
        assertThat(joules.signum()).isGreaterThanOrEqualTo(0);
        assertThat(joules).isLessThan(to.inBase().movePointLeft(ActivityUnit.PLACES - 1));
    }
}
