package org.wattmark.server.organisations;

import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.organisations.OrganisationEndpoints.OrganisationView;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Plan;
import org.wattmark.server.security.Standings;
import org.wattmark.server.security.Standings.Standing;

/// What operators decide about organisations: whether they may move value, and how often they may
/// ask.
@RestController
@Tag(name = "Organisations")
class OperatorEndpoints {

    private static final int LONGEST_REASON = 500;

    private final AccessBook book;
    private final Standings standings;
    private final JdbcClient jdbc;

    OperatorEndpoints(AccessBook book, Standings standings, JdbcClient jdbc) {
        this.book = book;
        this.standings = standings;
        this.jdbc = jdbc;
    }

    /// All organisations, or those of one standing.
    @GetMapping("/api/v1/organisations")
    Page<OrganisationView> organisations(
            @RequestParam(required = false) @Nullable Standing standing,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select * from organisation
                                where id > :after and (:any or standing = :standing)
                                order by id limit :limit
                                """)
                        .param("after", page.afterId())
                        .param("any", standing == null)
                        .param("standing", standing == null ? "" : standing.name())
                        .param("limit", page.fetch())
                        .query((row, _) -> OrganisationView.of(row))
                        .list(),
                each -> each.id().toString());
    }

    /// Says what is known of an organisation. Suspending stops it from moving value at once.
    @PostMapping("/api/v1/organisations/{id}/standing")
    ResponseEntity<?> standing(
            @PathVariable("id") UUID organisation,
            @RequestBody StandingBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("decides about organisations");
        var reason = body.reason() == null ? "" : body.reason().strip();
        if (reason.length() > LONGEST_REASON
                || (reason.isEmpty() && body.standing() == Standing.SUSPENDED)) {
            var message =
                    "has "
                            + reason.length()
                            + " characters; it has 1 to "
                            + LONGEST_REASON
                            + " where an organisation is suspended, and at most that elsewhere";
            throw Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", "/reason " + message)
                    .at("/reason", message)
                    .asException();
        }
        if (organisation.equals(actor.organisation())) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "own_organisation",
                            "Nobody decides about their own organisation.")
                    .asException();
        }
        var id = ChosenId.of(body.id(), key, actor);
        var made =
                book.make(
                        id,
                        change(
                                AccessChanged.Kind.STANDING_SET,
                                organisation,
                                actor,
                                body.standing().name() + ": " + reason),
                        () -> {
                            OrganisationView.find(jdbc, organisation);
                            return Effect.of(
                                    """
                                    update organisation set standing = ?, standing_reason = ?
                                    where id = ?
                                    """,
                                    body.standing().name(),
                                    reason,
                                    organisation);
                        });
        standings.forget(organisation);
        return OrganisationEndpoints.created(id, made);
    }

    /// Says how often each key of an organisation may ask.
    @PostMapping("/api/v1/organisations/{id}/plan")
    ResponseEntity<?> plan(
            @PathVariable("id") UUID organisation,
            @RequestBody PlanBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("decides about organisations");
        var id = ChosenId.of(body.id(), key, actor);
        var made =
                book.make(
                        id,
                        change(
                                AccessChanged.Kind.PLAN_SET,
                                organisation,
                                actor,
                                body.plan().name()),
                        () -> {
                            OrganisationView.find(jdbc, organisation);
                            return Effect.of(
                                    "update organisation set plan = ? where id = ?",
                                    body.plan().name(),
                                    organisation);
                        });
        return OrganisationEndpoints.created(id, made);
    }

    private static AccessChanged change(
            AccessChanged.Kind kind, UUID organisation, Actor actor, String detail) {
        return new AccessChanged(kind, organisation, actor.id(), organisation.toString(), detail);
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param reason at most 500 characters; the organisation reads it
    record StandingBody(@Nullable UUID id, Standing standing, @Nullable String reason) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record PlanBody(@Nullable UUID id, Plan plan) {}
}
