package org.wattmark.server.live;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.live.PublicTotal.Sum;
import org.wattmark.server.rewards.RewardedDays;

/// Adds up what all devices make, once a second at the most however many listen.
final class PublicTotals {

    private static final Duration PACE = Duration.ofSeconds(1);

    private static final String EVER =
            """
            select simulated, sum(energy_wh)::bigint as value,
                max(reading_batch.receipt) as receipt
            from reading_batch join device on device.id = device_id
            where reading_batch.receipt > :seen and channel = 'GENERATION' group by simulated
            """;

    /// A batch counts to the day in which it begins.
    private static final String TODAY =
            """
            select simulated, sum(energy_wh)::bigint as value
            from reading_batch join device on device.id = device_id
            where first_start >= :day and channel = 'GENERATION'
                and reading_batch.receipt <> all (
                    select unnest(batches) from reading_import where undone_by is not null)
            group by simulated
            """;

    /// What undone imports had stored: it was in [#EVER] when it came.
    private static final String UNDONE =
            """
            select simulated, sum(energy_wh)::bigint as value
            from reading_import join device on device.id = device_id
            where undone_by is not null and channel = 'GENERATION' group by simulated
            """;

    private static final String NOW =
            """
            select simulated, count(*) as devices,
                sum(metered_wh * 3600 / seconds)::bigint as watts
            from (
                select distinct device_id from reading_batch
                where last_end >= :hour and channel = 'GENERATION'
            ) as reporting
            join lateral (
                select start_at, seconds, metered_wh from interval
                where interval.device_id = reporting.device_id and channel = 'GENERATION'
                order by start_at desc limit 1
            ) as last on start_at + make_interval(secs => seconds) >= :hour
            join device on device.id = reporting.device_id
            group by simulated
            """;

    private final JdbcClient jdbc;
    private final RewardedDays rewards;
    private final InstantSource time;
    private @Nullable PublicTotal last;
    private Set<Subscriber> told = Set.of();
    private final Map<Boolean, Long> ever = new HashMap<>();
    private long seen = -1;

    PublicTotals(JdbcClient jdbc, RewardedDays rewards, InstantSource time) {
        this.jdbc = jdbc;
        this.rewards = rewards;
        this.time = time;
    }

    /// The total for each listener who has not heard it: all if it has changed, else the new ones.
    Map<Subscriber, PublicTotal> ifNew(Collection<Subscriber> listeners) {
        var before = last;
        var now = before == null || isOld(before) ? total() : before;
        boolean changed =
                before == null
                        || !now.measured().equals(before.measured())
                        || !now.simulated().equals(before.simulated());
        var news = new HashMap<Subscriber, PublicTotal>();
        for (var listener : listeners) {
            if (changed || !told.contains(listener)) {
                news.put(listener, now);
            }
        }
        last = now;
        told = new HashSet<>(listeners);
        return news;
    }

    private boolean isOld(PublicTotal total) {
        return !total.asOf().plus(PACE).isAfter(time.instant());
    }

    private PublicTotal total() {
        Instant now = time.instant();
        long before = seen;
        jdbc.sql(EVER)
                .param("seen", before)
                .query(row -> {
                    ever.merge(row.getBoolean("simulated"), row.getLong("value"), Math::addExact);
                    seen = Math.max(seen, row.getLong("receipt"));
                });
        var counted = new HashMap<>(ever);
        jdbc.sql(UNDONE)
                .query(row -> {
                    counted.merge(
                            row.getBoolean("simulated"), -row.getLong("value"), Math::addExact);
                });
        var today = new HashMap<Boolean, Long>();
        jdbc.sql(TODAY)
                .param("day", Timestamp.from(now.truncatedTo(ChronoUnit.DAYS)))
                .query(row -> {
                    today.put(row.getBoolean("simulated"), row.getLong("value"));
                });
        var devices = new HashMap<Boolean, Long>();
        var watts = new HashMap<Boolean, Long>();
        jdbc.sql(NOW)
                .param("hour", Timestamp.from(now.minus(1, ChronoUnit.HOURS)))
                .query(row -> {
                    devices.put(row.getBoolean("simulated"), row.getLong("devices"));
                    watts.put(row.getBoolean("simulated"), row.getLong("watts"));
                });
        var earned = rewards.total(LocalDate.ofInstant(now, ZoneOffset.UTC));
        return new PublicTotal(
                now,
                sum(false, devices, watts, today, earned, counted),
                sum(true, devices, watts, today, earned, counted));
    }

    private static Sum sum(
            boolean simulated,
            Map<Boolean, Long> devices,
            Map<Boolean, Long> watts,
            Map<Boolean, Long> today,
            Map<Boolean, List<RewardedDays.Total>> earned,
            Map<Boolean, Long> everCounted) {
        return new Sum(
                devices.getOrDefault(simulated, 0L),
                watts.getOrDefault(simulated, 0L),
                today.getOrDefault(simulated, 0L),
                earned.getOrDefault(simulated, List.of()),
                everCounted.getOrDefault(simulated, 0L));
    }
}
