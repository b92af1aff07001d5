package org.wattmark.server.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Whether who acts by a token still belongs to the organisation that it names, and as what: a
/// token says how it was when it was made.
///
/// It is looked up anew each second, so a removal counts on every server within that, and at once
/// on the one that was told of it.
public final class Belonging {

    private static final Duration AGE = Duration.ofSeconds(1);

    private record Key(UUID organisation, String id, Actor.Kind kind) {}

    private final LoadingCache<Key, Optional<Set<Role>>> known;

    Belonging(Members members) {
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(10_000)
                        .expireAfterWrite(AGE)
                        .build(key -> members.rolesNow(key.kind(), key.id(), key.organisation()));
    }

    /// The same actor with the roles of the token that they still have; empty if they belong there
    /// no more. What they were given since comes with the next token.
    Optional<Actor> now(Actor said) {
        return known.get(new Key(said.organisation(), said.id(), said.kind()))
                .map(held -> {
                    var roles = EnumSet.noneOf(Role.class);
                    roles.addAll(said.roles());
                    roles.retainAll(held);
                    return new Actor(
                            said.id(), said.kind(), said.organisation(), roles, said.signIn());
                });
    }

    /// To be told when something has changed here of whom or what this id names.
    public void forget(UUID organisation, String id) {
        for (var kind : Actor.Kind.values()) {
            known.invalidate(new Key(organisation, id, kind));
        }
    }
}
