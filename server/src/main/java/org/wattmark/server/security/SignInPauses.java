package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.units.Sha256;

/// Pauses sign-in for an address after wrong passwords in a row, each time for longer.
///
/// NIST SP 800-63B-4 (3.2.2) wants at most 100 failures in a row; five before the first pause, and
/// an hour at the most, allow some thirty a day and do not lock anybody out for good. Unknown
/// addresses are counted too, so a pause does not tell that there is an account.
final class SignInPauses {

    static final int FREE_FAILURES = 5;

    static final Duration FIRST = Duration.ofMinutes(1);

    static final Duration LONGEST = Duration.ofHours(1);

    /// Failures that are older are no longer "in a row".
    private static final Duration MEMORY = Duration.ofDays(1);

    private static final String COUNT =
            """
            insert into sign_in_failure (address_sha256, failures, last_at)
            values (:address, 1, :now)
            on conflict (address_sha256) do update set
                failures = case when sign_in_failure.last_at < :forgotten then 1
                    else sign_in_failure.failures + 1 end,
                last_at = :now
            returning failures
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    SignInPauses(JdbcClient jdbc, InstantSource clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    boolean isPaused(String address) {
        return jdbc.sql(
                        """
                        select exists (select from sign_in_failure
                            where address_sha256 = :address and paused_until > :now)
                        """)
                .param("address", hash(address))
                .param("now", at(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /// Counts a failure, and pauses if there were too many.
    void failed(String address, Optional<UUID> person) {
        var now = clock.instant();
        int failures =
                jdbc.sql(COUNT)
                        .param("address", hash(address))
                        .param("now", at(now))
                        .param("forgotten", at(now.minus(MEMORY)))
                        .query(Integer.class)
                        .single();
        if (failures == 1) {
            forgetOld(now);
        }
        if (failures < FREE_FAILURES) {
            return;
        }
        var pause = pauseAfter(failures);
        jdbc.sql("update sign_in_failure set paused_until = :end where address_sha256 = :address")
                .param("end", at(now.plus(pause)))
                .param("address", hash(address))
                .update();
        person.ifPresent(known ->
                events.publishEvent(
                        new SecurityEvent(
                                SecurityEvent.Kind.SIGN_IN_PAUSED,
                                known,
                                false,
                                failures + " failures, " + pause)));
    }

    /// A minute, then twice as long each time.
    static Duration pauseAfter(int failures) {
        int doublings = Math.min(failures - FREE_FAILURES, 10);
        var pause = FIRST.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    void forget(String address) {
        jdbc.sql("delete from sign_in_failure where address_sha256 = :address")
                .param("address", hash(address))
                .update();
    }

    private void forgetOld(Instant now) {
        jdbc.sql("delete from sign_in_failure where last_at < :forgotten")
                .param("forgotten", at(now.minus(MEMORY)))
                .update();
    }

    private static byte[] hash(String address) {
        return Sha256.of(address.getBytes(UTF_8));
    }

    private static java.time.OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
