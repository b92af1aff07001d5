package org.wattmark.server.live;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.GridFactors;
import org.wattmark.server.live.HourlyIntensities.Hourly;
import org.wattmark.server.live.LiveReading.Avoided;
import org.wattmark.server.live.LiveReading.Basis;
import org.wattmark.server.rewards.RewardedDays;

/// Adds up what a device has made on the civil day of its last interval.
final class LiveReadings {

    private static final BigDecimal WATT_HOURS = BigDecimal.valueOf(1_000); // in a kilowatt-hour
    private static final long SECONDS = 3_600; // in an hour

    private static final String LAST =
            """
            select device.id, zone, country, simulated, last.start_at from device
            cross join lateral (
                select start_at from interval
                where device_id = device.id and channel = 'GENERATION'
                order by start_at desc limit 1) last
            where device.id = any(:devices)
            """;

    /// The widest span stands apart from the devices' own, so that other months are not looked at.
    private static final String DAYS =
            """
            select device, start_at, seconds, metered_wh
            from unnest(:devices::uuid[], :froms::timestamptz[], :tos::timestamptz[])
                as wanted (device, from_at, to_at)
            join interval on device_id = device and channel = 'GENERATION'
                and start_at >= from_at and start_at < to_at
            where start_at >= :first and start_at < :last
            order by device, start_at
            """;

    private final JdbcClient jdbc;
    private final HourlyIntensities intensities;
    private final GridFactors factors;
    private final RewardedDays rewards;

    LiveReadings(
            JdbcClient jdbc,
            HourlyIntensities intensities,
            GridFactors factors,
            RewardedDays rewards) {
        this.jdbc = jdbc;
        this.intensities = intensities;
        this.factors = factors;
        this.rewards = rewards;
    }

    /// The civil day of a device's last interval.
    private record Day(
            UUID device,
            boolean simulated,
            String country,
            LocalDate date,
            Instant from,
            Instant to) {

        static Day of(UUID device, boolean simulated, String country, Instant last, ZoneId zone) {
            var date = LocalDate.ofInstant(last, zone);
            return new Day(
                    device,
                    simulated,
                    country,
                    date,
                    date.atStartOfDay(zone).toInstant(),
                    date.plusDays(1).atStartOfDay(zone).toInstant());
        }
    }

    /// The hours of a grid that are asked for.
    private record Hours(String country, Instant from, Instant to) {}

    private record Interval(Instant start, long seconds, long wattHours) {

        Instant hour() {
            return start.truncatedTo(ChronoUnit.HOURS);
        }

        long watts() {
            return Math.multiplyExact(wattHours, SECONDS) / seconds;
        }
    }

    /// Of those devices that have sent a reading of what they generate; few queries, however many
    /// devices.
    Map<UUID, LiveReading> of(Collection<UUID> devices) {
        var days = days(devices);
        if (days.isEmpty()) {
            return Map.of();
        }
        var intervals = intervals(days);
        var earned = rewards.of(days.stream().collect(Collectors.toMap(Day::device, Day::date)));
        var known = new HashMap<Hours, Map<Instant, Hourly>>();
        var readings = new HashMap<UUID, LiveReading>();
        for (var day : days) {
            var its = intervals.get(day.device());
            if (its == null) {
                continue; // an import was undone between the two queries
            }
            var hours =
                    new Hours(day.country(), day.from().truncatedTo(ChronoUnit.HOURS), day.to());
            var hourly =
                    known.computeIfAbsent(
                            hours, each -> intensities.of(each.country(), each.from(), each.to()));
            var rewarded = earned.getOrDefault(day.device(), List.of());
            readings.put(day.device(), reading(day, its, rewarded, hourly));
        }
        return readings;
    }

    private LiveReading reading(
            Day day,
            List<Interval> intervals,
            List<RewardedDays.Earned> earned,
            Map<Instant, Hourly> hourly) {
        var now = intervals.getLast();
        return new LiveReading(
                day.device(),
                day.simulated(),
                now.start(),
                now.seconds(),
                now.watts(),
                day.date(),
                intervals.stream().mapToLong(Interval::wattHours).sum(),
                earned,
                avoided(day.country(), intervals, hourly));
    }

