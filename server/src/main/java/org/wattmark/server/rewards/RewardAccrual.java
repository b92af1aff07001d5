package org.wattmark.server.rewards;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Intake;
import org.wattmark.rewards.Accrual;
import org.wattmark.rewards.AccrueRewards;
import org.wattmark.rewards.CorrectReward;
import org.wattmark.rewards.Correction;
import org.wattmark.rewards.MeteredInterval;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.metering.JdbcReadings;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// Rewards what was metered since the last time, and takes back what was corrected. Done twice it
/// does no harm: the rules reward an interval once.
///
/// What cannot be rewarded now is not asked for, so that no refusal is entered in the journal again
/// and again: an interval with a finding that says HOLD, a day that is too good for its panels, a
/// day without a tariff, an owner or a pool that is frozen.
final class RewardAccrual {

    /// Of one device at once: four months of quarter hours.
    private static final int MOST_INTERVALS = 12_000;

    private static final int MOST_CORRECTIONS = 1_000;

    /// Devices that have said something since, and may earn.
    private static final String DUE =
            """
            select reward_device.programme_id, reward_device.device_id, zone, from_day, region,
                currency, coalesce(last_sequence, 0) as last_sequence
            from reward_device
            join reward_programme on reward_programme.id = reward_device.programme_id
            left join device_progress on device_progress.device_id = reward_device.device_id
            where not exists (
                select from account where standing <> 'OPEN' and account.id in (
                    case when test then 'test:' else '' end || 'holder:' || owner_id,
                    case when test then 'test:' else '' end || 'system:reward-pool-'
                        || reward_programme.id))
            order by rank
            """;

    /// Whatever was not rewarded yet, and whether a finding holds it.
    private static final String UNREWARDED =
            """
            select start_at, seconds, metered_wh, exists (
                    select from finding
                    where finding.device_id = :device and finding.channel = 'GENERATION'
                        and outcome = 'HOLD'
                        and finding.start_at < interval.start_at
                            + make_interval(secs => interval.seconds)
                        and finding.end_at > interval.start_at) as held
            from interval
            where device_id = :device and channel = 'GENERATION' and start_at >= :from
                and not (select rewarded @> interval.start_at from reward_device
                    where programme_id = :programme and device_id = :device)
            order by start_at limit :most
            """;

    private static final String FIRST_TARIFF =
            """
            select min(from_day) from reward_tariff
            where region = :region and currency = :currency
            """;

    private static final String CORRECTED =
            """
            select reward.programme_id, reward.device_id, reward.start_at, reward.seconds,
                reward.metered_wh, interval.metered_wh as stands
            from interval
            join reward on reward.device_id = interval.device_id
                and reward.start_at = interval.start_at
            left join reward_correction
                on reward_correction.programme_id = reward.programme_id
                and reward_correction.device_id = reward.device_id
                and reward_correction.start_at = reward.start_at
            where channel = 'GENERATION' and interval.metered_wh < interval.energy_wh
                and interval.metered_wh
                    < coalesce(reward_correction.metered_wh, reward.metered_wh)
            limit :most
            """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final BondedDevices devices;
    private final JdbcReadings readings;
    private final InstantSource clock;

    /// Of each device of which nothing was left to reward: the batch after which that was so.
    private final Map<Key, Long> done = new HashMap<>();

