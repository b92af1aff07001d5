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

/// What a proponent claims: that these devices, or what is reported of a site, avoided emissions in
/// this period, once.
///
/// @param submittedBy the person who asks, who may therefore not approve
/// @param beneficialOwner who gains in the end; limits and independence count by it
/// @param site where the devices stand, by id
/// @param series what was metered, in order of device and channel
/// @param tier how well the readings are attested, at the least
/// @param forcedFactor the id of the emission factor to use in place of the default
/// @param exclusivityDeclared that no one else claims the same energy in any scheme
/// @param data what the proponent reports in the place of metered series; with it there are none
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
        boolean exclusivityDeclared,
        Optional<MonitoredData> data) {

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
        if (data.isPresent() != series.isEmpty() || series.size() > MAX_SERIES) {
            throw new IllegalArgumentException(
                    "a claim names 1 to "
                            + MAX_SERIES
                            + " series, or reports data in their place: not "
                            + series.size());
        }
        if (series.stream().distinct().count() != series.size()) {
            throw new IllegalArgumentException("a claim names each series once");
        }
        series = series.stream().sorted().toList();
    }

    /// A claim on metered series.
    public Claim(
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
        this(
                id,
                project,
                proponent,
                submittedBy,
                beneficialOwner,
                site,
                series,
                monitoringPeriod,
                tier,
                unitClass,
                forcedFactor,
                exclusivityDeclared,
                Optional.empty());
    }

    /// By whose rules it is quantified.
    public MethodologyId methodology() {
        return data.map(MonitoredData::methodology).orElse(SolarDisplacement.ID);
    }

    /// What of reported data the claim uses up; metered series are used up by themselves.
    public List<Subject> subjects() {
        return data.map(MonitoredData::subjects).orElse(List.of());
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
        subjects().forEach(part -> subject.text(part.kind().name()).text(part.value()));
        return subject.toByteArray();
    }
}
