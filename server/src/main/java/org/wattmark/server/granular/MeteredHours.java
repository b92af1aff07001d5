package org.wattmark.server.granular;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceId;
import org.wattmark.registry.GranularIssuance;
import org.wattmark.registry.HourEnergy;
import org.wattmark.registry.Hours;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// What a device generated in whole hours. An hour is whole if its intervals lie in it and fill it;
/// what is late, or reaches beyond the hour, is not certified.
record MeteredHours(JdbcClient jdbc) {

    private static final String WHOLE =
            """
            select hour, sum(metered_wh)::bigint as watt_hours
            from (
                select date_trunc('hour', start_at, 'UTC') as hour, start_at, seconds, metered_wh
                from interval
                where device_id = :device and channel = :channel
                    and start_at >= :start and start_at < :end and not late) as metered
            group by hour
            having sum(seconds) = 3600
                and bool_and(start_at + seconds * interval '1 s' <= hour + interval '1 hour')
            order by hour
            """;

    /// Oldest first.
    List<HourEnergy> whole(DeviceId device, Period period) {
        return jdbc.sql(WHOLE)
                .param("device", device.value())
                .param("channel", GranularIssuance.CHANNEL.name())
                .param("start", Timestamp.from(period.start()))
                .param("end", Timestamp.from(period.end()))
                .query((row, _) ->
                        new HourEnergy(
                                row.getTimestamp("hour").toInstant(),
                                new Energy(row.getLong("watt_hours"))))
                .list();
    }

    List<HourEnergy> of(GranularIssuance issuance) {
        return issuance.hours().stream()
                .flatMap(run -> whole(issuance.device(), run).stream())
                .toList();
    }

    static List<Period> runs(List<HourEnergy> hours) {
        var starts = new TreeSet<Instant>();
        hours.forEach(each -> starts.add(each.hour()));
        return Hours.runs(starts);
    }
}
