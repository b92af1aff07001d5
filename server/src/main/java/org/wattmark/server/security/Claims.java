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

    /// When the person last proved who they are (OpenID Connect Core 2; RFC 9470, 6.1).
    static final String SIGNED_IN_AT = "auth_time";

    /// How: authentication method references of RFC 8176.
    static final String METHODS = "amr";

    static final String BY_PASSWORD = "pwd";

    /// Proof of possession of a key, which is what a passkey is.
    static final String BY_PASSKEY = "pop";

    static final String BY_RECOVERY_CODE = "otp";

    /// As another provider said; it may have asked for more than we know of.
    static final String BY_ANOTHER_PROVIDER = "ext";

    /// `acr_values` of OpenID Connect EAP ACR: what asks for a passkey.
    static final String PHISHING_RESISTANT = "phr";

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
