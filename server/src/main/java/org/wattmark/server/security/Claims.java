package org.wattmark.server.security;

import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/// The claims of our access tokens beyond the registered ones of RFC 7519.
final class Claims {

    /// Tells an access token from every other token that the same key signs.
    static final String TOKEN_TYPE = "token_type";

    static final String ACCESS = "access";
    static final String ORGANISATION = "organisation";
    static final String ROLES = "roles";
    static final String KIND = "actor";

    private Claims() {}

    static Actor actor(Jwt token) {
        var roles = required(ROLES, token.getClaimAsStringList(ROLES));
        return new Actor(
                required("sub", token.getSubject()),
                Actor.Kind.valueOf(required(KIND, token.getClaimAsString(KIND))),
                UUID.fromString(required(ORGANISATION, token.getClaimAsString(ORGANISATION))),
                roles.stream().map(Role::valueOf).collect(Collectors.toUnmodifiableSet()));
    }

    /// Only we sign tokens, and each has every claim.
    private static <T> T required(String name, @Nullable T value) {
        return Objects.requireNonNull(value, name);
    }
}
