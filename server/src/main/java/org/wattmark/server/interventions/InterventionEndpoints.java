package org.wattmark.server.interventions;

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
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.DecideIntervention;
import org.wattmark.registry.InterventionCase;
import org.wattmark.registry.InterventionStep;
import org.wattmark.registry.ProposeIntervention;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.interventions.InterventionBodies.InterventionBody;
import org.wattmark.server.interventions.InterventionBodies.InterventionView;
import org.wattmark.server.interventions.InterventionBodies.MadeView;
import org.wattmark.server.market.StepBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// What the registry does to units that were issued: one person proposes it, another approves it.
/// It counts from the next commit on.
@RestController
@Tag(name = "Interventions")
class InterventionEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;

    InterventionEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
    }

    /// Proposes to cancel, suspend, resume, recall or reverse, or to charge by another schedule.
    /// Nothing changes yet, and the public log does not show what is proposed.
    @PostMapping("/api/v1/interventions")
    ResponseEntity<?> propose(
            @RequestBody InterventionBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        actor.requirePerson("proposes interventions");
        return answer(
                new ProposeIntervention(
                        ChosenId.of(body.id(), key, actor),
                        Organisations.personOf(actor),
                        body.intervention(),
                        body.grounds()));
    }

    /// Approves a proposal, as another person than who made it. With that it takes effect, and what
    /// is under way with the units goes back: listings are withdrawn, pending transfers voided.
    @PostMapping("/api/v1/interventions/{id}/approvals")
    ResponseEntity<?> approve(
            @PathVariable("id") UUID intervention,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        return decide(intervention, body, key, actor, true);
    }

    /// Ends a proposal that should not be; who made it may do so too.
    @PostMapping("/api/v1/interventions/{id}/rejections")
    ResponseEntity<?> reject(
            @PathVariable("id") UUID intervention,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        return decide(intervention, body, key, actor, false);
    }

    private ResponseEntity<?> decide(
            UUID intervention,
            @Nullable StepBody body,
            @Nullable String key,
            Actor actor,
            boolean approve) {
        actor.require(Role.OPERATOR);
        actor.requirePerson("decides on interventions");
        return answer(
                new DecideIntervention(
                        StepBody.id(body, key, actor),
                        Organisations.personOf(actor),
                        intervention,
                        approve));
    }

    private ResponseEntity<?> answer(Command<InterventionStep> command) {
        return switch (sequencer.apply(command)) {
            case InterventionStep.Taken(var intervention, var state, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new StepAnswer(command.id(), intervention, state, receipt));
            case InterventionStep.Denied(var reason) -> InterventionRefusals.of(reason);
        };
    }

    /// All interventions, in the order of their ids.
    @GetMapping("/api/v1/interventions")
    Page<InterventionView> interventions(
            @RequestParam(required = false) InterventionCase.@Nullable State state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                InterventionTable.SELECT
                                        + """
                                         where id > :after
                                            and (cast(:state as text) is null or state = :state)
                                        order by id limit :limit
                                        """)
                        .param("after", page.afterId())
                        .param("state", state == null ? null : state.name())
                        .param("limit", page.fetch())
                        .query((row, _) -> InterventionTable.read(row))
                        .list()
                        .stream()
                        .map(InterventionView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// What was done, for everybody: what and why. Which units of which account were cancelled for
    /// it is listed by `GET /api/v1/public/cancellations?under=` its id.
    @GetMapping("/api/v1/public/interventions")
    Page<MadeView> made(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                InterventionTable.SELECT
                                        + """
                                         where id > :after and state = 'APPROVED'
                                        order by id limit :limit
                                        """)
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> InterventionTable.read(row))
                        .list()
                        .stream()
                        .map(MadeView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// An intervention of the registry, with its reason.
    @GetMapping("/api/v1/public/interventions/{id}")
    MadeView one(@PathVariable UUID id) {
        return jdbc.sql(InterventionTable.SELECT + " where id = :id and state = 'APPROVED'")
                .param("id", id)
                .query((row, _) -> InterventionTable.read(row))
                .optional()
                .map(MadeView::of)
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "intervention_unknown",
                                        "No intervention has the id " + id + ".")
                                .asException());
    }

    /// @param id of this step
    record StepAnswer(UUID id, UUID intervention, InterventionCase.State state, Receipt receipt) {}
}
