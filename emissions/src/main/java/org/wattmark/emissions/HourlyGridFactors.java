package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wattmark.units.Canonical;

/// What one grid emitted hour by hour, as an operator has loaded it. No such table ships with
/// Wattmark: those that we know may be shared on only under their own licence.
///
/// @param set its name and version, such as `electricity-maps-es-2022/1`
/// @param gramsPerKilowattHour by the start of the hour, UTC; an hour that is missing is unknown
public record HourlyGridFactors(
        EmissionFactorSet set,
        Region region,
        EmissionFactor.Gases gases,
        EmissionFactor.Boundary boundary,
        Source source,
        SortedMap<Instant, BigDecimal> gramsPerKilowattHour) {

    public HourlyGridFactors {
        gramsPerKilowattHour =
                Collections.unmodifiableSortedMap(new TreeMap<>(gramsPerKilowattHour));
        gramsPerKilowattHour.forEach(HourlyGridFactors::require);
    }

    private static void require(Instant hour, BigDecimal grams) {
        if (!hour.equals(hour.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("an hour starts on the hour: " + hour);
        }
        if (grams.signum() < 0) {
            throw new IllegalArgumentException("a factor is negative at " + hour + ": " + grams);
        }
    }

    /// The factor of the hour that this instant lies in.
    public Optional<BigDecimal> at(Instant instant) {
        return Optional.ofNullable(gramsPerKilowattHour.get(instant.truncatedTo(ChronoUnit.HOURS)));
    }

    /// SHA-256 over every hour and its value: it pins the set's version.
    public byte[] sha256() {
        var content =
                Canonical.of("wattmark/hourly-factor-set/v1")
                        .text(set.toString())
                        .text(region.code())
                        .text(gases.name())
                        .text(boundary.name())
                        .number(gramsPerKilowattHour.size());
        for (Map.Entry<Instant, BigDecimal> hour : gramsPerKilowattHour.entrySet()) {
            content.instant(hour.getKey()).decimal(hour.getValue());
        }
        return content.sha256();
    }
}
