package org.wattmark.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/// Checks the signature of a token once, because what was signed stays signed, and at each use what
/// may change: whether it has expired.
final class RememberedTokens implements JwtDecoder {

    private static final int MOST = 10_000;

    /// So long at the most a key that is no longer trusted is believed.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final JwtDecoder signatures;
    private final OAuth2TokenValidator<Jwt> rules;
    private final Cache<String, Jwt> signed =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    /// @param signatures checks a token that was not seen before, with the rules
    RememberedTokens(JwtDecoder signatures, OAuth2TokenValidator<Jwt> rules) {
        this.signatures = signatures;
        this.rules = rules;
    }

    @Override
    public Jwt decode(String token) {
        var known = signed.getIfPresent(token);
        if (known == null) {
            var jwt = signatures.decode(token);
            signed.put(token, jwt);
            return jwt;
        }
        var verdict = rules.validate(known);
        if (verdict.hasErrors()) {
            throw new JwtValidationException(
                    "the token is not valid any more", verdict.getErrors());
        }
        return known;
    }
}
