package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.wattmark.testing.SettableClock;

class RateLimitsTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final RateLimits limits = new RateLimits(clock);

    @Test
    void eachKeyHasItsOwnBucketAndAnEmptyOneSaysWhenToComeAgain() {
        for (int i = 0; i < Plan.FREE.requestsPerMinute(); i++) {
            assertThat(limits.take("one", Plan.FREE).isAllowed()).isTrue();
        }

        var refused = limits.take("one", Plan.FREE);
        var other = limits.take("two", Plan.FREE);

        assertThat(refused.isAllowed()).isFalse();
        assertThat(refused.problem().status().value()).isEqualTo(429);
        assertThat(Objects.requireNonNull(refused.problem().retryAfter()))
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(other.isAllowed()).isTrue();
    }

    @Test
    void aBucketFillsEvenly() {
        for (int i = 0; i < Plan.FREE.requestsPerMinute(); i++) {
            limits.take("one", Plan.FREE);
        }

        clock.advance(Duration.ofSeconds(2));

        assertThat(limits.take("one", Plan.FREE).isAllowed()).isTrue();
        assertThat(limits.take("one", Plan.FREE).isAllowed()).isTrue();
        assertThat(limits.take("one", Plan.FREE).isAllowed()).isFalse();
    }

    @Test
    void theHeadersSayWhatIsGrantedAndWhatIsLeft() {
        var response = new MockHttpServletResponse();

        limits.take("one", Plan.FREE).writeTo(response);

        assertThat(response.getHeader("RateLimit-Policy")).isEqualTo("\"free\";q=60;w=60");
        assertThat(response.getHeader("RateLimit")).isEqualTo("\"free\";r=59;t=1");
    }
}
