package org.wattmark.server.metering;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.MakerId;
import org.wattmark.server.problem.Problem;

/// Secrets that opened nothing, by who showed them. Counted for each organisation, so that nobody
/// can keep an owner from bonding.
final class BondAttempts {

    /// As many as a person with a bad camera needs; nobody guesses 256 bits by so few.
    static final int MOST = 10;

    static final Duration WITHIN = Duration.ofHours(1);

    private static final String RECENT =
            """
            select at from bond_attempt where organisation_id = :organisation and at > :since
            order by at desc offset :most limit 1
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    BondAttempts(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Answers 429 after too many.
    void requireFew(UUID organisation) {
        var now = clock.instant();
        jdbc.sql(RECENT)
                .param("organisation", organisation)
                .param("since", now.minus(WITHIN).atOffset(ZoneOffset.UTC))
                .param("most", MOST - 1)
                .query((row, _) -> row.getTimestamp("at").toInstant())
                .optional()
                .ifPresent(first -> {
                    throw Problem.of(
                                    HttpStatus.TOO_MANY_REQUESTS,
                                    "too_many_secrets",
                                    MOST
                                            + " secrets that opened nothing came from you within "
                                            + WITHIN.toMinutes()
                                            + " minutes. Wait, and scan the code in the box"
                                            + " again.")
                            .retryAfter(Duration.between(now, first.plus(WITHIN)).plusSeconds(1))
                            .asException();
                });
    }

    void note(UUID organisation, MakerId device) {
        var now = clock.instant();
        jdbc.sql("delete from bond_attempt where at < :before")
                .param("before", now.minus(WITHIN).atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("insert into bond_attempt (organisation_id, maker_id, at) values (?, ?, ?)")
                .params(organisation, device.bytes(), now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