    private List<Day> days(Collection<UUID> devices) {
        return jdbc.sql(LAST)
                .param("devices", devices.toArray(UUID[]::new))
                .query((row, _) ->
                        Day.of(
                                row.getObject("id", UUID.class),
                                row.getBoolean("simulated"),
                                row.getString("country"),
                                row.getTimestamp("start_at").toInstant(),
                                ZoneId.of(row.getString("zone"))))
                .list();
    }

    private Map<UUID, List<Interval>> intervals(List<Day> days) {
        var first = days.stream().map(Day::from).min(Instant::compareTo).orElseThrow();
        var last = days.stream().map(Day::to).max(Instant::compareTo).orElseThrow();
        var intervals = new HashMap<UUID, List<Interval>>();
        jdbc.sql(DAYS)
                .param("devices", days.stream().map(Day::device).toArray(UUID[]::new))
                .param("froms", timestamps(days, Day::from))
                .param("tos", timestamps(days, Day::to))
                .param("first", Timestamp.from(first))
                .param("last", Timestamp.from(last))
                .query(row -> {
                    intervals
                            .computeIfAbsent(
                                    row.getObject("device", UUID.class), _ -> new ArrayList<>())
                            .add(
                                    new Interval(
                                            row.getTimestamp("start_at").toInstant(),
                                            row.getLong("seconds"),
                                            row.getLong("metered_wh")));
                });
        return intervals;
    }

    private static Timestamp[] timestamps(List<Day> days, Function<Day, Instant> which) {
        return days.stream().map(which).map(Timestamp::from).toArray(Timestamp[]::new);
    }

    /// Each interval by the intensity of the hour in which it begins, else by the annual average.
    private @Nullable Avoided avoided(
            String country, List<Interval> intervals, Map<Instant, Hourly> hourly) {
        var annual = factors.currentAverage(country);
        var grams = BigDecimal.ZERO;
        int byTheHour = 0;
        for (var interval : intervals) {
            var used = hourly.get(interval.hour());
            if (used == null && annual.isEmpty()) {
                return null;
            }
            byTheHour += used == null ? 0 : 1;
            var factor = used == null ? value(annual) : used.gramsPerKilowattHour();
            grams = grams.add(factor.multiply(BigDecimal.valueOf(interval.wattHours())));
        }
        var basis =
                byTheHour == 0
                        ? Basis.ANNUAL
                        : byTheHour == intervals.size() ? Basis.HOURLY : Basis.PARTLY_HOURLY;
        long today = floor(grams.divide(WATT_HOURS));
        return avoided(intervals.getLast(), hourly, annual, today, basis);
    }

    private static Avoided avoided(
            Interval now,
            Map<Instant, Hourly> hourly,
            Optional<EmissionFactor> annual,
            long today,
            Basis basis) {
        var used = hourly.get(now.hour());
        var factor = used == null ? value(annual) : used.gramsPerKilowattHour();
        var year = annual.map(EmissionFactor::year).orElse(Year.of(1970));
        var from = used == null ? start(year) : used.start();
        var end = used == null ? start(year.plusYears(1)) : used.start().plusSeconds(SECONDS);
        return new Avoided(
                floor(factor.multiply(BigDecimal.valueOf(now.watts())).divide(WATT_HOURS)),
                today,
                basis,
                factor.toPlainString(),
                used == null ? annual.orElseThrow().id() : used.source(),
                from,
                Math.max(0, Duration.between(end, now.start()).toSeconds()));
    }

    private static BigDecimal value(Optional<EmissionFactor> annual) {
        return annual.orElseThrow().gramsPerKilowattHour();
    }

    private static Instant start(Year year) {
        return year.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static long floor(BigDecimal value) {
        return value.setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