    RewardAccrual(
            Sequencer sequencer,
            JdbcClient jdbc,
            BondedDevices devices,
            JdbcReadings readings,
            InstantSource clock) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.devices = devices;
        this.readings = readings;
        this.clock = clock;
    }

    private record Key(UUID programme, DeviceId device) {}

    private record Due(
            Key key,
            ZoneId zone,
            LocalDate from,
            String region,
            String currency,
            long lastSequence) {}

    /// One round over all devices.
    ///
    /// @return how many accruals and corrections were made
    synchronized int run() {
        int made = corrections();
        for (var due : jdbc.sql(DUE).query((row, _) -> due(row)).list()) {
            if (!sequencer.isLeading() || Thread.currentThread().isInterrupted()) {
                return made;
            }
            if (done.getOrDefault(due.key(), -1L) != due.lastSequence()) {
                made += accrue(due);
            }
        }
        return made;
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                new Key(
                        row.getObject("programme_id", UUID.class),
                        new DeviceId(row.getObject("device_id", UUID.class))),
                ZoneId.of(row.getString("zone")),
                row.getObject("from_day", LocalDate.class),
                row.getString("region"),
                row.getString("currency"),
                row.getLong("last_sequence"));
    }

    private int accrue(Due due) {
        var device = devices.find(due.key().device()).orElseThrow().device();
        var unrewarded = unrewarded(due);
        var days = new TreeMap<LocalDate, List<MeteredInterval>>();
        for (var each : unrewarded) {
            if (!each.waits()) {
                var day = LocalDate.ofInstant(each.interval().period().start(), due.zone());
                days.computeIfAbsent(day, _ -> new ArrayList<>()).add(each.interval());
            }
        }
        var firstTariff = firstTariff(due);
        int made = 0;
        int rewarded = 0;
        for (var day : days.entrySet()) {
            boolean priced = firstTariff != null && !day.getKey().isBefore(firstTariff);
            if (priced && isPlausible(device, day.getKey()) && accrue(due, day.getValue())) {
                made++;
                rewarded += day.getValue().size();
            }
        }
        if (rewarded == unrewarded.size() && rewarded < MOST_INTERVALS) {
            done.put(due.key(), due.lastSequence());
        }
        return made;
    }

    /// @param waits for the end of a finding, or its own
    private record Unrewarded(MeteredInterval interval, boolean waits) {}

    private List<Unrewarded> unrewarded(Due due) {
        var now = clock.instant();
        return jdbc.sql(UNREWARDED)
                .param("device", due.key().device().value())
                .param("programme", due.key().programme())
                .param("from", Timestamp.from(due.from().atStartOfDay(due.zone()).toInstant()))
                .param("most", MOST_INTERVALS)
                .query((row, _) -> {
                    var interval = interval(row);
                    return new Unrewarded(
                            interval,
                            row.getBoolean("held") || interval.period().end().isAfter(now));
                })
                .list();
    }

    private static MeteredInterval interval(ResultSet row) throws SQLException {
        return new MeteredInterval(period(row), new Energy(row.getLong("metered_wh")));
    }

    private static Period period(ResultSet row) throws SQLException {
        return Period.starting(
                row.getTimestamp("start_at").toInstant(),
                Duration.ofSeconds(row.getLong("seconds")));
    }

    /// Null if no tariff applies in the region: its days wait.
    private @Nullable LocalDate firstTariff(Due due) {
        return jdbc.sql(FIRST_TARIFF)
                .param("region", due.region())
                .param("currency", due.currency())
                .query((row, _) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single()
                .orElse(null);
    }

    /// A day with more than its mounting can make waits, as it would in a claim.
    private boolean isPlausible(Device device, LocalDate day) {
        var zone = device.site().zone();
        var period =
                new Period(
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(2).atStartOfDay(zone).toInstant());
        var ofDay =
                readings.in(device.id(), Channel.GENERATION, period).stream()
                        .filter(each ->
                                LocalDate.ofInstant(each.interval().start(), zone).equals(day))
                        .toList();
        return Intake.days(device, Channel.GENERATION, ofDay).isEmpty();
    }

    private boolean accrue(Due due, List<MeteredInterval> intervals) {
        var command =
                new AccrueRewards(
                        UUID.randomUUID(), due.key().programme(), due.key().device(), intervals);
        return sequencer.apply(command) instanceof Accrual.Accrued;
    }

    private int corrections() {
        var commands =
                jdbc.sql(CORRECTED)
                        .param("most", MOST_CORRECTIONS)
                        .query((row, _) ->
                                new CorrectReward(
                                        UUID.randomUUID(),
                                        row.getObject("programme_id", UUID.class),
                                        new DeviceId(row.getObject("device_id", UUID.class)),
                                        period(row),
                                        new Energy(row.getLong("metered_wh")),
                                        new Energy(row.getLong("stands"))))
                        .list();
        int made = 0;
        for (var command : commands) {
            if (sequencer.apply(command) instanceof Correction.Corrected) {
                made++;
            }
        }
        return made;
    }
}
