package org.wattmark.server.live;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How many grams of CO₂e a grid emitted for a kilowatt-hour, hour by hour, where the operator has
/// loaded it.
final class HourlyIntensities {

    /// Tells of each row that was written whether it is new.
    private static final String LOAD =
            """
            insert into grid_intensity as known (region, start_at, grams_per_kwh, source)
            select :region, start_at, grams, :source
            from unnest(:starts::timestamptz[], :grams::numeric[]) as hour (start_at, grams)
            on conflict (region, start_at) do update
                set grams_per_kwh = excluded.grams_per_kwh, source = excluded.source
                where known.grams_per_kwh <> excluded.grams_per_kwh
                    or known.source <> excluded.source
            returning xmax = 0
            """;

    private final JdbcClient jdbc;

    HourlyIntensities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param source who published it
    record Hourly(Instant start, BigDecimal gramsPerKilowattHour, String source) {}

    /// Puts the hours in, in place of what was known of them.
    IntensityEndpoints.Loaded load(String region, Map<Instant, BigDecimal> hours, String source) {
        var starts = hours.keySet().stream().map(Timestamp::from).toArray(Timestamp[]::new);
        var changed =
                jdbc.sql(LOAD)
                        .param("region", region)
                        .param("starts", starts)
                        .param("grams", hours.values().toArray(BigDecimal[]::new))
                        .param("source", source)
                        .query(Boolean.class)
                        .list();
        int added = (int) changed.stream().filter(isNew -> isNew).count();
        return new IntensityEndpoints.Loaded(
                region, added, changed.size() - added, hours.size() - changed.size());
    }

    /// The hours that begin in [from, to), by their start; those that are not known are not there.
    Map<Instant, Hourly> of(String region, Instant from, Instant to) {
        return jdbc
                .sql(
                        """
                        select start_at, grams_per_kwh, source from grid_intensity
                        where region = :region and start_at >= :from and start_at < :to
                        """)
                .param("region", region)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, _) ->
                        new Hourly(
                                row.getTimestamp("start_at").toInstant(),
                                row.getBigDecimal("grams_per_kwh"),
                                row.getString("source")))
                .list()
                .stream()
                .collect(Collectors.toMap(Hourly::start, each -> each));
    }
}
