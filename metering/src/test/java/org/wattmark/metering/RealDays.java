package org.wattmark.metering;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.wattmark.testing.ExternalData;

/// Honest days that real plants measured, as the files beside the project hold them, by half hours.
final class RealDays {

    private static final long MOUNTAIN_TIME_SECONDS = -7 * 3_600;
    private static final int HALF_HOURS = 48;

    private RealDays() {}

    /// PVDAQ system 50 from April 2011 to December 2013, with the steps of its logger's clock.
    static List<DeviceDay> ofTheClockThatSteps() throws IOException {
        var file = ExternalData.file("pv/system50_2011_2013_DST_clock.csv.gz");
        return quarterHours("system50", new GZIPInputStream(Files.newInputStream(file)), "T");
    }

    /// The same plant in 2016.
    static List<DeviceDay> ofSerfEast() throws IOException {
        var file = ExternalData.file("pv/serf_east_15min_ac_power.csv");
        return quarterHours("serf_east", Files.newInputStream(file), " ");
    }

    private static List<DeviceDay> quarterHours(String device, InputStream file, String separator)
            throws IOException {
        var byDate = new TreeMap<LocalDate, double[]>();
        var quarterHours = new HashMap<LocalDate, Integer>();
        try (file) {
            var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (var line : lines.lines().skip(1).toList()) {
                var fields = line.split(",", -1);
                if (fields[0].isBlank()) {
                    continue;
                }
                long second =
                        OffsetDateTime.parse(fields[0].replace(separator, "T")).toEpochSecond()
                                + MOUNTAIN_TIME_SECONDS;
                var date = LocalDate.ofEpochDay(Math.floorDiv(second, 86_400L));
                int halfHour = (int) (Math.floorMod(second, 86_400L) / 1_800);
                quarterHours.merge(date, 1, Integer::sum);
                double watts = fields[1].isEmpty() ? Double.NaN : Double.parseDouble(fields[1]);
                byDate.computeIfAbsent(date, _ -> new double[HALF_HOURS])[halfHour] += watts / 2;
            }
        }
        var days = new ArrayList<DeviceDay>();
        byDate.forEach((date, watts) -> {
            boolean whole = quarterHours.getOrDefault(date, 0) == 2 * HALF_HOURS;
            if (whole && Arrays.stream(watts).filter(Double::isNaN).count() <= 4) {
                Instant start = date.atTime(7, 0).toInstant(ZoneOffset.UTC);
                days.add(
                        new DeviceDay(
                                device,
                                date,
                                start,
                                SimulatedDays.HALF_HOUR,
                                Arrays.stream(watts).map(w -> Math.rint(w * 10) / 10).toArray()));
            }
        });
        return days;
    }
}
