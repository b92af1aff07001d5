package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.testing.SettableClock;

class SignInPausesTest {

    private static final String ADDRESS = "somebody@example.org";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final List<Object> told = new ArrayList<>();
    private final SignInPauses pauses =
            new SignInPauses(
                    JdbcClient.create(TestPostgres.freshDatabase().dataSource()), clock, told::add);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            pauses.failed(ADDRESS, Optional.of(new UUID(0, 1)));
        }
    }

    @Test
    void someFailuresAreFreeAndThenThereIsAPauseThatIsTold() {
        fail(SignInPauses.FREE_FAILURES - 1);
        assertThat(pauses.isPaused(ADDRESS)).isFalse();

        fail(1);

        assertThat(pauses.isPaused(ADDRESS)).isTrue();
        assertThat(pauses.isPaused("another@example.org")).isFalse();
        assertThat(told).hasSize(1);
        clock.advance(SignInPauses.FIRST);
        assertThat(pauses.isPaused(ADDRESS)).isFalse();
    }

    @Test
    void eachFurtherPauseIsTwiceAsLongUpToAnHour() {
        assertThat(SignInPauses.pauseAfter(5)).isEqualTo(Duration.ofMinutes(1));
        assertThat(SignInPauses.pauseAfter(6)).isEqualTo(Duration.ofMinutes(2));
        assertThat(SignInPauses.pauseAfter(10)).isEqualTo(Duration.ofMinutes(32));
        assertThat(SignInPauses.pauseAfter(11)).isEqualTo(Duration.ofHours(1));
        assertThat(SignInPauses.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void successAndADayWithoutFailureForgetThem() {
        fail(SignInPauses.FREE_FAILURES - 1);
        pauses.forget(ADDRESS);
        fail(SignInPauses.FREE_FAILURES - 1);
        clock.advance(Duration.ofDays(1).plusSeconds(1));
        fail(SignInPauses.FREE_FAILURES - 1);

        assertThat(pauses.isPaused(ADDRESS)).isFalse();
    }
}
