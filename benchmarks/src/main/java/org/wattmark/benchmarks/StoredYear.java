package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One device's year among ten million stored intervals, over HTTP.
final class StoredYear {

    /// With 35,040 quarter hours each they have ten million.
    private static final int DEVICES = 286;

    private static final int ASKED = 60;

    /// As devices send them: the day of each device together, the devices one after the other.
    private static final String FILL =
            """
            insert into interval (device_id, channel, start_at, seconds, raw_wh, energy_wh,
                metered_wh, late, receipt)
            select device, 'GENERATION', start_at, 900, wh, wh, wh, false, 0
            from generate_series(?::timestamptz, ?::timestamptz - interval '1 day', '1 day') as day,
                unnest(cast(? as uuid[])) as device,
                generate_series(day, day + interval '86399 s', '900 s') as start_at,
                lateral (select greatest(0, extract(hour from start_at)::bigint * 40)) as made (wh)
            """;

    private final Report report;
    private final ApiClient owner;
    private final JdbcClient jdbc;

    StoredYear(Report report, OwnersServer server) {
        this.report = report;
        this.owner = server.owner();
        this.jdbc = JdbcClient.create(server.database().dataSource());
    }

    void run() throws IOException, InterruptedException {
        var devices =
                Fleet.bonded(DEVICES, owner).meters().stream()
                        .map(meter -> meter.id().value())
                        .toList();
        for (int month = 1; month <= 12; month++) {
            fill(devices, month);
        }
        jdbc.sql("vacuum (analyze) interval").update(); // as autovacuum does within minutes
        long stored = jdbc.sql("select count(*) from interval").query(Long.class).single();
        report.section(
                "A device's year",
                String.format(
                        Locale.ROOT,
                        "%,d intervals are stored, in a partition for each month. %d devices are"
                                + " asked for, one after the other, by one client.",
                        stored,
                        ASKED));
        ask(
                devices,
                "365 days of energy, from 35,040 intervals",
                "/energy?from=2025-01-01&to=2026-01-01");
        ask(devices, "12 months of energy", "/energy?per=MONTH&from=2025-01-01&to=2026-01-01");
        ask(
                devices,
                "all 35,040 intervals as JSON",
                "/readings?limit=35136&from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z");
        ask(devices, "a day of 96 intervals", "/readings?limit=96&from=2025-06-01T00:00:00Z");
    }

    private void fill(List<UUID> devices, int month) {
        jdbc.sql("select interval_partition(?::date)")
                .param("2025-%02d-01".formatted(month))
                .query(Boolean.class)
                .single();
        jdbc.sql(FILL)
                .param("2025-%02d-01T00:00:00Z".formatted(month))
                .param(
                        month == 12
                                ? "2026-01-01T00:00:00Z"
                                : "2025-%02d-01T00:00:00Z".formatted(month + 1))
                .param(devices.toArray(UUID[]::new))
                .update();
    }

    private void ask(List<UUID> devices, String what, String path)
            throws IOException, InterruptedException {
        var nanos = new ArrayList<Long>();
        long bytes = 0;
        for (int i = -20; i < ASKED; i++) { // the first twenty warm up
            var id = devices.get(Math.floorMod(i * 7, DEVICES));
            long start = System.nanoTime();
            var body = owner.get("/api/v1/devices/" + id + path);
            if (i >= 0) {
                nanos.add(System.nanoTime() - start);
                bytes += body.length;
            }
            if (!new String(body, StandardCharsets.UTF_8).contains("2025-0")) {
                throw new IllegalStateException("an empty year of " + id);
            }
        }
        double seconds = nanos.stream().mapToLong(Long::longValue).sum() / 1e9;
        var measured =
                new Measurement(
                        "%s (%,d kB)".formatted(what, bytes / ASKED / 1_000),
                        ASKED,
                        Duration.ofNanos((long) (seconds * 1e9)),
                        nanos.stream().mapToLong(Long::longValue).toArray());
        report.add(Row.of(measured, "answers", measured));
    }
}
