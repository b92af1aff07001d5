package org.wattmark.server.accounts;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityChecks;
import org.wattmark.emissions.ActivityFinding;
import org.wattmark.emissions.ActivityKind;
import org.wattmark.units.Energy;

/// Which meters count what a site's electricity is billed for, and what they counted for the days
/// of a bill.
final class SiteMeters {

    /// What the meters of each bill's supply took from the grid in its days, which are those of the
    /// meter's own time zone; and for how many seconds they say so.
    private static final String COUNTED =
            """
            select bill.id, sum(counted.watt_hours)::bigint as watt_hours,
                sum(counted.seconds)::bigint as seconds,
                sum(extract(epoch from bill.last at time zone device.zone
                    - bill.first at time zone device.zone))::bigint as due
            from unnest(:bills::uuid[], :sites::uuid[], :supplies::text[], :firsts::timestamp[],
                :lasts::timestamp[]) as bill (id, site, supply, first, last)
            join account_site_meter meter on meter.organisation_id = :organisation
                and meter.site_id = bill.site and meter.supply = bill.supply
            join device on device.id = meter.device_id and device.owner_id = :organisation
            cross join lateral (
                select coalesce(sum(metered_wh), 0) as watt_hours,
                    coalesce(sum(interval.seconds), 0) as seconds
                from interval
                where interval.device_id = device.id and channel = 'IMPORT'
                    and start_at >= bill.first at time zone device.zone
                    and start_at < bill.last at time zone device.zone) counted
            group by bill.id
            """;

    private final JdbcClient jdbc;

    SiteMeters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param supply the meter that the bills name; empty if they name none
    record Meter(UUID device, UUID site, String supply) {}

    List<Meter> of(UUID organisation) {
        return jdbc.sql(
                        """
                        select * from account_site_meter
                        where organisation_id = :organisation order by site_id, device_id
                        """)
                .param("organisation", organisation)
                .query((row, _) ->
                        new Meter(
                                row.getObject("device_id", UUID.class),
                                row.getObject("site_id", UUID.class),
                                row.getString("supply")))
                .list();
    }

    boolean owns(UUID organisation, UUID device) {
        return jdbc.sql(
                        """
                        select exists (select from device
                            where id = :device and owner_id = :organisation)
                        """)
                .param("device", device)
                .param("organisation", organisation)
                .query(Boolean.class)
                .single();
    }

    void put(UUID organisation, Meter meter, String by) {
        jdbc.sql(
                        """
                        insert into account_site_meter
                            (organisation_id, device_id, site_id, supply, recorded_by)
                        values (:organisation, :device, :site, :supply, :by)
                        on conflict (organisation_id, device_id) do update
                            set site_id = excluded.site_id, supply = excluded.supply,
                                recorded_by = excluded.recorded_by, recorded_at = now()
                        """)
                .param("organisation", organisation)
                .param("device", meter.device())
                .param("site", meter.site())
                .param("supply", meter.supply())
                .param("by", by)
                .update();
    }

    boolean remove(UUID organisation, UUID site, UUID device) {
        return jdbc.sql(
                                """
                                delete from account_site_meter
                                where organisation_id = :organisation and device_id = :device
                                    and site_id = :site
                                """)
                        .param("organisation", organisation)
                        .param("device", device)
                        .param("site", site)
                        .update()
                == 1;
    }

    /// What a bill's meters say.
    ///
    /// @param seconds of the bill's days that they speak of, of those that are `due`
    private record Counted(UUID bill, Energy energy, long seconds, long due) {}

    /// Bills of electricity against what the meters of their supply counted in the same days.
    List<ActivityFinding> findings(UUID organisation, List<Activity> activities) {
        var meters = of(organisation);
        var bills =
                activities.stream()
                        .filter(each -> each.item().kind() == ActivityKind.ELECTRICITY)
                        .filter(each ->
                                meters.stream()
                                        .anyMatch(meter ->
                                                meter.site().equals(each.site().id())
                                                        && meter.supply().equals(supplyOf(each))))
                        .toList();
        if (bills.isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<ActivityFinding>();
        var counted = counted(organisation, bills);
        for (var bill : bills) {
            counted.stream()
                    .filter(each -> each.bill().equals(bill.id()) && each.seconds() > 0)
                    .forEach(each ->
                            ActivityChecks.billAgainstMeter(
                                            bill, each.energy(), each.seconds(), each.due())
                                    .ifPresent(findings::add));
        }
        return List.copyOf(findings);
    }

    private static String supplyOf(Activity bill) {
        return bill.meter().orElse("");
    }

    private List<Counted> counted(UUID organisation, List<Activity> bills) {
        return jdbc.sql(COUNTED)
                .param("organisation", organisation)
                .param("bills", bills.stream().map(Activity::id).toArray(UUID[]::new))
                .param("sites", bills.stream().map(it -> it.site().id()).toArray(UUID[]::new))
                .param("supplies", bills.stream().map(SiteMeters::supplyOf).toArray(String[]::new))
                .param("firsts", days(bills, false))
                .param("lasts", days(bills, true))
                .query((row, _) ->
                        new Counted(
                                row.getObject("id", UUID.class),
                                new Energy(row.getLong("watt_hours")),
                                row.getLong("seconds"),
                                row.getLong("due")))
                .list();
    }

    private static Date[] days(List<Activity> bills, boolean ends) {
        return bills.stream()
                .map(it -> ends ? it.period().end() : it.period().start())
                .map((LocalDate day) -> Date.valueOf(day))
                .toArray(Date[]::new);
    }
}
