package org.wattmark.server.security;

import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// That a request came with an API key which counts.
final class ApiKeyAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final UUID key;
    private final transient Actor actor;
    private final Plan plan;

    ApiKeyAuthentication(UUID key, Actor actor, Collection<String> scopes, Plan plan) {
        super(
                Stream.concat(
                                scopes.stream().map(scope -> "SCOPE_" + scope),
                                actor.roles().stream().map(role -> "ROLE_" + role))
                        .map(SimpleGrantedAuthority::new)
                        .toList());
        this.key = key;
        this.actor = actor;
        this.plan = plan;
        setAuthenticated(true);
    }

    Actor actor() {
        return actor;
    }

    UUID key() {
        return key;
    }

    Plan plan() {
        return plan;
    }

    /// The key itself is forgotten as soon as it was looked up.
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return actor.id();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKeyAuthentication it && it.key.equals(key) && super.equals(it);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
