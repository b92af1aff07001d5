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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
            select start_at, zone, country, simulated from interval
            join device on device.id = device_id
            where device_id = :device and channel = 'GENERATION'
            order by start_at desc limit 1
            """;

    private static final String DAY =
            """
            select start_at, seconds, metered_wh from interval
            where device_id = :device and channel = 'GENERATION'
                and start_at >= :from and start_at < :to
            order by start_at
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

    private record Last(Instant start, ZoneId zone, String country, boolean simulated) {}

    private record Interval(Instant start, long seconds, long wattHours) {

        Instant hour() {
            return start.truncatedTo(ChronoUnit.HOURS);
        }

        long watts() {
            return Math.multiplyExact(wattHours, SECONDS) / seconds;
        }
    }

    /// Empty until the device has sent a reading of what it generates.
    Optional<LiveReading> of(UUID device) {
        return jdbc.sql(LAST)
                .param("device", device)
                .query((row, _) ->
                        new Last(
                                row.getTimestamp("start_at").toInstant(),
                                ZoneId.of(row.getString("zone")),
                                row.getString("country"),
                                row.getBoolean("simulated")))
                .optional()
                .map(last -> of(device, last));
    }

    private LiveReading of(UUID device, Last last) {
        var day = LocalDate.ofInstant(last.start(), last.zone());
        var from = day.atStartOfDay(last.zone()).toInstant();
        var to = day.plusDays(1).atStartOfDay(last.zone()).toInstant();
        var intervals = intervals(device, from, to);
        var now = intervals.getLast();
        return new LiveReading(
                device,
                last.simulated(),
                now.start(),
                now.seconds(),
                now.watts(),
                day,
                intervals.stream().mapToLong(Interval::wattHours).sum(),
                rewards.of(device, day),
                avoided(last.country(), intervals, from, to));
    }

    private List<Interval> intervals(UUID device, Instant from, Instant to) {
        return jdbc.sql(DAY)
                .param("device", device)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, _) ->
                        new Interval(
                                row.getTimestamp("start_at").toInstant(),
                                row.getLong("seconds"),
                                row.getLong("metered_wh")))
                .list();
    }

    /// Each interval by the intensity of the hour in which it begins, else by the annual average.
    private @Nullable Avoided avoided(
            String country, List<Interval> intervals, Instant from, Instant to) {
        var annual = factors.currentAverage(country);
        var hourly = intensities.of(country, from.truncatedTo(ChronoUnit.HOURS), to);
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
