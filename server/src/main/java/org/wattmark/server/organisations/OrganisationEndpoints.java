package org.wattmark.server.organisations;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Receipt;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Plan;
import org.wattmark.server.security.Role;
import org.wattmark.server.security.Standings.Standing;

/// One's own organisation: what it is, who belongs to it, and what was changed of that.
@RestController
@Tag(name = "Organisations")
class OrganisationEndpoints {

    private final Memberships memberships;
    private final JdbcClient jdbc;

    OrganisationEndpoints(Memberships memberships, JdbcClient jdbc) {
        this.memberships = memberships;
        this.jdbc = jdbc;
    }

    /// The organisation that you act for.
    @GetMapping("/api/v1/organisation")
    OrganisationView organisation(Actor actor) {
        return OrganisationView.find(jdbc, actor.organisation());
    }

    /// Its members.
    @GetMapping("/api/v1/organisation/members")
    Page<Memberships.Member> members(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        return memberships.of(actor.organisation(), Page.Request.of(cursor, limit));
    }

    /// Gives a member other roles, in place of those that they have.
    @PostMapping("/api/v1/organisation/members/{id}/roles")
    ResponseEntity<?> roles(
            @PathVariable("id") UUID person,
            @RequestBody RolesBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("changes roles");
        var id = ChosenId.of(body.id(), key, actor);
        return created(id, memberships.setRoles(id, actor, person, Set.copyOf(body.roles())));
    }

    /// Removes a member, or lets you leave. Their access tokens count no more.
    @PostMapping("/api/v1/organisation/members/{id}/removals")
    ResponseEntity<?> remove(
            @PathVariable("id") UUID person,
            @RequestBody(required = false) @Nullable IdBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var id = ChosenId.of(body == null ? null : body.id(), key, actor);
        return created(id, memberships.remove(id, actor, person));
    }

    /// What was changed of who may do what, in the order of the journal.
    @GetMapping("/api/v1/organisation/changes")
    Page<ChangeView> changes(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select c.sequence, c.kind, c.actor, c.subject, c.detail, journal.at
                                from access_change as c
                                join journal on journal.sequence = c.sequence
                                where c.organisation_id = :organisation and c.sequence > :after
                                order by c.sequence limit :limit
                                """)
                        .param("organisation", actor.organisation())
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new ChangeView(
                                        row.getLong("sequence"),
                                        row.getTimestamp("at").toInstant(),
                                        AccessChanged.Kind.valueOf(row.getString("kind")),
                                        row.getString("actor"),
                                        row.getString("subject"),
                                        row.getString("detail")))
                        .list(),
                each -> String.valueOf(each.sequence()));
    }

    static ResponseEntity<?> created(UUID id, AccessBook.Made made) {
        return ResponseEntity.status(HttpStatus.CREATED).body(new Changed(id, made.receipt()));
    }

    /// @param reason why it is so, if an operator gave one
    record OrganisationView(
            UUID id,
            String name,
            String country,
            Role kind,
            Standing standing,
            String reason,
            Plan plan,
            int requestsPerMinute) {

        static OrganisationView find(JdbcClient jdbc, UUID id) {
            return jdbc.sql("select * from organisation where id = :id")
                    .param("id", id)
                    .query((row, _) -> of(row))
                    .optional()
                    .orElseThrow(() ->
                            Problem.of(
                                            HttpStatus.NOT_FOUND,
                                            "organisation_unknown",
                                            "No organisation has the id " + id + ".")
                                    .asException());
        }

        static OrganisationView of(java.sql.ResultSet row) throws java.sql.SQLException {
            var plan = Plan.valueOf(row.getString("plan"));
            return new OrganisationView(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("country"),
                    Role.valueOf(row.getString("kind")),
                    Standing.valueOf(row.getString("standing")),
                    row.getString("standing_reason"),
                    plan,
                    plan.requestsPerMinute());
        }
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record RolesBody(@Nullable UUID id, List<Role> roles) {

        RolesBody {
            roles = List.copyOf(roles);
        }
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record IdBody(@Nullable UUID id) {}

    /// @param id of this change
    record Changed(UUID id, Receipt receipt) {}

    /// @param subject the id of whom or what was changed
    record ChangeView(
            long sequence,
            Instant at,
            AccessChanged.Kind kind,
            String actor,
            String subject,
            String detail) {}
}
