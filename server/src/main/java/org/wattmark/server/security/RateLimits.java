package org.wattmark.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;

/// How often somebody may ask: a bucket each, which fills evenly over a minute.
///
/// The headers are those of draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` says how
/// much is granted in how many seconds, `RateLimit` how much is left and when the bucket is full.
final class RateLimits {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final TimeMeter meter;

    /// A bucket that nobody has asked for a window long is full, and can be made anew.
    private final Cache<Object, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(WINDOW).build();

    RateLimits(InstantSource clock) {
        this.meter =
                new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return clock.millis() * 1_000_000;
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return true;
                    }
                };
    }

    /// Takes one request of a key's.
    Taken take(Object key, Plan plan) {
        return take(key, plan.name().toLowerCase(java.util.Locale.ROOT), plan.requestsPerMinute());
    }

    /// @param who whose bucket it is
    /// @param policy what the limit is called
    Taken take(Object who, String policy, int perMinute) {
        record Key(Object who, String policy) {}
        var bucket = buckets.get(new Key(who, policy), _ -> bucket(perMinute));
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Taken(
                policy,
                perMinute,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(int perMinute) {
        return Bucket.builder()
                .addLimit(
                        Bandwidth.builder()
                                .capacity(perMinute)
                                .refillGreedy(perMinute, WINDOW)
                                .build())
                .withCustomTimePrecision(meter)
                .build();
    }

    /// What came of asking.
    ///
    /// @param reset until the bucket is full
    /// @param next until there is one more, if there was none
    record Taken(
            String policy,
            int limit,
            boolean isAllowed,
            long remaining,
            Duration reset,
            Duration next) {

        void writeTo(HttpServletResponse response) {
            response.setHeader(
                    "RateLimit-Policy",
                    "\"%s\";q=%d;w=%d".formatted(policy, limit, WINDOW.toSeconds()));
            response.setHeader(
                    "RateLimit",
                    "\"%s\";r=%d;t=%d"
                            .formatted(policy, remaining, reset.plusMillis(999).toSeconds()));
        }

        Problem problem() {
            return Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too_many_requests",
                            "The limit '%s' is %d requests a minute, and they are used up."
                                    .formatted(policy, limit))
                    .retryAfter(next);
        }
    }
}
