package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactor.Boundary;
import org.wattmark.emissions.EmissionFactor.Gases;
import org.wattmark.emissions.EmissionFactor.Kind;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.emissions.HourlyGridFactors;
import org.wattmark.emissions.Source;
import org.wattmark.testing.ExternalData;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.VintageEnergy.Metered;

/// The worked example of `docs/methodologies/solar-hourly.md`, and the rules around it.
class HourlySolarDisplacementTest {

    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final Source SOURCE =
            new Source("worked", "worked example", "1", "none", "none", "none");

    /// One sunny day: 1 kWh at 08:00, 3 kWh at noon, 2 kWh at 16:00 against 300, 100 and 200 g/kWh.
    private static final List<Metered> DAY =
            List.of(metered("08", 1_000), metered("12", 3_000), metered("16", 2_000));

    private static final SortedMap<Instant, BigDecimal> HOURS =
            new TreeMap<>(
                    Map.of(
                            hour("08"), Reports.number("300"),
                            hour("12"), Reports.number("100"),
                            hour("16"), Reports.number("200")));

    @Test
    void theWorkedDayCountsEachHourByItsOwnFactor() {
        var result = quantify(DAY, HOURS, "215.79");

        // 300 + 300 + 400 = 1,000 g by the hour against 1,294.74 g by the year; class 1 takes 1 %.
        var vintage = result.vintages().getFirst();
        assertThat(vintage.hourly()).isEqualByComparingTo("1000");
        assertThat(vintage.annual()).isEqualByComparingTo("1294.74");
        assertThat(result.reduction().net()).isEqualTo(new Co2e(990));
    }

    @Test
    void hoursNeverCreditMoreThanTheYear() {
        var result = quantify(DAY, HOURS, "100");

        assertThat(result.reduction().lines().getFirst().gross()).isEqualByComparingTo("600");
    }

    @Test
    void anHourWithoutAFactorCountsAsNothingAndIsSaid() {
        var gap = new TreeMap<>(HOURS);
        gap.remove(hour("16"));

        var result = quantify(DAY, gap, "215.79");

        assertThat(result.vintages().getFirst().hourly()).isEqualByComparingTo("600");
        assertThat(result.vintages().getFirst().withoutFactor())
                .isEqualTo(Energy.ofKilowattHours(2));
    }

    @Test
    void anIntervalOverSeveralHoursHasNoHour() {
        var day =
                List.of(
                        new Metered(
                                Period.starting(hour("08"), Duration.ofHours(2)),
                                Energy.ofKilowattHours(1)));

        var result = quantify(day, HOURS, "215.79");

        assertThat(result.reduction().net()).isEqualTo(Co2e.ZERO);
    }

    @Test
    void theOrderOfIntervalsChangesNothing() {
        var shuffled = new ArrayList<>(DAY);
        Collections.shuffle(shuffled, new Random(3));

        assertThat(quantify(shuffled, HOURS, "215.79")).isEqualTo(quantify(DAY, HOURS, "215.79"));
    }

    @Test
    void vintagesFollowTheSitesZone() {
        var newYear =
                List.of(
                        new Metered(
                                Period.starting(
                                        Instant.parse("2026-01-01T02:00:00Z"),
                                        Duration.ofMinutes(15)),
                                Energy.ofKilowattHours(1)));

        var result =
                HourlySolarDisplacement.quantify(
                        newYear,
                        hourly(HOURS),
                        annual("215.79"),
                        MeterClass.CLASS_1,
                        ZoneId.of("America/Los_Angeles"),
                        Map.of());

        assertThat(result.vintages())
                .extracting(HourlySolarDisplacement.Compared::vintage)
                .containsExactly(Year.of(2025));
    }

    @Test
    void aTableOfAnotherGridIsNotTaken() {
        var elsewhere = Given.FACTORS.factor("ember-2024/DEU/average").orElseThrow();

        assertThatThrownBy(() ->
                        HourlySolarDisplacement.quantify(
                                DAY, hourly(HOURS), elsewhere, MeterClass.CLASS_1, UTC, Map.of()))
                .hasMessageContaining("not of");
    }

    /// California 2022 by life cycle: the annual factor of 261.3 g/kWh is 37 % above what the sun
    /// displaces hour by hour. The twin is the worked day.
    @Test
    void californiasSunDisplacesLessThanTheYearsAverageSays() throws IOException {
        var hours = californiaByHour();
        var sum = hours.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var mean = sum.doubleValue() / hours.size();
        var sunny = new ArrayList<Metered>();
        for (var hour : hours.keySet()) {
            // A curve of the sun: from 06:00 to 18:00 of UTC-8, more in summer.
            var local = hour.atOffset(ZoneOffset.ofHours(-8));
            double height =
                    Math.sin(Math.PI * (local.getHour() + 0.5 - 6) / 12)
                            * (1 - 0.3 * Math.cos(2 * Math.PI * local.getDayOfYear() / 365));
            if (height > 0) {
                sunny.add(
                        new Metered(
                                Period.starting(hour, Duration.ofHours(1)),
                                new Energy(Math.round(1_000 * height))));
            }
        }

        var result = quantify(sunny, hours, BigDecimal.valueOf(mean).toPlainString());

        var vintage = result.vintages().getLast();
        assertThat(mean).isCloseTo(261.3, within(0.1));
        assertThat(vintage.annual().doubleValue() / vintage.hourly().doubleValue())
                .isBetween(1.25, 1.5);
        assertThat(vintage.credited()).isEqualTo(vintage.hourly());
    }

    private static SortedMap<Instant, BigDecimal> californiaByHour() throws IOException {
        var hours = new TreeMap<Instant, BigDecimal>();
        var file = ExternalData.file("grid_hourly/electricitymaps_US-CAL-CISO_2022_hourly.csv");
        for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
            var cells = line.split(",", -1);
            hours.put(Instant.parse(cells[0].replace(' ', 'T') + "Z"), new BigDecimal(cells[3]));
        }
        return hours;
    }

    private static HourlySolarDisplacement.Result quantify(
            List<Metered> intervals, SortedMap<Instant, BigDecimal> hours, String annual) {
        return HourlySolarDisplacement.quantify(
                intervals, hourly(hours), annual(annual), MeterClass.CLASS_1, UTC, Map.of());
    }

    private static HourlyGridFactors hourly(SortedMap<Instant, BigDecimal> hours) {
        return new HourlyGridFactors(
                new EmissionFactorSet("hourly-worked", 1),
                Given.FACTORS.region("GBR").orElseThrow(),
                Gases.CO2E,
                Boundary.LIFE_CYCLE,
                SOURCE,
                hours);
    }

    private static EmissionFactor annual(String grams) {
        return new EmissionFactor(
                Given.FACTORS.region("GBR").orElseThrow(),
                Kind.AVERAGE,
                new BigDecimal(grams),
                Year.of(2022),
                Gases.CO2E,
                Boundary.LIFE_CYCLE,
                SOURCE);
    }

    private static Metered metered(String hour, long wattHours) {
        return new Metered(Period.starting(hour(hour), Duration.ofHours(1)), new Energy(wattHours));
    }

    private static Instant hour(String hour) {
        return Instant.parse("2025-06-21T" + hour + ":00:00Z");
    }
}
