package org.wattmark.server.rewards;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What devices have earned on a day so far, as the last accrual left it. It is for showing: what
/// is paid follows from the ledger alone.
public final class RewardedDays {

    /// The cap is the day's own, or else that of the terms in force on it.
    private static final String OF_DEVICES =
            """
            select wanted.device, reward_programme.id, test, currency,
                coalesce(reward_day.cap_wh, (
                    select daily_cap_wh from reward_terms
                    where programme_id = reward_programme.id and from_day <= wanted.day
                    order by from_day desc limit 1)) as cap_wh,
                coalesce(rewarded_wh, 0) as rewarded_wh,
                coalesce(floor(granted_micros), 0)::bigint as micros
            from unnest(:devices::uuid[], :days::date[]) as wanted (device, day)
            join reward_device on reward_device.device_id = wanted.device
                and reward_device.from_day <= wanted.day
            join reward_programme on reward_programme.id = reward_device.programme_id
            left join reward_day on reward_day.programme_id = reward_device.programme_id
                and reward_day.device_id = reward_device.device_id
                and reward_day.day = wanted.day
            order by wanted.device, reward_programme.id
            """;

    private static final String OF_ALL =
            """
            select test, currency, sum(cap_wh)::bigint as cap_wh,
                sum(rewarded_wh)::bigint as rewarded_wh,
                floor(sum(granted_micros))::bigint as micros
            from reward_day join reward_programme on reward_programme.id = programme_id
            where day = :day group by test, currency order by test, currency
            """;

    private final JdbcClient jdbc;

    public RewardedDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What a device has earned in one programme.
    ///
    /// @param test whether the programme is one for simulated devices, whose rewards are no money
    /// @param capWattHours the most of the day that is rewarded
    /// @param capUsedWattHours how much of it is used: what was rewarded so far
    /// @param micros the reward in millionths of the currency's main unit, rounded down
    public record Earned(
            UUID programmeId,
            boolean test,
            String currency,
            long capWattHours,
            long capUsedWattHours,
            long micros) {}

    /// The programmes that each device takes part in on that civil day of its site, with nothing
    /// earned where nothing was rewarded yet. A device that takes part in none is not there.
    ///
    /// @param days by device
    public Map<UUID, List<Earned>> of(Map<UUID, LocalDate> days) {
        var wanted = List.copyOf(days.entrySet());
        var earned = new HashMap<UUID, List<Earned>>();
        jdbc.sql(OF_DEVICES)
                .param("devices", wanted.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .param(
                        "days",
                        wanted.stream()
                                .map(day -> Date.valueOf(day.getValue()))
                                .toArray(Date[]::new))
                .query(row -> {
                    earned.computeIfAbsent(
                                    row.getObject("device", UUID.class), _ -> new ArrayList<>())
                            .add(
                                    new Earned(
                                            row.getObject("id", UUID.class),
                                            row.getBoolean("test"),
                                            row.getString("currency"),
                                            row.getLong("cap_wh"),
                                            row.getLong("rewarded_wh"),
                                            row.getLong("micros")));
                });
        return earned;
    }

    /// What all devices that were rewarded have earned in one currency.
    ///
    /// @param capWattHours the caps of these devices together
    /// @param micros in millionths of the currency's main unit, rounded down once
    public record Total(String currency, long capWattHours, long capUsedWattHours, long micros) {}

    /// Of the days that bear this date, wherever the device is; by whether the programme is a test.
    public Map<Boolean, List<Total>> total(LocalDate day) {
        var totals = new HashMap<Boolean, List<Total>>();
        jdbc.sql(OF_ALL)
                .param("day", day)
                .query(row -> {
                    totals.merge(
                            row.getBoolean("test"),
                            List.of(
                                    new Total(
                                            row.getString("currency"),
                                            row.getLong("cap_wh"),
                                            row.getLong("rewarded_wh"),
                                            row.getLong("micros"))),
                            RewardedDays::both);
                });
        return totals;
    }

    private static List<Total> both(List<Total> some, List<Total> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
