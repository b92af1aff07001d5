package org.wattmark.server.organisations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Who belongs to an organisation, and what may be changed of that.
final class Memberships {

    private static final String OTHER_OWNERS =
            """
            select exists (select from membership
                where organisation_id = :organisation and person_id <> :person
                    and 'OWNER' = any (roles))
            """;

    private final AccessBook book;
    private final JdbcClient jdbc;

    Memberships(AccessBook book, JdbcClient jdbc) {
        this.book = book;
        this.jdbc = jdbc;
    }

    /// @param roles that they hold; what follows from them is not listed
    record Member(UUID id, String email, String displayName, Set<Role> roles, Instant since) {

        Member {
            roles = Set.copyOf(roles);
        }
    }

    Page<Member> of(UUID organisation, Page.Request page) {
        return page.over(
                jdbc.sql(
                                """
                                select id, email, display_name, membership.roles, since
                                from membership join person on id = person_id
                                where membership.organisation_id = :organisation and id > :after
                                order by id limit :limit
                                """)
                        .param("organisation", organisation)
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> member(row))
                        .list(),
                each -> each.id().toString());
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("display_name"),
                roles(row),
                row.getTimestamp("since").toInstant());
    }

    private static Set<Role> roles(ResultSet row) throws SQLException {
        return Role.ofNames((String[]) row.getArray("roles").getArray());
    }

    private Optional<Set<Role>> rolesOf(UUID organisation, UUID person) {
        return jdbc.sql(
                        """
                        select roles from membership
                        where organisation_id = :organisation and person_id = :person
                        """)
                .param("organisation", organisation)
                .param("person", person)
                .query((row, _) -> roles(row))
                .optional();
    }

    boolean isMember(UUID organisation, UUID person) {
        return rolesOf(organisation, person).isPresent();
    }

    AccessBook.Made setRoles(UUID id, Actor actor, UUID person, Set<Role> roles) {
        var organisation = actor.organisation();
        requireGrantable(organisation, roles);
        var change =
                new AccessChanged(
                        AccessChanged.Kind.ROLES_SET,
                        organisation,
                        actor.id(),
                        person.toString(),
                        list(roles));
        return book.make(
                id,
                change,
                () -> {
                    requireMember(organisation, person);
                    if (!roles.contains(Role.OWNER)) {
                        requireAnotherOwner(organisation, person);
                    }
                    return Effect.of(
                            """
                            update membership set roles = ?
                            where organisation_id = ? and person_id = ?
                            """,
                            Role.names(roles),
                            organisation,
                            person);
                });
    }

    /// Removes somebody, or oneself.
    AccessBook.Made remove(UUID id, Actor actor, UUID person) {
        var organisation = actor.organisation();
        if (!actor.is(Role.OWNER) && !actor.id().equals(person.toString())) {
            requireMember(organisation, person);
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "role_missing",
                            "Owners remove others; you may only leave yourself.")
                    .asException();
        }
        var change =
                new AccessChanged(
                        AccessChanged.Kind.MEMBER_REMOVED,
                        organisation,
                        actor.id(),
                        person.toString(),
                        "");
        return book.make(
                id,
                change,
                () -> {
                    requireMember(organisation, person);
                    requireAnotherOwner(organisation, person);
                    return Effect.of(
                            "delete from membership where organisation_id = ? and person_id = ?",
                            organisation,
                            person);
                });
    }

    private void requireMember(UUID organisation, UUID person) {
        if (!isMember(organisation, person)) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "member_unknown",
                            "Your organisation has no member with the id " + person + ".")
                    .asException();
        }
    }

    /// An organisation that has an owner keeps one.
    private void requireAnotherOwner(UUID organisation, UUID person) {
        boolean isOwner = rolesOf(organisation, person).orElse(Set.of()).contains(Role.OWNER);
        if (isOwner
                && !jdbc.sql(OTHER_OWNERS)
                        .param("organisation", organisation)
                        .param("person", person)
                        .query(Boolean.class)
                        .single()) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "last_owner",
                            "This is the organisation's last owner. Make another member an owner"
                                    + " first.")
                    .asException();
        }
    }

    /// Answers 422 unless members of this organisation can have these roles.
    void requireGrantable(UUID organisation, Collection<Role> roles) {
        var kind =
                jdbc.sql("select kind from organisation where id = :id")
                        .param("id", organisation)
                        .query((row, _) -> Role.valueOf(row.getString(1)))
                        .single();
        requireGrantable(kind, roles);
    }

    static void requireGrantable(Role kind, Collection<Role> roles) {
        var wrong = EnumSet.noneOf(Role.class);
        wrong.addAll(roles);
        wrong.removeAll(Role.grantableIn(kind));
        if (roles.isEmpty() || !wrong.isEmpty()) {
            var message =
                    (roles.isEmpty() ? "is empty" : wrong + " cannot be given")
                            + "; members of a "
                            + kind
                            + " organisation have one or more of "
                            + Role.grantableIn(kind);
            throw Problem.of(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "role_not_grantable",
                            "/roles " + message)
                    .at("/roles", message)
                    .asException();
        }
    }

    static String list(Collection<Role> roles) {
        return new TreeSet<>(roles).stream().map(Role::name).collect(Collectors.joining(","));
    }
}
