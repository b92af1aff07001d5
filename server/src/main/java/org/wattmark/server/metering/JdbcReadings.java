package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Readings;
import org.wattmark.server.ledger.Insert;
import org.wattmark.units.Period;

/// Readings in the table `interval`. In the server only the sequencer's batches write there; what
/// [#store] adds by itself has no receipt.
public final class JdbcReadings implements Readings {

    private static final String IN =
            """
            select start_at, seconds, raw_wh, late from interval
            where device_id = :device and channel = :channel
                and start_at >= :start and start_at + make_interval(secs => seconds) <= :end
                and start_at < :end
            order by start_at
            """;

    private static final String PAGE =
            """
            select start_at, seconds, raw_wh, metered_wh, allocated_wh, late, receipt from interval
            where device_id = :device and channel = :channel
                and start_at >= :start and start_at < :end
            order by start_at
            limit :limit
            """;

    private static final String INSERT_MISSING =
            """
            insert into interval
                (device_id, channel, start_at, seconds, raw_wh, energy_wh, metered_wh, late)
            select device_id, channel, start_at, seconds, raw_wh, energy_wh, energy_wh, false
            from unnest(?, ?, ?, ?, ?, ?)
                as new (device_id, channel, start_at, seconds, raw_wh, energy_wh)
            on conflict do nothing
            """;

    /// From the key's index alone: each part is a short run of it. The bounds of all parts together
    /// leave out the partitions that none of them needs.
    private static final String SUMS =
            """
            select part, intervals, energy_wh
            from unnest(cast(:lower as timestamptz[]), cast(:upper as timestamptz[]))
                with ordinality as parts (lower, upper, part)
            cross join lateral (
                select count(*) as intervals, coalesce(sum(metered_wh), 0)::bigint as energy_wh
                from interval
                where device_id = :device and channel = :channel
                    and start_at >= parts.lower and start_at < parts.upper
                    and start_at >= :start and start_at < :end) as sums
            order by part
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    public JdbcReadings(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    private record Kept(IntervalReading reading, boolean late) {}

    /// An interval as the API shows it.
    ///
    /// @param receiptSequence the journal's entry that took it in
    record Metered(
            Instant start,
            long seconds,
            long rawWattHours,
            long wattHours,
            long allocatedWattHours,
            boolean late,
            long receiptSequence) {}

    @Override
    public Stored store(DeviceId device, Channel channel, Collection<IntervalReading> readings) {
        var first = new HashMap<Instant, IntervalReading>();
        int repeated = 0;
        int contradicting = 0;
        for (var reading : readings) {
            var before = first.putIfAbsent(reading.interval().start(), reading);
            repeated += reading.equals(before) ? 1 : 0;
            contradicting += before != null && !before.equals(reading) ? 1 : 0;
        }
        int fresh = insertMissing(device, channel, first.values());
        if (fresh < first.size()) {
            int conflicting = countConflicting(device, channel, first);
            contradicting += conflicting;
            repeated += first.size() - fresh - conflicting;
        }
        return new Stored(fresh, repeated, contradicting);
    }

    private int insertMissing(
            DeviceId device, Channel channel, Collection<IntervalReading> readings) {
        return Objects.requireNonNull(
                template.execute(
                        (ConnectionCallback<Integer>)
                                connection ->
                                        insertMissing(connection, device, channel, readings)));
    }

    private static int insertMissing(
            Connection connection,
            DeviceId device,
            Channel channel,
            Collection<IntervalReading> readings)
            throws SQLException {
        var months = new IntervalMonths();
        readings.forEach(each -> months.want(each.interval().start()));
        months.make(connection);
        return Insert.into(connection, INSERT_MISSING)
                .column("uuid", readings.stream().map(_ -> device.value()).toList())
                .column("text", readings.stream().map(_ -> channel.name()).toList())
                .column("timestamptz", readings.stream().map(JdbcReadings::start).toList())
                .column(
                        "integer",
                        readings.stream()
                                .map(each -> (int) each.interval().length().toSeconds())
                                .toList())
                .column("bigint", readings.stream().map(IntervalReading::rawWattHours).toList())
                .column("bigint", readings.stream().map(e -> e.energy().wattHours()).toList())
                .execute();
    }

    private static Timestamp start(IntervalReading reading) {
        return Timestamp.from(reading.interval().start());
    }

    /// Those that were stored now agree with themselves.
    private int countConflicting(
            DeviceId device, Channel channel, Map<Instant, IntervalReading> sent) {
        var start = sent.keySet().stream().min(Instant::compareTo).orElseThrow();
        var end = sent.keySet().stream().max(Instant::compareTo).orElseThrow();
        // A day is the longest interval, so the last one that could matter is whole in this.
        var span = new Period(start, end.plus(Duration.ofDays(1)));
        return (int)
                in(device, channel, span).stream()
                        .filter(kept -> {
                            var asSent = sent.get(kept.interval().start());
                            return asSent != null && !asSent.equals(kept);
                        })
                        .count();
    }

    @Override
    public List<IntervalReading> in(DeviceId device, Channel channel, Period period) {
        return kept(device, channel, period).stream().map(Kept::reading).toList();
    }

    /// The readings of [#in] that came before their period was closed: what a claim may count.
    public List<IntervalReading> claimable(DeviceId device, Channel channel, Period period) {
        return kept(device, channel, period).stream()
                .filter(each -> !each.late())
                .map(Kept::reading)
                .toList();
    }

    private List<Kept> kept(DeviceId device, Channel channel, Period period) {
        return jdbc.sql(IN)
                .param("device", device.value())
                .param("channel", channel.name())
                .param("start", period.start().atOffset(ZoneOffset.UTC))
                .param("end", period.end().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Kept(reading(row), row.getBoolean("late")))
                .list();
    }

    /// The first intervals that start in the period.
    List<Metered> page(DeviceId device, Channel channel, Period period, int limit) {
        return jdbc.sql(PAGE)
                .param("device", device.value())
                .param("channel", channel.name())
                .param("start", period.start().atOffset(ZoneOffset.UTC))
                .param("end", period.end().atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, _) ->
                        new Metered(
                                row.getTimestamp("start_at").toInstant(),
                                row.getLong("seconds"),
                                row.getLong("raw_wh"),
                                row.getLong("metered_wh"),
                                row.getLong("allocated_wh"),
                                row.getBoolean("late"),
                                row.getLong("receipt")))
                .list();
    }

    /// What starts between two bounds and the next.
    ///
    /// @param intervals how many of them there are
    /// @param wattHours what stands of them after corrections
    record Sum(long intervals, long wattHours) {}

    /// The sums between each bound and the next one.
    ///
    /// @param bounds in their order
    List<Sum> sums(DeviceId device, Channel channel, List<Instant> bounds) {
        var texts = bounds.stream().map(Instant::toString).toArray(String[]::new);
        return jdbc.sql(SUMS)
                .param("lower", Arrays.copyOfRange(texts, 0, texts.length - 1))
                .param("upper", Arrays.copyOfRange(texts, 1, texts.length))
                .param("device", device.value())
                .param("channel", channel.name())
                .param("start", bounds.getFirst().atOffset(ZoneOffset.UTC))
                .param("end", bounds.getLast().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Sum(row.getLong("intervals"), row.getLong("energy_wh")))
                .list();
    }

    private static IntervalReading reading(ResultSet row) throws SQLException {
        return new IntervalReading(
                Period.starting(
                        row.getTimestamp("start_at").toInstant(),
                        Duration.ofSeconds(row.getLong("seconds"))),
                row.getLong("raw_wh"));
    }
}
