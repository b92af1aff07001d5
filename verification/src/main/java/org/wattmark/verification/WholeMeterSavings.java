package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.WholeMeterReadings.Frequency;
import org.wattmark.verification.WholeMeterReadings.Meter;

/// "Wattmark whole-meter savings, CalTRACK 2.0 daily and billing", version 1: what a building's
/// meter shows against what the building of before would have used in the weather of after.
/// `docs/methodologies/whole-meter-savings.md` has the rules and the worked example.
///
/// `ER = min(max(0, savings − uncertainty at 90 %) − …, engineer's estimate) × EF − leakage`
public final class WholeMeterSavings implements Methodology {

    public static final MethodologyId ID = new MethodologyId("whole-meter-savings", 1);

    /// Days of baseline (CalTRACK 2.2.1.1).
    static final int BASELINE_DAYS = 365;

    @Override
    public MethodologyId id() {
        return ID;
    }

    @Override
    public String title() {
        return "Whole-meter savings, CalTRACK 2.0 daily and billing";
    }

    @Override
    public String page() {
        return "docs/methodologies/whole-meter-savings.md";
    }

    @Override
    public Class<WholeMeterReadings> takes() {
        return WholeMeterReadings.class;
    }

    @Override
    public Co2e mostWithoutPerson() {
        return Co2e.ofTonnes(5);
    }

    @Override
    public Set<PositiveList> positiveLists() {
        return Set.of(PositiveList.MICROSCALE_EFFICIENCY);
    }

    @Override
    public Quantification quantify(
            MonitoredData data,
            Period period,
            ZoneId zone,
            Map<Year, BigDecimal> carriedIn,
            FactorLibraries factors) {
        var sheet = new Worksheet(this, period, zone, carriedIn);
        sheet.general(data);
        if (!(data instanceof WholeMeterReadings readings)) {
            return sheet.refused();
        }
        var factor = gramsPerWattHour(sheet, readings, factors);
        var baseline = baseline(readings);
        var reporting = reporting(readings, period, zone);
        WholeMeterChecks.judge(sheet, readings, baseline, reporting);
        if (sheet.isRejected() || factor.isEmpty()) {
            return sheet.refused();
        }
        var savings = MeterSavings.of(readings, baseline, reporting);
        return WholeMeterFigures.close(sheet, readings, savings, factor.get());
    }

    /// The 365 days before the work began; for bills, before the last one that ended by then.
    static MeterRows baseline(WholeMeterReadings data) {
        var end = data.measure().start();
        if (data.frequency() != Frequency.DAILY) {
            var start = end;
            end =
                    data.usage().stream()
                            .map(WholeMeterReadings.Usage::to)
                            .filter(to -> !to.isAfter(start))
                            .reduce((_, last) -> last)
                            .orElse(start);
        }
        return MeterRows.of(data, end.minusDays(BASELINE_DAYS), end);
    }

    /// What lies in the monitoring period and after the work.
    static MeterRows reporting(WholeMeterReadings data, Period period, ZoneId zone) {
        var from = firstDay(period.start(), zone);
        var completed = data.measure().completed();
        var to = period.end().atZone(zone).toLocalDate();
        return MeterRows.of(data, completed.isAfter(from) ? completed : from, to);
    }

    /// The first civil day that lies in the period as a whole.
    private static LocalDate firstDay(Instant start, ZoneId zone) {
        var day = start.atZone(zone).toLocalDate();
        return day.atStartOfDay(zone).toInstant().isBefore(start) ? day.plusDays(1) : day;
    }

    /// Grams for a watt-hour of the meter as a fraction.
    record GramsPerWattHour(BigDecimal dividend, BigDecimal divisor) {

        BigDecimal up(BigDecimal wattHours) {
            return Worksheet.quotientUp(wattHours.multiply(dividend), divisor);
        }

        BigDecimal down(BigDecimal wattHours) {
            return Worksheet.quotient(wattHours.multiply(dividend), divisor);
        }
    }

    private static Optional<GramsPerWattHour> gramsPerWattHour(
            Worksheet sheet, WholeMeterReadings data, FactorLibraries factors) {
        if (data.meter() == Meter.ELECTRICITY) {
            return GridElectricity.gramsPerKilowattHour(
                            sheet, factors, data.reported().region(), data.factor())
                    .map(grams -> new GramsPerWattHour(grams, BigDecimal.valueOf(1_000)));
        }
        var fuel =
                FuelFactors.cite(
                        sheet, factors, data.reported(), "fuel", data.factor().orElseThrow());
        return WholeMeterChecks.ofEnergy(sheet, fuel)
                .map(factor ->
                        new GramsPerWattHour(
                                FuelFactors.grams(factor, BigDecimal.valueOf(3_600)),
                                factor.unit().inBase()));
    }
}
