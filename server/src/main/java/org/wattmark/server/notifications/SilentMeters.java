package org.wattmark.server.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds meters that used to send and do not any more.
final class SilentMeters {

    /// Meters may queue what they measure for a day without anybody being alarmed.
    static final Duration SILENT = Duration.ofDays(2);

    /// Who has been silent for so long is not a meter in trouble but one out of use.
    private static final Duration FORGOTTEN = Duration.ofDays(14);

    private static final String SILENT_SINCE =
            """
            select device.id, owner_id, last_end
            from device cross join lateral (
                select max(last_end) as last_end from reading_batch
                where device_id = device.id
                    and sequence > (select last_sequence - 3 from device_progress
                        where device_progress.device_id = device.id)) as batches
            where last_end between :forgotten and :silent
            """;

    private final JdbcClient jdbc;
    private final Telling telling;
    private final InstantSource clock;

    SilentMeters(JdbcClient jdbc, Telling telling, InstantSource clock) {
        this.jdbc = jdbc;
        this.telling = telling;
        this.clock = clock;
    }

    /// Each silence is told once: its source is the device and what came last.
    void tell() {
        var now = clock.instant();
        jdbc.sql(SILENT_SINCE)
                .param("forgotten", Timestamp.from(now.minus(FORGOTTEN)))
                .param("silent", Timestamp.from(now.minus(SILENT)))
                .query((row, _) -> message(row, now))
                .list()
                .forEach(telling::tell);
    }

    private static Telling.Message message(ResultSet row, Instant now) throws SQLException {
        var device = row.getObject("id", UUID.class);
        var last = row.getTimestamp("last_end").toInstant();
        return new Telling.Message(
                "silent/" + device + "/" + last,
                Kind.METER_SILENT,
                Optional.of(row.getObject("owner_id", UUID.class)),
                device.toString(),
                last.toString(),
                now);
    }
}
