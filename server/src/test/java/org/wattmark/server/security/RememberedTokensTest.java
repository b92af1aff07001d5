package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.wattmark.testing.SettableClock;

class RememberedTokensTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final List<String> checked = new ArrayList<>();
    private final RememberedTokens tokens =
            new RememberedTokens(this::checkSignature, this::checkAge);

    private Jwt checkSignature(String token) {
        checked.add(token);
        if (token.startsWith("forged")) {
            throw new BadJwtException("not signed by us");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .subject(token)
                .expiresAt(NOON.plusSeconds(60))
                .build();
    }

    private OAuth2TokenValidatorResult checkAge(Jwt token) {
        var end = token.getExpiresAt();
        return end != null && clock.instant().isBefore(end)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("expired"));
    }

    @Test
    void aSignatureIsCheckedOnceForEachToken() {
        tokens.decode("one");
        tokens.decode("two");

        assertThat(tokens.decode("one").getSubject()).isEqualTo("one");

        assertThat(checked).containsExactly("one", "two");
    }

    @Test
    void aKnownTokenIsRefusedOnceItHasExpired() {
        tokens.decode("one");

        clock.advance(Duration.ofSeconds(60));

        assertThatThrownBy(() -> tokens.decode("one")).isInstanceOf(JwtValidationException.class);
    }

    @Test
    void aForgedTokenIsRefusedEachTimeAndNeverRemembered() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(JwtException.class);
        }

        assertThat(checked).containsExactly("forged", "forged");
    }
}
