package org.wattmark.server.organisations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.ApiKeys;
import org.wattmark.server.security.KeyText;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;

/// The keys and clients of an organisation's machines: made, replaced and revoked.
final class Keyring {

    private final AccessBook book;
    private final ApiKeys keys;
    private final Members members;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Keyring(AccessBook book, ApiKeys keys, Members members, JdbcClient jdbc, InstantSource clock) {
        this.book = book;
        this.keys = keys;
        this.members = members;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// What a machine may do.
    record Grant(String name, List<String> scopes, Set<Role> roles) {

        Grant {
            scopes = List.copyOf(new TreeSet<>(scopes));
            roles = Set.copyOf(roles);
        }

        String text() {
            return name + " " + String.join(" ", scopes) + " " + Memberships.list(roles);
        }
    }

    /// A key as lists show it.
    ///
    /// @param hint its first characters
    record Key(
            UUID id,
            String name,
            String hint,
            List<String> scopes,
            Set<Role> roles,
            String madeBy,
            Instant madeAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            @Nullable UUID replaces) {

        Key {
            scopes = List.copyOf(scopes);
            roles = Set.copyOf(roles);
        }
    }

    /// A secret that is shown this once.
    record Secret(UUID id, String text, Instant expiresAt, AccessBook.Made made) {

        @Override
        public String toString() {
            return "Secret[" + id + "]";
        }
    }

    /// What roles a machine gets: those that are asked for, or all that its maker has. Who makes it
    /// cannot give what they have not, and no machine is an owner.
    static Set<Role> rolesFor(@Nullable List<Role> wanted, Actor actor) {
        var possible = EnumSet.noneOf(Role.class);
        possible.addAll(actor.roles());
        possible.remove(Role.OWNER);
        if (wanted == null) {
            return possible;
        }
        if (!possible.containsAll(wanted) || wanted.isEmpty()) {
            var message = wanted + " is not some of " + possible + ", which you can give";
            throw Problem.of(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "role_not_grantable",
                            "/roles " + message)
                    .at("/roles", message)
                    .asException();
        }
        return Set.copyOf(wanted);
    }

    Secret make(UUID id, Actor actor, Grant grant, Duration life) {
        var text = draw(actor.organisation());
        var now = clock.instant();
        var made =
                book.make(
                        id,
                        change(
                                AccessChanged.Kind.KEY_MADE,
                                actor,
                                id.toString(),
                                grant.text() + " " + life),
                        () -> insert(id, actor, grant, text, now, now.plus(life), null));
        return shownOnce(new Secret(id, text, now.plus(life), made));
    }

    /// Keys of an organisation of class TEST say so.
    private String draw(UUID organisation) {
        return KeyText.draw(
                jdbc.sql("select unit_class = 'TEST' from organisation where id = :id")
                        .param("id", organisation)
                        .query(Boolean.class)
                        .single());
    }

    private static Effect insert(
            UUID id,
            Actor actor,
            Grant grant,
            String text,
            Instant now,
            Instant end,
            @Nullable UUID replaces) {
        return Effect.of(
                """
                insert into api_key (id, organisation_id, name, hint, secret_sha256, scopes, roles,
                    made_by, made_at, expires_at, replaces)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                actor.organisation(),
                grant.name(),
                KeyText.hint(text),
                KeyText.hash(text),
                grant.scopes().toArray(String[]::new),
                Role.names(grant.roles()),
                actor.id(),
                now,
                end,
                replaces);
    }

    /// Makes a new key in place of an old one, which goes on for a while beside it, so that a
    /// machine can be told the new one without a gap.
    Secret rotate(UUID id, Actor actor, UUID old, Duration overlap) {
        var text = draw(actor.organisation());
        var now = clock.instant();
        var known = find(actor.organisation(), old);
        var life = Duration.between(known.madeAt(), known.expiresAt());
        var grant = new Grant(known.name(), known.scopes(), known.roles());
        var made =
                book.make(
                        id,
                        change(
                                AccessChanged.Kind.KEY_ROTATED,
                                actor,
                                old.toString(),
                                id + " " + overlap),
                        () -> {
                            requireLive(find(actor.organisation(), old), now);
                            return insert(id, actor, grant, text, now, now.plus(life), old)
                                    .and(
                                            """
                                            update api_key set expires_at = least(expires_at,
                                                greatest(?, made_at + interval '1 microsecond'))
                                            where id = ?
                                            """,
                                            now.plus(overlap),
                                            old);
                        });
        keys.forget();
        return shownOnce(new Secret(id, text, now.plus(life), made));
    }

    private void requireLive(Key key, Instant now) {
        boolean replaced =
                jdbc.sql("select exists (select from api_key where replaces = :id)")
                        .param("id", key.id())
                        .query(Boolean.class)
                        .single();
        if (key.revokedAt() != null || !now.isBefore(key.expiresAt()) || replaced) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "key_ended",
                            "This key is revoked, expired or replaced already. Make a new one.")
                    .asException();
        }
    }

    AccessBook.Made revoke(UUID id, Actor actor, UUID key) {
        var made =
                book.make(
                        id,
                        change(AccessChanged.Kind.KEY_REVOKED, actor, key.toString(), ""),
                        () -> {
                            if (find(actor.organisation(), key).revokedAt() != null) {
                                throw ended();
                            }
                            return Effect.of(
                                    "update api_key set revoked_at = ? where id = ?",
                                    clock.instant(),
                                    key);
                        });
        keys.forget();
        return made;
    }

    private static RuntimeException ended() {
        return Problem.of(HttpStatus.CONFLICT, "key_ended", "It is revoked already.").asException();
    }

    /// Makes a client that gets its tokens at `/oauth2/token` with client credentials.
    Members.Credentials makeClient(UUID id, Actor actor, Grant grant) {
        var change = change(AccessChanged.Kind.CLIENT_MADE, actor, id.toString(), grant.text());
        var made = new Members.Credentials[1];
        var outcome =
                book.make(
                        id,
                        change,
                        () -> {
                            // A crash from here on leaves a client that acts for nobody.
                            var credentials = members.register(id, grant.name(), grant.scopes());
                            made[0] = credentials;
                            return Effect.of(
                                    """
                                    insert into machine_client (client_id, organisation_id, roles)
                                    values (?, ?, ?)
                                    """,
                                    credentials.clientId(),
                                    actor.organisation(),
                                    Role.names(grant.roles()));
                        });
        if (outcome.isRepeat()) {
            throw secretShown();
        }
        return made[0];
    }

    /// Ends a client: it gets no further token, and those that it has count no more.
    AccessBook.Made revokeClient(UUID id, Actor actor, String client) {
        return book.make(
                id,
                change(AccessChanged.Kind.CLIENT_REVOKED, actor, client, ""),
                () -> {
                    boolean known =
                            jdbc.sql(
                                            """
                                            select exists (select from machine_client
                                                where client_id = :client
                                                    and organisation_id = :organisation)
                                            """)
                                    .param("client", client)
                                    .param("organisation", actor.organisation())
                                    .query(Boolean.class)
                                    .single();
                    if (!known) {
                        throw Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "client_unknown",
                                        "Your organisation has no client " + client + ".")
                                .asException();
                    }
                    return Effect.of("delete from machine_client where client_id = ?", client);
                });
    }

    private static AccessChanged change(
            AccessChanged.Kind kind, Actor actor, String subject, String detail) {
        return new AccessChanged(kind, actor.organisation(), actor.id(), subject, detail);
    }

    /// What was made before is not made again, and its secret is nowhere any more.
    private static Secret shownOnce(Secret secret) {
        if (secret.made().isRepeat()) {
            throw secretShown();
        }
        return secret;
    }

    private static RuntimeException secretShown() {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "secret_shown_once",
                        "This was made before, and its secret was shown then. If you do not have"
                                + " it, revoke it and make another.")
                .asException();
    }

    Key find(UUID organisation, UUID key) {
        return jdbc.sql("select * from api_key where id = :id and organisation_id = :organisation")
                .param("id", key)
                .param("organisation", organisation)
                .query((row, _) -> key(row))
                .optional()
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "key_unknown",
                                        "Your organisation has no key with the id " + key + ".")
                                .asException());
    }

    static Key key(ResultSet row) throws SQLException {
        return new Key(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("hint"),
                List.of((String[]) row.getArray("scopes").getArray()),
                Role.ofNames((String[]) row.getArray("roles").getArray()),
                row.getString("made_by"),
                row.getTimestamp("made_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"),
                row.getObject("replaces", UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    static void requireKnown(Collection<String> scopes, Collection<String> known) {
        var unknown = new TreeSet<>(scopes);
        known.forEach(unknown::remove);
        if (scopes.isEmpty() || !unknown.isEmpty()) {
            var message =
                    (scopes.isEmpty() ? "is empty" : unknown + " is unknown")
                            + "; scopes are "
                            + String.join(", ", known);
            throw Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", "/scopes " + message)
                    .at("/scopes", message)
                    .asException();
        }
    }
}
