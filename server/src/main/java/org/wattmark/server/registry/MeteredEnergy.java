package org.wattmark.server.registry;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Year;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;
import org.wattmark.verification.VintageEnergy;

/// What was metered of some series in a period, and came before the period was closed.
record MeteredEnergy(JdbcClient jdbc) {

    private static final String BY_YEAR =
            """
            select extract(year from start_at at time zone :zone)::int as vintage,
                sum(metered_wh)::bigint as wh
            from interval
            where device_id = :device and channel = :channel
                and start_at >= :start and start_at < :end and not late
            group by 1 order by 1
            """;

    private static final String EACH =
            """
            select start_at, seconds, metered_wh from interval
            where device_id = :device and channel = :channel
                and start_at >= :start and start_at < :end and not late
            order by start_at
            """;

    /// Every interval that is quantified, in the order of series and time.
    List<VintageEnergy.Metered> intervals(Claim claim) {
        var intervals = new ArrayList<VintageEnergy.Metered>();
        for (var series : claim.series()) {
            of(series, claim.monitoringPeriod(), EACH)
                    .query(row -> {
                        intervals.add(
                                new VintageEnergy.Metered(
                                        Period.starting(
                                                row.getTimestamp("start_at").toInstant(),
                                                Duration.ofSeconds(row.getLong("seconds"))),
                                        new Energy(row.getLong("metered_wh"))));
                    });
        }
        return intervals;
    }

    /// An interval belongs to the civil year, at the site, in which it starts.
    List<VintageEnergy> byVintage(List<Claim.Series> all, Period period, String zone) {
        var sums = new LinkedHashMap<Year, Energy>();
        for (var series : all) {
            of(series, period, BY_YEAR)
                    .param("zone", zone)
                    .query(row -> {
                        sums.merge(
                                Year.of(row.getInt("vintage")),
                                new Energy(row.getLong("wh")),
                                Energy::plus);
                    });
        }
        return sums.entrySet().stream()
                .map(each -> new VintageEnergy(each.getKey(), each.getValue()))
                .toList();
    }

    private JdbcClient.StatementSpec of(Claim.Series series, Period period, String sql) {
        return jdbc.sql(sql)
                .param("device", series.device().value())
                .param("channel", series.channel().name())
                .param("start", Timestamp.from(period.start()))
                .param("end", Timestamp.from(period.end()));
    }
}
