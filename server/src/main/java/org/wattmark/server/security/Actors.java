package org.wattmark.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/// Who acts, from what was presented: an access token or an API key.
final class Actors {

    /// Long enough to read what is to be confirmed, too short to leave a desk.
    static final Duration RECENT = Duration.ofMinutes(5);

    private static final String HAS_PASSKEY =
            """
            select exists (select from user_entities
                join user_credentials on user_entity_user_id = id where name = :person)
            """;

    private final JdbcClient jdbc;
    private final Belonging belonging;
    private final InstantSource clock;

    Actors(JdbcClient jdbc, Belonging belonging, InstantSource clock) {
        this.jdbc = jdbc;
        this.belonging = belonging;
        this.clock = clock;
    }

    Actor of(@Nullable Authentication authentication) {
        return switch (authentication) {
            case JwtAuthenticationToken token -> {
                var jwt = token.getToken();
                var actor =
                        belonging
                                .now(Claims.actor(jwt))
                                .orElseThrow(() ->
                                        new InsufficientAuthenticationException(
                                                "whose token this is belongs here no more"));
                var at = jwt.getClaimAsInstant(Claims.SIGNED_IN_AT);
                var how = jwt.getClaimAsStringList(Claims.METHODS);
                yield actor.kind() == Actor.Kind.MACHINE
                        ? actor
                        : actor.with(signIn(actor, at, how == null ? Set.of() : Set.copyOf(how)));
            }
            case ApiKeyAuthentication key -> key.actor();
            case null, default ->
                    throw new InsufficientAuthenticationException("an access token is needed");
        };
    }

    /// Whoever has a passkey proves it by that, or, having lost it, by a recovery code; a password
    /// alone would make the passkey worth nothing.
    private Actor.SignIn signIn(Actor actor, @Nullable Instant at, Set<String> how) {
        if (at == null || at.plus(RECENT).isBefore(clock.instant())) {
            return Actor.SignIn.TOO_OLD;
        }
        boolean strong = how.contains(Claims.BY_PASSKEY) || how.contains(Claims.BY_RECOVERY_CODE);
        return strong || !hasPasskey(actor.id())
                ? Actor.SignIn.RECENT
                : Actor.SignIn.NOT_BY_PASSKEY;
    }

    boolean hasPasskey(String person) {
        return jdbc.sql(HAS_PASSKEY).param("person", person).query(Boolean.class).single();
    }

    boolean hasPasskey(UUID person) {
        return hasPasskey(person.toString());
    }
}
