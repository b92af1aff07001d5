package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.ChangePool;
import org.wattmark.registry.DividePool;
import org.wattmark.registry.PoolStanding;
import org.wattmark.registry.Pooling;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.UnitClass;

/// Pools: small producers whose devices a project's proponent claims together, and who share what
/// is credited, to the gram.
@RestController
@Tag(name = "Pools")
class PoolEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final Assessor assessor;

    PoolEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.assessor = assessor;
    }

    /// Founds the pool of a project of your own. What is issued on metered energy from then on is
    /// credited to the pool.
    @PostMapping("/api/v1/projects/{project}/pool")
    ResponseEntity<?> found(
            @PathVariable UUID project,
            @RequestBody PoolBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        return change(project, actor.organisation(), PoolStanding.RUNS, body.id(), key, actor);
    }

    /// Asks another organisation to join. Nothing of theirs is touched until they do.
    @PostMapping("/api/v1/projects/{project}/pool/invitations")
    ResponseEntity<?> invite(
            @PathVariable UUID project,
            @RequestBody InvitationBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        requireSight(project, actor);
        requireSameClass(project, body.organisation());
        return change(project, body.organisation(), PoolStanding.INVITED, body.id(), key, actor);
    }

    /// Joins a pool that you were invited to: its proponent may claim what your devices generate,
    /// as long as nobody has claimed it and you have not left.
    @PostMapping("/api/v1/projects/{project}/pool/memberships")
    ResponseEntity<?> join(
            @PathVariable UUID project,
            @RequestBody MembershipBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("joins pools");
        requireSight(project, actor);
        if (!body.consent()) {
            throw Refusals.invalid("/consent", "has to be true: nobody joins without it");
        }
        return change(project, actor.organisation(), PoolStanding.JOINED, body.id(), key, actor);
    }

    /// Leaves a pool, or declines to join it; its proponent may put others out. What was claimed
    /// before is shared all the same.
    @PostMapping("/api/v1/projects/{project}/pool/departures")
    ResponseEntity<?> leave(
            @PathVariable UUID project,
            @RequestBody DepartureBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        requireSight(project, actor);
        var named = body.organisation();
        var who = named == null ? actor.organisation() : named;
        return change(project, who, PoolStanding.LEFT, body.id(), key, actor);
    }

    private ResponseEntity<?> change(
            UUID project,
            UUID organisation,
            PoolStanding standing,
            @Nullable UUID id,
            @Nullable String key,
            Actor actor) {
        var command =
                new ChangePool(
                        ChosenId.of(id, key, actor),
                        organisations.acting(actor, Role.PROPONENT),
                        project,
                        organisation,
                        standing);
        return switch (sequencer.apply(command)) {
            case Pooling.Changed(var now, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new Changed(project, organisation, now, receipt));
            case Pooling.Refused(var reason) -> PoolRefusals.of(reason);
            case Pooling.Divided _ -> throw new IllegalStateException("nothing was divided");
        };
    }

    /// Divides what the pool was credited for a block: each member gets its share of the energy in
    /// whole grams. Any member may ask; the shares are the same whoever does.
    @PostMapping("/api/v1/projects/{project}/pool/divisions")
    ResponseEntity<?> divide(
            @PathVariable UUID project,
            @RequestBody DivisionBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        requireSight(project, actor);
        var command =
                new DividePool(
                        ChosenId.of(body.id(), key, actor),
                        organisations.acting(actor, Role.PROPONENT),
                        project,
                        body.block(),
                        assessor.generatedFor(body.block()));
        return switch (sequencer.apply(command)) {
            case Pooling.Divided(var divided, var given, var kept, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(
                                    new Divided(
                                            body.block(),
                                            divided,
                                            given,
                                            kept,
                                            shares(List.of(body.block()), project, actor)
                                                    .getOrDefault(body.block(), List.of()),
                                            receipt));
            case Pooling.Refused(var reason) -> PoolRefusals.of(reason);
            case Pooling.Changed _ -> throw new IllegalStateException("it was to be divided");
        };
    }

    /// A pool, for its members and for operators. Its proponent sees all members, a member itself.
    @GetMapping("/api/v1/projects/{project}/pool")
    PoolView pool(@PathVariable UUID project, Actor actor) {
        requireSight(project, actor);
        var members = members(project, actor);
        return jdbc.sql(
                        """
                        select undivided_nanograms, (select organisation_id from pool_member
                                where pool_member.project_id = pool.project_id
                                    and standing = 'RUNS') as runs,
                            (select count(*) from pool_member
                                where pool_member.project_id = pool.project_id
                                    and standing in ('RUNS', 'JOINED')) as members
                        from pool where project_id = :project
                        """)
                .param("project", project)
                .query((row, _) ->
                        new PoolView(
                                project,
                                row.getObject("runs", UUID.class),
                                row.getLong("members"),
                                row.getBigDecimal("undivided_nanograms").toPlainString(),
                                members))
                .single();
    }

    private List<MemberView> members(UUID project, Actor actor) {
        return jdbc.sql(
                        """
                        select organisation_id, standing, carried_nanograms from pool_member
                        where project_id = :project and (:all or organisation_id = :own)
                        order by organisation_id
                        """)
                .param("project", project)
                .param("all", seesAll(project, actor))
                .param("own", actor.organisation())
                .query((row, _) ->
                        new MemberView(
                                row.getObject(1, UUID.class),
                                PoolStanding.valueOf(row.getString(2)),
                                row.getLong(3)))
                .list();
    }

    /// Who was invited, joined and left, in order: all of it for the proponent, a member's own for
    /// the member.
    @GetMapping("/api/v1/projects/{project}/pool/history")
    Page<StepView> history(
            @PathVariable UUID project,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        requireSight(project, actor);
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select sequence, organisation_id, standing, at from pool_step
                                where project_id = :project and sequence > :after
                                    and (:all or organisation_id = :own or standing = 'RUNS')
                                order by sequence limit :limit
                                """)
                        .param("project", project)
                        .param("after", page.afterSequence())
                        .param("all", seesAll(project, actor))
                        .param("own", actor.organisation())
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new StepView(
                                        row.getLong(1),
                                        row.getTimestamp(4).toInstant(),
                                        row.getObject(2, UUID.class),
                                        PoolStanding.valueOf(row.getString(3))))
                        .list(),
                view -> String.valueOf(view.sequence()));
    }

    /// What was divided, in order, with the shares that you may see.
    @GetMapping("/api/v1/projects/{project}/pool/divisions")
    Page<DivisionView> divisions(
            @PathVariable UUID project,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        requireSight(project, actor);
        var page = Page.Request.of(cursor, limit);
        var divisions =
                jdbc.sql(
                                """
                                select sequence, block_id, divided_grams, given_grams, at
                                from pool_division
                                where project_id = :project and sequence > :after
                                order by sequence limit :limit
                                """)
                        .param("project", project)
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new DivisionView(
                                        row.getLong(1),
                                        row.getTimestamp(5).toInstant(),
                                        row.getObject(2, UUID.class),
                                        new Co2e(row.getLong(3)),
                                        new Co2e(row.getLong(4)),
                                        List.of()))
                        .list();
        var shares = shares(divisions.stream().map(DivisionView::block).toList(), project, actor);
        return page.over(
                divisions.stream()
                        .map(each -> each.with(shares.getOrDefault(each.block(), List.of())))
                        .toList(),
                view -> String.valueOf(view.sequence()));
    }

    /// By block, as far as they may be seen.
    private Map<UUID, List<ShareView>> shares(List<UUID> blocks, UUID project, Actor actor) {
        var shares = new HashMap<UUID, List<ShareView>>();
        jdbc.sql(
                        """
                        select block_id, organisation_id, watt_hours, grams, carried_nanograms
                        from pool_share
                        where block_id = any(:blocks) and (:all or organisation_id = :own)
                        order by organisation_id
                        """)
                .param("blocks", blocks.toArray(UUID[]::new))
                .param("all", seesAll(project, actor))
                .param("own", actor.organisation())
                .query(row -> {
                    shares.computeIfAbsent(row.getObject(1, UUID.class), _ -> new ArrayList<>())
                            .add(
                                    new ShareView(
                                            row.getObject(2, UUID.class),
                                            new Energy(row.getLong(3)),
                                            new Co2e(row.getLong(4)),
                                            row.getLong(5)));
                });
        return shares;
    }

    /// The pools that your organisation is invited to, belongs to, or left.
    @GetMapping("/api/v1/pool-memberships")
    List<OwnMembership> memberships(Actor actor) {
        return jdbc.sql(
                        """
                        select pool_member.project_id, project.title, standing, carried_nanograms
                        from pool_member join project on project.id = pool_member.project_id
                        where organisation_id = :own order by pool_member.project_id
                        """)
                .param("own", actor.organisation())
                .query((row, _) ->
                        new OwnMembership(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                PoolStanding.valueOf(row.getString(3)),
                                row.getLong(4)))
                .list();
    }

    private boolean seesAll(UUID project, Actor actor) {
        return actor.is(Role.OPERATOR)
                || standing(project, actor.organisation())
                        .filter(PoolStanding.RUNS::equals)
                        .isPresent();
    }

    private Optional<PoolStanding> standing(UUID project, UUID organisation) {
        return jdbc.sql(
                        """
                        select standing from pool_member
                        where project_id = :project and organisation_id = :organisation
                        """)
                .param("project", project)
                .param("organisation", organisation)
                .query((row, _) -> PoolStanding.valueOf(row.getString(1)))
                .optional();
    }

    /// To everybody else a pool is as unknown as one that does not exist: 404.
    private void requireSight(UUID project, Actor actor) {
        boolean exists =
                jdbc.sql("select count(*) from pool where project_id = :project")
                                .param("project", project)
                                .query(Long.class)
                                .single()
                        == 1;
        if (!exists
                || (!actor.is(Role.OPERATOR)
                        && standing(project, actor.organisation()).isEmpty())) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "pool_unknown",
                            "You have to do with no pool of this project.")
                    .asException();
        }
    }

    private void requireSameClass(UUID project, UUID organisation) {
        var unitClass =
                jdbc.sql("select unit_class from organisation where id = :id")
                        .param("id", organisation)
                        .query((row, _) -> UnitClass.valueOf(row.getString(1)))
                        .optional()
                        .orElseThrow(() -> Refusals.invalid("/organisation", "is no organisation"));
        var pooled =
                jdbc.sql("select unit_class from project where id = :id")
                        .param("id", project)
                        .query((row, _) -> UnitClass.valueOf(row.getString(1)))
                        .single();
        if (unitClass != pooled) {
            throw Refusals.invalid(
                    "/organisation", "is of class " + unitClass + ", the project of " + pooled);
        }
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record PoolBody(@Nullable UUID id) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record InvitationBody(@Nullable UUID id, UUID organisation) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param consent that the proponent claims what your devices generate, and shares it
    record MembershipBody(@Nullable UUID id, boolean consent) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param organisation who goes, if the proponent puts somebody out; else your own
    record DepartureBody(@Nullable UUID id, @Nullable UUID organisation) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record DivisionBody(@Nullable UUID id, UUID block) {}

    record Changed(UUID project, UUID organisation, PoolStanding standing, Receipt receipt) {}

    /// @param kept what stays with the pool until the next division
    record Divided(
            UUID block,
            Co2e divided,
            Co2e given,
            Co2e kept,
            List<ShareView> shares,
            Receipt receipt) {}

    /// @param undividedNanograms what rounding left over: nobody's yet, decimal text
    record PoolView(
            UUID project,
            UUID runs,
            long members,
            String undividedNanograms,
            List<MemberView> visibleMembers) {}

    /// @param carriedNanograms its own and not yet a gram
    record MemberView(UUID organisation, PoolStanding standing, long carriedNanograms) {}

    record StepView(long sequence, Instant at, UUID organisation, PoolStanding standing) {}

    record DivisionView(
            long sequence,
            Instant at,
            UUID block,
            Co2e divided,
            Co2e given,
            List<ShareView> shares) {

        DivisionView with(List<ShareView> those) {
            return new DivisionView(sequence, at, block, divided, given, those);
        }
    }

    record ShareView(UUID organisation, Energy generated, Co2e given, long carriedNanograms) {}

    record OwnMembership(
            UUID project, String title, PoolStanding standing, long carriedNanograms) {}
}
