package org.wattmark.server.metering;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.security.Actor;

/// The energy of a device by civil days or months of its site: what a chart of a year needs,
/// without the year's 35,040 quarter hours.
@RestController
class EnergyEndpoint {

    /// A leap year of days, or thirty years of months.
    private static final int MOST_PARTS = 366;

    private static final LocalDate EARLIEST = LocalDate.parse("2000-01-01");
    private static final LocalDate LATEST = LocalDate.parse("2200-01-01");

    private final BondedDevices devices;
    private final JdbcReadings readings;

    EnergyEndpoint(BondedDevices devices, JdbcReadings readings) {
        this.devices = devices;
        this.readings = readings;
    }

    /// How long a part is.
    enum Per {
        DAY(Period.ofDays(1)),
        MONTH(Period.ofMonths(1));

        private final Period length;

        Per(Period length) {
            this.length = length;
        }

        /// The first days of all parts from one day on, and the day on which the last part ends.
        List<LocalDate> days(LocalDate from, LocalDate to) {
            var days = new ArrayList<LocalDate>();
            var day = this == MONTH ? from.withDayOfMonth(1) : from;
            for (; day.isBefore(to) && days.size() <= MOST_PARTS; day = day.plus(length)) {
                days.add(day);
            }
            days.add(day);
            return days;
        }
    }

    /// @param zone in which days begin: the site's
    /// @param data a part for each day or month, those without intervals too
    record EnergyByTime(
            UUID deviceId,
            Channel channel,
            Per per,
            ZoneId zone,
            long intervals,
            long wattHours,
            List<Part> data) {}

    /// @param from its first day
    /// @param intervals that start in it and were accepted
    /// @param wattHours what stands of them after corrections; late ones count here too
    record Part(LocalDate from, long intervals, long wattHours) {}

    /// What a device of yours metered, summed by civil days or months.
    ///
    /// @param from the first day; with MONTH, its whole month
    /// @param to the day before which all ends
    @GetMapping("/api/v1/devices/{id}/energy")
    EnergyByTime energy(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(defaultValue = "GENERATION") Channel channel,
            @RequestParam(defaultValue = "DAY") Per per) {
        var device =
                devices.find(new DeviceId(id), actor.organisation())
                        .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                        .device();
        requireSensible(from, to);
        var days = per.days(from, to);
        if (days.size() - 1 > MOST_PARTS) {
            throw Fields.invalid(
                    "?to",
                    to + " lies more than " + MOST_PARTS + " times a " + per + " after " + from);
        }
        var zone = device.site().zone();
        var bounds = days.stream().map(day -> day.atStartOfDay(zone).toInstant()).toList();
        var sums = readings.sums(device.id(), channel, bounds);
        var parts = new ArrayList<Part>();
        for (int i = 0; i < sums.size(); i++) {
            parts.add(new Part(days.get(i), sums.get(i).intervals(), sums.get(i).wattHours()));
        }
        return new EnergyByTime(
                id,
                channel,
                per,
                zone,
                sums.stream().mapToLong(JdbcReadings.Sum::intervals).sum(),
                sums.stream().mapToLong(JdbcReadings.Sum::wattHours).sum(),
                List.copyOf(parts));
    }

    private static void requireSensible(LocalDate from, LocalDate to) {
        if (from.isBefore(EARLIEST)) {
            throw Fields.invalid("?from", from + " lies before " + EARLIEST);
        }
        if (to.isAfter(LATEST)) {
            throw Fields.invalid("?to", to + " lies after " + LATEST);
        }
        if (!from.isBefore(to)) {
            throw Fields.invalid("?to", to + " does not lie after " + from);
        }
    }
}
