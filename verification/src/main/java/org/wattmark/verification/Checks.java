package org.wattmark.verification;

import static org.wattmark.metering.Finding.Outcome.HOLD;
import static org.wattmark.metering.Finding.Outcome.INFO;
import static org.wattmark.metering.Finding.Outcome.REJECT;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.emissions.CreditingChoice;
import org.wattmark.emissions.CreditingChoice.Forced;
import org.wattmark.emissions.CreditingChoice.Lower;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Share;
import org.wattmark.verification.CheckFinding.Check;

/// The checks of one claim against its evidence.
record Checks(
        Claim claim,
        Evidence evidence,
        GridFactors factors,
        CreditingChoice choice,
        Optional<Reduction> reduction,
        Instant now) {

    /// Materiality of 5 %, as greenhouse gas verifications use it (ISO 14064-3).
    static final Share MATERIAL = Share.ofPercent(5);

    /// The best clear-sky day measured for a sun tracker (Golden, Colorado) gives 14.49 kWh/m², so
    /// 14.49 kWh a day for each kWp; 1.10 is the margin of the clear-sky bound. Above it a person
    /// looks: a polar summer may be right.
    static final BigDecimal BEST_DAY_HOURS =
            new BigDecimal("14.49").multiply(new BigDecimal("1.10"));

    /// 1.10 × kWp + 2 % of kWp around the clock: the clear-sky bound at 1,000 W/m² with no night.
    static final BigDecimal WITHOUT_NIGHT_HOURS =
            new BigDecimal("24").multiply(new BigDecimal("1.12"));

    /// Days of which a finding tells what was found; the others it counts.
    private static final int MOST_DAYS_SHOWN = 10;

    private static final BigDecimal SECONDS_PER_DAY = BigDecimal.valueOf(86_400);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

    CheckReport report() {
        return new CheckReport(
                List.of(
                        channel(),
                        tier(),
                        simulatedIsTest(),
                        exclusivity(),
                        period(),
                        completeness(),
                        unresolvedFindings(),
                        cheatedDays(),
                        capacity(),
                        reserved(),
                        factor(),
                        net()));
    }

    private CheckFinding channel() {
        boolean all =
                claim.series().stream()
                        .allMatch(series -> series.channel() == SolarDisplacement.CHANNEL);
        var channels =
                claim.series().stream().map(Claim.Series::channel).distinct().sorted().toList();
        return finding(
                Check.CHANNEL,
                Map.of("channels", channels.toString()),
                "all " + SolarDisplacement.CHANNEL,
                all ? INFO : REJECT);
    }

    private CheckFinding tier() {
        boolean enough =
                evidence.tier().compareTo(AssuranceTier.T1) >= 0
                        && claim.tier().compareTo(AssuranceTier.T1) >= 0
                        && claim.tier().compareTo(evidence.tier()) <= 0;
        return finding(
                Check.TIER,
                inputs("claimed", claim.tier(), "attested", evidence.tier()),
                "T1 <= claimed <= attested",
                enough ? INFO : REJECT);
    }

    private CheckFinding simulatedIsTest() {
        boolean wrong = evidence.simulated() && claim.unitClass() == UnitClass.LIVE;
        return finding(
                Check.SIMULATED_IS_TEST,
                inputs("simulated", evidence.simulated(), "class", claim.unitClass()),
                "simulated only with TEST",
                wrong ? REJECT : INFO);
    }

    /// Another scheme or an emissions trading system may count the same grams: a person decides.
    private CheckFinding exclusivity() {
        long others =
                evidence.declarations().stream()
                        .filter(device -> !device.otherSchemes().isEmpty())
                        .count();
        long capped =
                evidence.declarations().stream()
                        .filter(device -> device.capAndTradeCovered())
                        .count();
        var inputs =
                inputs("declared", claim.exclusivityDeclared(), "devices in other schemes", others);
        inputs.put("devices under cap and trade", String.valueOf(capped));
        Outcome outcome = !claim.exclusivityDeclared() ? REJECT : others + capped > 0 ? HOLD : INFO;
        return finding(Check.EXCLUSIVITY, inputs, "declared, and none elsewhere", outcome);
    }

    /// Twelve months of the site's calendar, so a leap year's 366 days are no more than twelve.
    private CheckFinding period() {
        var period = claim.monitoringPeriod();
        var latestEnd = period.start().atZone(evidence.zone()).plusMonths(12).toInstant();
        boolean good = !period.end().isAfter(now) && !period.end().isAfter(latestEnd);
        return finding(
                Check.PERIOD,
                inputs("start", period.start(), "end", period.end()),
                "ends by " + now + " and by " + latestEnd,
                good ? INFO : REJECT);
    }

    private CheckFinding completeness() {
        var intervals = evidence.intervals();
        var inputs = inputs("received", intervals.received(), "expected", intervals.expected());
        inputs.put("complete", percent(intervals.received(), intervals.expected()));
        return finding(Check.COMPLETENESS, inputs, "none: missing counts as 0 Wh", INFO);
    }

    private CheckFinding unresolvedFindings() {
        var intervals = evidence.intervals();
        long unresolved = intervals.held() + intervals.rejected();
        var inputs = inputs("held", intervals.held(), "rejected", intervals.rejected());
        inputs.put("received", String.valueOf(intervals.received()));
        return finding(
                Check.UNRESOLVED_FINDINGS,
                inputs,
                MATERIAL.basisPoints() + " basis points of received",
                unresolved > MATERIAL.floorOf(intervals.received()) ? HOLD : INFO);
    }

    /// Detectors hold an honest day now and then, one in a hundred or so: so few days are no reason
    /// to hold a claim, as long as they are not material.
    private CheckFinding cheatedDays() {
        var days = evidence.days();
        var inputs = inputs("days", days.total(), "judged", days.judged());
        inputs.put("held", String.valueOf(days.held().size()));
        days.held().entrySet().stream()
                .limit(MOST_DAYS_SHOWN)
                .forEach(day -> inputs.put(day.getKey(), day.getValue()));
        return finding(
                Check.CHEATED_DAYS,
                inputs,
                MATERIAL.basisPoints() + " basis points of judged",
                days.held().size() > MATERIAL.floorOf(days.judged()) ? HOLD : INFO);
    }

    /// The second net below the bounds on each interval.
    private CheckFinding capacity() {
        var energy = BigDecimal.valueOf(evidence.quantified().wattHours());
        Outcome outcome =
                energy.compareTo(most(WITHOUT_NIGHT_HOURS)) > 0
                        ? REJECT
                        : energy.compareTo(most(BEST_DAY_HOURS)) > 0 ? HOLD : INFO;
        var hours =
                BigDecimal.valueOf(claim.monitoringPeriod().length().toSeconds())
                        .divide(SECONDS_PER_HOUR, 2, RoundingMode.FLOOR);
        var inputs =
                inputs("energy", evidence.quantified(), "peak power", evidence.wattsPeak() + " W");
        inputs.put("period", hours.toPlainString() + " h");
        return finding(
                Check.CAPACITY,
                inputs,
                most(BEST_DAY_HOURS).toPlainString()
                        + " Wh to hold, "
                        + most(WITHOUT_NIGHT_HOURS).toPlainString()
                        + " Wh to reject",
                outcome);
    }

    /// Watt-hours from so many hours of full power each day, rounded down.
    private BigDecimal most(BigDecimal hoursPerDay) {
        return BigDecimal.valueOf(evidence.wattsPeak())
                .multiply(hoursPerDay)
                .multiply(BigDecimal.valueOf(claim.monitoringPeriod().length().toSeconds()))
                .divide(SECONDS_PER_DAY, 0, RoundingMode.FLOOR);
    }

    private CheckFinding reserved() {
        return finding(
                Check.RESERVED,
                inputs("reserved", evidence.reserved(), "quantified", evidence.quantified()),
                "equal",
                evidence.reserved().equals(evidence.quantified()) ? INFO : REJECT);
    }

    private CheckFinding factor() {
        var region = factors.region(evidence.region());
        var inputs = inputs("region", evidence.region(), "requested", requested());
        Outcome outcome =
                switch (choice) {
                    case CreditingChoice.Refused(var reason) -> {
                        inputs.put("refused", reason.name());
                        yield REJECT;
                    }
                    case Lower lower -> {
                        describe(inputs, "margin", lower.margin());
                        describe(inputs, "average", lower.average());
                        yield INFO;
                    }
                    case Forced forced -> {
                        describe(inputs, "forced", forced.factor());
                        forced.instead()
                                .ifPresent(lower -> describe(inputs, "default", lower.factor()));
                        yield judge(forced, region);
                    }
                };
        return finding(
                Check.FACTOR,
                inputs,
                "the default, or forced of the same region and no higher",
                outcome);
    }

    private static Outcome judge(Forced forced, Optional<Region> region) {
        if (!SolarDisplacement.KINDS.contains(forced.factor().kind())) {
            return REJECT;
        }
        boolean ofTheRegion = region.isPresent() && region.get().equals(forced.factor().region());
        return ofTheRegion && !forced.creditsMore() ? INFO : HOLD;
    }

    private String requested() {
        return claim.forcedFactor().orElse("default");
    }

    private static void describe(Map<String, String> inputs, String as, EmissionFactor factor) {
        inputs.put(
                as,
                factor.id()
                        + " "
                        + factor.gramsPerKilowattHour().toPlainString()
                        + " g/kWh "
                        + factor.gases()
                        + " "
                        + factor.boundary());
    }

    private CheckFinding net() {
        var net = reduction.map(Reduction::net).orElse(Co2e.ZERO);
        return finding(
                Check.NET,
                Map.of("net", net.toString()),
                "above 0 g",
                net.isZero() ? REJECT : INFO);
    }

    private static String percent(long part, long whole) {
        if (whole == 0) {
            return "0 %";
        }
        return BigDecimal.valueOf(part)
                        .movePointRight(2)
                        .divide(BigDecimal.valueOf(whole), 2, RoundingMode.FLOOR)
                        .toPlainString()
                + " %";
    }

    private static Map<String, String> inputs(
            String name, Object value, String other, Object otherValue) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put(name, value.toString());
        inputs.put(other, otherValue.toString());
        return inputs;
    }

    private static CheckFinding finding(
            Check check, Map<String, String> inputs, String threshold, Outcome outcome) {
        return new CheckFinding(check, inputs, threshold, outcome);
    }
}
