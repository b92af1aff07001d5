package org.wattmark.verification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;
import org.wattmark.verification.WholeMeterReadings.DayTemperature;
import org.wattmark.verification.WholeMeterReadings.Frequency;
import org.wattmark.verification.WholeMeterReadings.Measure;
import org.wattmark.verification.WholeMeterReadings.Meter;
import org.wattmark.verification.WholeMeterReadings.NonRoutine;
import org.wattmark.verification.WholeMeterReadings.Site;
import org.wattmark.verification.WholeMeterReadings.Usage;

/// A building of our own making whose truth is known: 8 kWh a day, 0.6 kWh for each degree day
/// above 65 °F and 0.5 kWh for each below 55 °F, noise, and a saving from 2025 on.
final class SimulatedBuilding {

    static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    static final LocalDate MEASURE = LocalDate.of(2024, 12, 31);
    static final LocalDate COMPLETED = LocalDate.of(2025, 1, 1);
    static final LocalDate END = LocalDate.of(2026, 1, 1);

    private static final double BASE = 8_000;
    private static final double COOLING = 600;
    private static final double HEATING = 500;

    final List<Usage> usage = new ArrayList<>();
    final List<DayTemperature> temperatures = new ArrayList<>();

    /// Wh that the measure truly saved in 2025.
    double truth;

    /// @param saved the part of the use that the measure saves
    /// @param noise standard deviation of a day's use, as a part of it
    static SimulatedBuilding of(RandomGenerator random, double saved, double noise) {
        var building = new SimulatedBuilding();
        for (var day = FIRST; day.isBefore(END); day = day.plusDays(1)) {
            double season = StrictMath.cos(2 * Math.PI * (day.getDayOfYear() - 15) / 365.0);
            var temperature =
                    BigDecimal.valueOf(58 - 24 * season + 6 * random.nextGaussian())
                            .setScale(3, RoundingMode.HALF_EVEN);
            double fahrenheit = temperature.doubleValue();
            double use =
                    BASE
                            + COOLING * Math.max(0, fahrenheit - 65)
                            + HEATING * Math.max(0, 55 - fahrenheit);
            boolean after = !day.isBefore(COMPLETED);
            double kept = after ? 1 - saved : 1;
            building.truth += after ? use * saved : 0;
            building.temperatures.add(new DayTemperature(day, temperature, 24));
            building.usage.add(
                    Usage.day(
                            day,
                            Math.max(
                                    1,
                                    Math.round(use * kept * (1 + noise * random.nextGaussian())))));
        }
        return building;
    }

    WholeMeterReadings daily() {
        return readings(Frequency.DAILY, usage, List.of());
    }

    /// The same in bills of 30 or 31 days.
    WholeMeterReadings monthly() {
        return readings(Frequency.MONTHLY_BILLS, bills(), List.of());
    }

    List<Usage> bills() {
        var bills = new ArrayList<Usage>();
        for (var from = FIRST; from.isBefore(END); from = next(from)) {
            var start = from;
            var end = next(from);
            long sum =
                    usage.stream()
                            .filter(day -> !day.from().isBefore(start) && day.from().isBefore(end))
                            .mapToLong(day -> day.wattHours().orElseThrow())
                            .sum();
            bills.add(Usage.read(start, end, sum));
        }
        return bills;
    }

    private static LocalDate next(LocalDate from) {
        var first = from.plusMonths(1).withDayOfMonth(1);
        // The last bill of the baseline ends as the work begins.
        return first.equals(COMPLETED) && from.isBefore(MEASURE) ? MEASURE : first;
    }

    WholeMeterReadings readings(Frequency frequency, List<Usage> rows, List<NonRoutine> changes) {
        return readings(frequency, rows, changes, Energy.ofKilowattHours(100_000), Share.NONE);
    }

    WholeMeterReadings readings(
            Frequency frequency,
            List<Usage> rows,
            List<NonRoutine> changes,
            Energy estimate,
            Share askedByLaw) {
        return new WholeMeterReadings(
                Reports.reported(
                        "USA",
                        Document.Kind.INVOICE,
                        Document.Kind.ENGINEERING_ESTIMATE,
                        Document.Kind.METER_RECORD),
                Meter.ELECTRICITY,
                frequency,
                rows,
                temperatures,
                new Measure("heat recovery", MEASURE, COMPLETED),
                estimate,
                askedByLaw,
                changes,
                new Site(12, false, false),
                Optional.empty());
    }
}
