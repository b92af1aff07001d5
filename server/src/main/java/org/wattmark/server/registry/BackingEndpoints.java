package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.Use;
import org.wattmark.metering.Channel;
import org.wattmark.units.Period;

/// What metered energy backs: anyone may ask, and the answer names one live claim at most.
@RestController
@Tag(name = "Claims")
class BackingEndpoints {

    private static final String CLAIMS_AT =
            """
            select claim_id, use, status, lower(during) as lower, upper(during) as upper
            from allocation
            where device_id = :device and channel = :channel and during @> cast(:at as timestamptz)
            order by claim_id
            """;

    private final JdbcClient jdbc;

    BackingEndpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Released claims are listed too: they had the energy once, and have it no more.
    ///
    /// @param at an instant of the interval that is meant
    @GetMapping("/api/v1/public/devices/{id}/backing")
    Backing backing(
            @PathVariable UUID id,
            @RequestParam Instant at,
            @RequestParam(defaultValue = "GENERATION") Channel channel) {
        return new Backing(
                id,
                channel,
                at,
                jdbc.sql(CLAIMS_AT)
                        .param("device", id)
                        .param("channel", channel.name())
                        .param("at", Timestamp.from(at))
                        .query(BackingEndpoints::claim)
                        .list());
    }

    private static BackedClaim claim(ResultSet row, int unused) throws SQLException {
        return new BackedClaim(
                row.getObject("claim_id", UUID.class),
                Use.valueOf(row.getString("use")),
                AllocationStatus.valueOf(row.getString("status")),
                new Period(
                        row.getTimestamp("lower").toInstant(),
                        row.getTimestamp("upper").toInstant()));
    }

    record Backing(UUID device, Channel channel, Instant at, List<BackedClaim> claims) {}

    record BackedClaim(UUID claim, Use use, AllocationStatus status, Period period) {}
}
