package org.wattmark.server.organisations;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.secrets.RandomSecret;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.units.Canonical;
import org.wattmark.units.Sha256;

/// One-time tokens by which people come in: into an organisation, or to found one.
final class Invitations {

    static final Duration LIFE = Duration.ofDays(7);

    private static final String INSERT =
            """
            insert into invitation (id, organisation_id, new_name, new_country, new_kind, email,
                roles, token_sha256, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final AccessBook book;
    private final Members members;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Invitations(AccessBook book, Members members, JdbcClient jdbc, InstantSource clock) {
        this.book = book;
        this.members = members;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// An organisation that is founded with the invitation's acceptance.
    record Founding(String name, String country, Role kind) {}

    /// @param organisation null if it founds one
    /// @param email empty if whoever has the token may choose
    record Invitation(
            UUID id,
            @Nullable UUID organisation,
            @Nullable Founding founding,
            String email,
            Set<Role> roles,
            Instant expiresAt,
            boolean ended) {

        Invitation {
            roles = Set.copyOf(roles);
        }
    }

    /// A token, and until when it counts.
    record Issued(String token, Instant expiresAt, AccessBook.Made made) {}

    /// Invites somebody into the organisation. Asked again under the same id, the invitation stands
    /// as it was made, and its token is not told again.
    Issued invite(UUID id, Actor actor, UUID organisation, String email, Set<Role> roles) {
        var address = Members.address(email);
        var token = RandomSecret.make();
        var now = clock.instant();
        var made =
                book.make(
                        id,
                        new AccessChanged(
                                AccessChanged.Kind.MEMBER_INVITED,
                                organisation,
                                actor.id(),
                                id.toString(),
                                address + " " + Memberships.list(roles)),
                        () -> {
                            requireNoMember(organisation, address);
                            return insert(id, organisation, null, address, roles, token, now);
                        });
        return new Issued(token, now.plus(LIFE), made);
    }

    private void requireNoMember(UUID organisation, String address) {
        if (jdbc.sql(
                        """
                        select exists (select from membership join person on person_id = id
                            where membership.organisation_id = :organisation and email = :email)
                        """)
                .param("organisation", organisation)
                .param("email", address)
                .query(Boolean.class)
                .single()) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "already_member",
                            "Who has this address is a member already. Change their roles instead.")
                    .at("/email", "is a member's")
                    .asException();
        }
    }

    private static Effect insert(
            UUID id,
            @Nullable UUID organisation,
            @Nullable Founding founding,
            String address,
            Set<Role> roles,
            String token,
            Instant now) {
        return Effect.of(
                INSERT,
                id,
                organisation,
                founding == null ? null : founding.name(),
                founding == null ? null : founding.country(),
                founding == null ? null : founding.kind().name(),
                address,
                Role.names(roles),
                hash(token),
                now,
                now.plus(LIFE));
    }

    /// Lets somebody found an organisation. There is none yet whose history this could enter.
    String offer(Founding founding, String email, Set<Role> roles) {
        var token = RandomSecret.make();
        var now = clock.instant();
        jdbc.sql(INSERT)
                .params(
                        java.util.Arrays.asList(
                                UUID.randomUUID(),
                                null,
                                founding.name(),
                                founding.country(),
                                founding.kind().name(),
                                email.isEmpty() ? "" : Members.address(email),
                                Role.names(roles),
                                hash(token),
                                now.atOffset(java.time.ZoneOffset.UTC),
                                now.plus(LIFE).atOffset(java.time.ZoneOffset.UTC)))
                .update();
        return token;
    }

    AccessBook.Made revoke(UUID id, Actor actor, UUID invitation) {
        return book.make(
                id,
                new AccessChanged(
                        AccessChanged.Kind.INVITATION_REVOKED,
                        actor.organisation(),
                        actor.id(),
                        invitation.toString(),
                        ""),
                () -> {
                    var known =
                            find("id = ? and organisation_id = ?", invitation, actor.organisation())
                                    .orElseThrow(Invitations::unknown);
                    if (known.ended()) {
                        throw used();
                    }
                    return Effect.of(
                            "update invitation set ended_at = ? where id = ? and ended_at is null",
                            clock.instant(),
                            invitation);
                });
    }

    private static RuntimeException unknown() {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "invitation_unknown",
                        "There is no such invitation of your organisation.")
                .asException();
    }

    private static RuntimeException used() {
        return Problem.of(
                        HttpStatus.GONE,
                        "invitation_used",
                        "This invitation was accepted or revoked. Ask for another.")
                .asException();
    }

    /// The invitation of a token that counts, or the problem that it does not.
    Invitation open(String token) {
        var invitation =
                find("token_sha256 = ?", hash(token), null)
                        .orElseThrow(() ->
                                Problem.of(
                                                HttpStatus.NOT_FOUND,
                                                "token_unknown",
                                                "No invitation has this token. Copy it whole from"
                                                        + " the mail.")
                                        .at("/token", "is unknown")
                                        .asException());
        if (invitation.ended()) {
            throw used();
        }
        if (!clock.instant().isBefore(invitation.expiresAt())) {
            throw Problem.of(
                            HttpStatus.GONE,
                            "invitation_expired",
                            "This invitation counted until "
                                    + invitation.expiresAt()
                                    + ". Ask for another.")
                    .asException();
        }
        return invitation;
    }

    private Optional<Invitation> find(String where, Object first, @Nullable Object second) {
        var query = jdbc.sql("select * from invitation where " + where).param(first);
        return (second == null ? query : query.param(second))
                .query((row, _) -> invitation(row))
                .optional();
    }

    static Invitation invitation(ResultSet row) throws SQLException {
        var organisation = row.getObject("organisation_id", UUID.class);
        return new Invitation(
                row.getObject("id", UUID.class),
                organisation,
                organisation != null
                        ? null
                        : new Founding(
                                row.getString("new_name"),
                                row.getString("new_country"),
                                Role.valueOf(row.getString("new_kind"))),
                row.getString("email"),
                Role.ofNames((String[]) row.getArray("roles").getArray()),
                row.getTimestamp("expires_at").toInstant(),
                row.getTimestamp("ended_at") != null);
    }

    /// Whoever accepts: somebody new, or a person who is signed in.
    sealed interface Guest {

        record New(String email, String displayName, String password) implements Guest {}

        record Known(UUID person) implements Guest {}
    }

    /// @param person who has joined
    record Accepted(UUID person, UUID organisation, AccessBook.Made made) {}

    /// Joins by a token, which ends with that.
    Accepted accept(String token, Guest guest) {
        var offered = open(token);
        var organisation = organisationOf(offered);
        var person =
                switch (guest) {
                    case Guest.New _ -> derived("wattmark/person-of-invitation/v1", offered.id());
                    case Guest.Known(var known) -> known;
                };
        var founding = offered.founding();
        var change =
                new AccessChanged(
                        founding == null
                                ? AccessChanged.Kind.MEMBER_JOINED
                                : AccessChanged.Kind.ORGANISATION_FOUNDED,
                        organisation,
                        guest instanceof Guest.New ? AccessChanged.SYSTEM : person.toString(),
                        person.toString(),
                        Memberships.list(offered.roles()));
        var made =
                book.make(
                        derived("wattmark/accept-invitation/v1", offered.id()),
                        change,
                        () -> effect(open(token), organisation, person, guest));
        return new Accepted(person, organisation, made);
    }

    private static UUID organisationOf(Invitation invitation) {
        var given = invitation.organisation();
        return given == null
                ? derived("wattmark/organisation-of-invitation/v1", invitation.id())
                : given;
    }

    private Effect effect(Invitation invitation, UUID organisation, UUID person, Guest guest) {
        var effect = found(invitation, organisation);
        effect =
                switch (guest) {
                    case Guest.New fresh -> {
                        requireFree(fresh.email());
                        yield effect.and(
                                """
                                insert into person
                                    (id, organisation_id, email, password_hash, display_name)
                                values (?, ?, ?, ?, ?)
                                """,
                                person,
                                organisation,
                                Members.address(fresh.email()),
                                members.hashOf(fresh.password()),
                                fresh.displayName());
                    }
                    case Guest.Known _ -> {
                        requireOnlyOnce(organisation, person);
                        yield effect.and(
                                "update person set organisation_id = ? where id = ?",
                                organisation,
                                person);
                    }
                };
        return effect.and(
                        "insert into membership (person_id, organisation_id, roles)"
                                + " values (?, ?, ?)",
                        person,
                        organisation,
                        Role.names(invitation.roles()))
                .and(
                        """
                        update invitation set ended_at = ?, accepted_by = ?
                        where id = ? and ended_at is null
                        """,
                        clock.instant(),
                        person,
                        invitation.id());
    }

    /// Whoever an operator has let found it is known; whoever has signed up is not.
    private Effect found(Invitation invitation, UUID organisation) {
        var founding = invitation.founding();
        if (founding == null) {
            return Effect.NONE;
        }
        boolean taken =
                jdbc.sql("select exists (select from organisation where name = :name)")
                        .param("name", founding.name())
                        .query(Boolean.class)
                        .single();
        // Two firms may have one name: the later one is told apart by its id.
        var name = taken ? founding.name() + " (" + organisation + ")" : founding.name();
        return Effect.of(
                "insert into organisation (id, name, country, kind, standing)"
                        + " values (?, ?, ?, ?, ?)",
                organisation,
                name,
                founding.country(),
                founding.kind().name(),
                founding.kind() == Role.OPERATOR ? "VERIFIED" : "PENDING");
    }

    private void requireFree(String email) {
        if (members.isKnown(email)) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "sign_in_first",
                            "You have an account with this address. Sign in, and accept the"
                                    + " invitation at POST /api/v1/me/memberships.")
                    .asException();
        }
    }

    private void requireOnlyOnce(UUID organisation, UUID person) {
        if (jdbc.sql(
                        """
                        select exists (select from membership
                            where organisation_id = :organisation and person_id = :person)
                        """)
                .param("organisation", organisation)
                .param("person", person)
                .query(Boolean.class)
                .single()) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "already_member",
                            "You are a member of this organisation already.")
                    .asException();
        }
    }

    private static UUID derived(String domain, UUID invitation) {
        return Canonical.of(domain).id(invitation).derivedId();
    }

    static byte[] hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }
}
