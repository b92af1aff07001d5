package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashSet;
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
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.registry.Project;
import org.wattmark.registry.Submission;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.registry.Verdict;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.VerificationStatement;

/// Claims: a proponent submits them, a machine checks them at once, a verifier of another
/// organisation decides what the policy leaves to a person.
@RestController
@Tag(name = "Claims")
class ClaimEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final Assessor assessor;
    private final ReportedClaims reported;

    ClaimEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            Assessor assessor,
            ReportedClaims reported) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.assessor = assessor;
        this.reported = reported;
    }

    /// Closes a monitoring period: reserves what its intervals hold, quantifies and checks it.
    @PostMapping("/api/v1/claims")
    ResponseEntity<?> submit(
            @RequestBody ClaimBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var acting = organisations.acting(actor, Role.PROPONENT);
        var id = new ClaimId(ChosenId.of(body.id(), key, actor));
        var data = body.data();
        if (data != null) {
            return submitReported(id, body, data, actor);
        }
        var claim = claim(id, body, acting, actor);
        var others = new HashSet<>(assessor.ownersOf(claim));
        others.remove(actor.organisation());
        return switch (sequencer.apply(new SubmitClaim(acting, claim, others))) {
            case Submission.Submitted(var receipt) -> {
                assessor.assess(id);
                yield ResponseEntity.created(URI.create("/api/v1/claims/" + id))
                        .body(new SubmittedClaim(view(id).orElseThrow(), receipt));
            }
            case Submission.Refused(var reason, var explanation) ->
                    Refusals.of(reason, explanation);
        };
    }

    private ResponseEntity<?> submitReported(
            ClaimId id, ClaimBody body, Map<String, Object> data, Actor actor) {
        if (body.devices() != null || body.forcedFactor() != null) {
            throw Refusals.invalid("/devices", "stands beside data, which are in its place");
        }
        var outcome =
                reported.submit(
                        actor,
                        id.value(),
                        body.project(),
                        body.monitoringPeriod(),
                        ReportedJson.data(methodologyOf(body.project()), data),
                        body.exclusivityDeclared());
        return switch (outcome) {
            case ReportedClaims.Outcome.Submitted(var _, var receipt) ->
                    ResponseEntity.created(URI.create("/api/v1/claims/" + id))
                            .body(new SubmittedClaim(view(id).orElseThrow(), receipt));
            case ReportedClaims.Outcome.Refused(var reason, var explanation) ->
                    Refusals.of(reason, explanation);
        };
    }

    private MethodologyId methodologyOf(UUID project) {
        return jdbc.sql(ProjectTable.SELECT + " where id = :id")
                .param("id", project)
                .query(ProjectTable::project)
                .optional()
                .map(Project::methodology)
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "project_unknown",
                                        "No project has the id " + project + ".")
                                .asException());
    }

    private Claim claim(
            ClaimId id, ClaimBody body, org.wattmark.verification.Actor acting, Actor actor) {
        var named = body.devices();
        if (named == null || named.isEmpty()) {
            throw Refusals.invalid("/devices", "names at least one device, if no data are given");
        }
        var devices = named.stream().map(DeviceId::new).toList();
        var owners = assessor.ownersFor(body.project(), actor.organisation());
        var tier = assessor.lowestTierOf(devices, owners);
        try {
            return new Claim(
                    id,
                    body.project(),
                    acting.organisation(),
                    acting.person(),
                    actor.organisation(),
                    body.project(), // a project stands on one site
                    devices.stream()
                            .map(device -> new Claim.Series(device, SolarDisplacement.CHANNEL))
                            .toList(),
                    body.monitoringPeriod(),
                    tier,
                    organisations.classOf(actor.organisation()),
                    Optional.ofNullable(body.forcedFactor()),
                    body.exclusivityDeclared());
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid("/devices", String.valueOf(e.getMessage()));
        }
    }

    /// The proponent sees its own claims, a verifier and an operator all of them.
    @GetMapping("/api/v1/claims/{id}")
    ResponseEntity<?> claim(@PathVariable UUID id, Actor actor) {
        var view = view(new ClaimId(id)).filter(each -> maySee(actor, each.proponent()));
        return view.<ResponseEntity<?>>map(ResponseEntity::ok)
                .orElseGet(() -> Refusals.of(Verdict.Reason.CLAIM_UNKNOWN));
    }

    private static boolean maySee(Actor actor, UUID proponent) {
        return actor.is(Role.VERIFIER)
                || actor.is(Role.OPERATOR)
                || actor.organisation().equals(proponent);
    }

    /// The claims that you may see, in the order of their ids.
    ///
    /// @param state only claims in this state
    @GetMapping("/api/v1/claims")
    Page<ClaimView> claims(
            @RequestParam(required = false) @Nullable ClaimState state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        boolean all = actor.is(Role.VERIFIER) || actor.is(Role.OPERATOR);
        return page.over(
                jdbc
                        .sql(
                                ClaimTable.SELECT
                                        + """
                                        where id > :after
                                            and (:all or proponent_id = :organisation)
                                            and (cast(:state as text) is null or state = :state)
                                        order by id limit :limit
                                        """)
                        .param("after", page.afterId())
                        .param("all", all)
                        .param("organisation", actor.organisation())
                        .param("state", state == null ? null : state.name())
                        .param("limit", page.fetch())
                        .query(ClaimTable::record)
                        .list()
                        .stream()
                        .map(record -> ClaimView.of(record, List.of()))
                        .toList(),
                view -> view.id().toString());
    }

    private Optional<ClaimView> view(ClaimId id) {
        return jdbc.sql(ClaimTable.SELECT + "where id = :id")
                .param("id", id.value())
                .query(ClaimTable::record)
                .optional()
                .map(record -> ClaimView.of(record, assessor.findings(id)));
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param devices whose generation is claimed
    /// @param data in the place of devices: what the project's methodology takes
    /// @param forcedFactor the id of a factor in place of the default; a person then decides
    /// @param exclusivityDeclared that nobody claims the same energy in any other scheme
    record ClaimBody(
            @Nullable UUID id,
            UUID project,
            @Nullable List<UUID> devices,
            @Nullable Map<String, Object> data,
            Period monitoringPeriod,
            @Nullable String forcedFactor,
            boolean exclusivityDeclared) {}

    record SubmittedClaim(ClaimView claim, Receipt receipt) {}

    /// @param documents that reported data name as their evidence, each by its SHA-256
    /// @param statement SHA-256 of the statement, or of the draft that a verifier stands for
    /// @param reduction per vintage; a draft until somebody stands for it
    /// @param findings of the checks, each with its inputs and threshold
    record ClaimView(
            UUID id,
            UUID project,
            UUID proponent,
            String methodology,
            ClaimState state,
            Period monitoringPeriod,
            List<SeriesView> series,
            List<DocumentView> documents,
            AssuranceTier tier,
            @Nullable String verifiedBy,
            @Nullable String statement,
            List<FactorView> factors,
            List<VintageView> reduction,
            List<Assessor.FindingView> findings) {

        static ClaimView of(ClaimRecord record, List<Assessor.FindingView> findings) {
            var claim = record.claimCase().claim();
            var statement = record.statement();
            return new ClaimView(
                    claim.id().value(),
                    claim.project(),
                    claim.proponent().id(),
                    claim.methodology().toString(),
                    record.claimCase().state(),
                    claim.monitoringPeriod(),
                    claim.series().stream()
                            .map(each -> new SeriesView(each.device().value(), each.channel()))
                            .toList(),
                    claim.data().stream()
                            .flatMap(data -> data.reported().documents().stream())
                            .map(each -> new DocumentView(each.kind().name(), each.hash().hex()))
                            .toList(),
                    statement.map(VerificationStatement::tier).orElse(claim.tier()),
                    record.claimCase().verifiedBy().map(ClaimTable::text).orElse(null),
                    statement.map(each -> each.sha256().hex()).orElse(null),
                    statement.map(FactorView::of).orElse(List.of()),
                    statement.map(VintageView::of).orElse(List.of()),
                    findings);
        }
    }

    record DocumentView(String kind, String sha256) {}

    record SeriesView(UUID device, Channel channel) {}

    /// @param role what it was used as
    /// @param value exact decimal text, in `unit`
    record FactorView(String role, String id, String set, String value, String unit) {

        static List<FactorView> of(VerificationStatement statement) {
            return statement.factors().stream()
                    .map(factor ->
                            new FactorView(
                                    factor.role(),
                                    factor.id(),
                                    factor.library(),
                                    factor.value().toPlainString(),
                                    factor.unit()))
                    .toList();
        }
    }

    /// @param gross emissions avoided, exact grams as text
    /// @param net what may be issued, the buffer's share included
    record VintageView(
            int vintage,
            Energy energy,
            String gross,
            Co2e deduction,
            Co2e net,
            String carriedIn,
            String carriedOut) {

        static List<VintageView> of(VerificationStatement statement) {
            return statement.reduction().lines().stream()
                    .map(line ->
                            new VintageView(
                                    line.vintage().getValue(),
                                    line.energy(),
                                    plain(line.gross()),
                                    line.deduction(),
                                    line.net(),
                                    plain(line.carriedIn()),
                                    plain(line.carriedOut())))
                    .toList();
        }

        private static String plain(BigDecimal grams) {
            return grams.toPlainString();
        }
    }
}
