package org.wattmark.verification;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;

/// What a proponent claims: that these devices avoided emissions in this period, once.
///
/// @param submittedBy the person who asks, who may therefore not approve
/// @param beneficialOwner who gains in the end; limits and independence count by it
/// @param site where the devices stand, by id
/// @param series what was metered, in order of device and channel
/// @param tier how well the readings are attested, at the least
/// @param forcedFactor the id of the emission factor to use in place of the default
/// @param exclusivityDeclared that no one else claims the same energy in any scheme
public record Claim(
        ClaimId id,
        UUID project,
        Organisation proponent,
        UUID submittedBy,
        UUID beneficialOwner,
        UUID site,
        List<Series> series,
        Period monitoringPeriod,
        AssuranceTier tier,
        UnitClass unitClass,
        Optional<String> forcedFactor,
        boolean exclusivityDeclared) {

    private static final int MAX_SERIES = 10_000;

    /// One channel of one device.
    public record Series(DeviceId device, Channel channel) implements Comparable<Series> {

        @Override
        public int compareTo(Series other) {
            return Comparator.comparing((Series series) -> series.device().value())
                    .thenComparing(Series::channel)
                    .compare(this, other);
        }
    }

    public Claim {
        if (series.isEmpty() || series.size() > MAX_SERIES) {
            throw new IllegalArgumentException(
                    "a claim names 1 to " + MAX_SERIES + " series, not " + series.size());
        }
        if (series.stream().distinct().count() != series.size()) {
            throw new IllegalArgumentException("a claim names each series once");
        }
        series = series.stream().sorted().toList();
    }

    /// What the claim is of, whatever its id: the same energy claimed again has the same subject.
    byte[] subject() {
        var subject =
                Canonical.of("wattmark/claim-subject/v1")
                        .id(project)
                        .id(site)
                        .instant(monitoringPeriod.start())
                        .number(series.size());
        series.forEach(part -> subject.id(part.device().value()).text(part.channel().name()));
        return subject.toByteArray();
    }
}
