package org.wattmark.metering;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.wattmark.units.Period;

/// Readings in memory, for tests and simulations.
public final class MemoryReadings implements Readings {

    private final Map<Series, NavigableMap<Instant, IntervalReading>> series =
            new ConcurrentHashMap<>();

    private record Series(DeviceId device, Channel channel) {}

    @Override
    public Stored store(DeviceId device, Channel channel, Collection<IntervalReading> readings) {
        var byStart = seriesOf(device, channel);
        int fresh = 0;
        int duplicate = 0;
        int conflicting = 0;
        for (var reading : readings) {
            var before = byStart.putIfAbsent(reading.interval().start(), reading);
            if (before == null) {
                fresh++;
            } else if (before.equals(reading)) {
                duplicate++;
            } else {
                conflicting++;
            }
        }
        return new Stored(fresh, duplicate, conflicting);
    }

    @Override
    public List<IntervalReading> in(DeviceId device, Channel channel, Period period) {
        return seriesOf(device, channel).subMap(period.start(), period.end()).values().stream()
                .filter(reading -> period.contains(reading.interval()))
                .toList();
    }

    private NavigableMap<Instant, IntervalReading> seriesOf(DeviceId device, Channel channel) {
        return series.computeIfAbsent(
                new Series(device, channel), _ -> new ConcurrentSkipListMap<>());
    }
}
